#!/usr/bin/env node
import { spawn } from "node:child_process";
import { WebSocket, WebSocketServer } from "ws";

/**
 * Firefox as Playwright starts it: a stock build, over WebDriver BiDi. Playwright 1.65 sends each new context one
 * command that Firefox 153 does not know yet, and gives up. Here it is answered as if nothing had to be
 * done, and everything else passes as it is. `FIREFOX` names the executable.
 */

const unknownYet = new Set(["emulation.setMediaFeaturesOverride"]);
const announcement = /WebDriver BiDi listening on (ws:\/\/\S+)/;

const child = spawn(process.env.FIREFOX ?? "firefox", process.argv.slice(2), {
  stdio: ["ignore", "inherit", "pipe"],
});
let errors = "";
function read(chunk) {
  errors += chunk;
  const address = announcement.exec(errors)?.[1];
  if (!address) return;
  child.stderr.off("data", read);
  child.stderr.pipe(process.stderr);
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("connection", (client, { url }) => relay(client, new WebSocket(address + url)));
  server.on("listening", () =>
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${server.address().port}\n`),
  );
}
child.stderr.on("data", read);
child.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on("exit", (code) => process.exit(code ?? 1));
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));

function relay(client, browser) {
  const early = [];
  const excused = new Set();
  client.on("message", (data) => {
    const text = String(data);
    const { id, method } = JSON.parse(text);
    if (unknownYet.has(method)) excused.add(id);
    if (browser.readyState === WebSocket.OPEN) browser.send(text);
    else early.push(text);
  });
  browser.on("open", () => {
    for (const text of early.splice(0)) browser.send(text);
  });
  browser.on("message", (data) => {
    const text = String(data);
    const { type, id } = JSON.parse(text);
    const isExcused = excused.delete(id) && type === "error";
    client.send(isExcused ? JSON.stringify({ type: "success", id, result: {} }) : text);
  });
  client.on("close", () => browser.close());
  browser.on("close", () => client.close());
  browser.on("error", () => client.close());
}
