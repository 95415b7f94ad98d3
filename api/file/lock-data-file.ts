import { createHash } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

/**
 * Locks a data file, so that one server at a time writes it: two would overwrite each other. The lock
 * is a listening local socket, which the system closes with its process, so no stale lock remains after
 * a crash. Returns what releases it; rejects when another server has the lock.
 */
export async function lockDataFile(file: string): Promise<() => void> {
  const name = `tandem-${createHash("sha256").update(file).digest("hex").slice(0, 24)}`;
  const isWindows = process.platform === "win32";
  const address = isWindows ? `\\\\.\\pipe\\${name}` : path.join(os.tmpdir(), `${name}.sock`);
  if (await isListening(address)) {
    throw new Error("another Tandem server has this file open: stop that one first");
  }
  if (!isWindows) fs.rmSync(address, { force: true });
  const server = net.createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address, resolve);
  });
  server.unref();
  return () => server.close();
}

function isListening(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
