import { openTandemTab } from "./tandem-tab.ts";
import { openTextbookTab, type TextbookWay } from "./textbook-tab.ts";

const query = new URLSearchParams(location.search);
const way = query.get("way") ?? "";
const account = query.get("account") ?? "";

const tab =
  way === "tandem"
    ? await openTandemTab(account, query.get("name") ?? "")
    : openTextbookTab(account, way as TextbookWay);
Object.assign(window, { tab });
