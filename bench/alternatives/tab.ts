import { openFloorTab } from "./floor-tab.ts";
import { openTandemTab } from "./tandem-tab.ts";
import { openTextbookTab, type TextbookWay } from "./textbook-tab.ts";

const query = new URLSearchParams(location.search);
const way = query.get("way") ?? "";
const account = query.get("account") ?? "";

async function open() {
  if (way === "floor") return openFloorTab(account);
  if (way === "tandem") return openTandemTab(account, query.get("name") ?? "");
  return openTextbookTab(account, way as TextbookWay);
}

const tab = await open();
Object.assign(window, { tab });
