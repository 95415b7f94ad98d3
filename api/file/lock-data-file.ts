import { createHash } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

/**
 * Makes sure that one server at a time writes a data file: two would lose each other's writes. The
 * hold is a listening local socket, which ends with its process however that ends, so no stale lock
 * is ever left to clean up. Returns its own undo; rejects when the file is held already.
 */
export async function holdFile(file: string): Promise<() => void> {
  const name = `tandem-${createHash("sha256").update(file).digest("hex").slice(0, 24)}`;
  const isWindows = process.platform === "win32";
  const address = isWindows ? `\\\\.\\pipe\\${name}` : path.join(os.tmpdir(), `${name}.sock`);
  if (await answers(address)) {
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

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
