// Of the module that is federated, whose styles these are.
import { openStandalone } from "./mount.ts";

const root = document.getElementById("board");
if (!root) throw new Error("The page has no #board");
openStandalone(root);
