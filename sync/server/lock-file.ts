import { createHash } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

/** How often the lock is looked after: a cleaned folder must not admit a second server. */
const renewMs = 1_000;
/** The longest path that a local socket may have everywhere. */
const maxSocketPath = 100;

/**
 * Locks a file, so that one server at a time writes it: two would overwrite each other. The lock is a
 * listening local socket, which the system closes with its process, so no stale lock remains after a crash.
 * It is `beside` a file of the server's, so that it does not depend on the settings of a process, and holds among
 * containers that share the folder. On Linux there is a second one, of the folder's inode, that nobody can
 * delete. Returns what releases them; rejects when another server has either.
 */
export async function lockFile(
  file: string,
  beside: string,
  log: (line: string) => void,
): Promise<() => void> {
  const servers: net.Server[] = [];
  const release = () => {
    for (const server of servers) server.close();
  };
  if (process.platform !== "darwin") {
    const { dev, ino } = fs.statSync(path.dirname(file), { bigint: true });
    const name = `${dev}-${ino}-${path.basename(file)}`;
    const id = createHash("sha256").update(name).digest("hex").slice(0, 24);
    const prefix = process.platform === "win32" ? "\\\\.\\pipe\\" : "\0";
    servers.push(await listen(`${prefix}tandem-${id}`));
    if (process.platform === "win32") return release;
  }
  const [absolute, relative] = [`${beside}.lock`, path.relative("", `${beside}.lock`)];
  const address = relative.length < absolute.length ? relative : absolute;
  if (address.length > maxSocketPath) {
    log(`${absolute}: the path is too long for a lock in the folder`);
    return release;
  }
  const take = async () => {
    fs.mkdirSync(path.dirname(address), { recursive: true });
    if (await isListening(address)) throw locked();
    fs.rmSync(address, { force: true });
    return listen(address);
  };
  let own: net.Server;
  try {
    own = await take();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code !== "EADDRINUSE") {
      log(`${address}: no lock can be kept here (${error.message})`);
      return release;
    }
    release();
    throw error;
  }
  let taking = false;
  let isReleased = false;
  const timer = setInterval(async () => {
    if (taking || fs.existsSync(address)) return;
    taking = true;
    try {
      const next = await take();
      if (isReleased) next.close();
      else own.close();
      own = next;
    } catch (error) {
      log(`the lock of the file is gone: ${String(error)}`);
    }
    taking = false;
  }, renewMs);
  timer.unref();
  return () => {
    isReleased = true;
    clearInterval(timer);
    own.close();
    release();
  };
}

const locked = () => new Error("another server has this file open: stop that one first");

async function listen(address: string): Promise<net.Server> {
  const server = net.createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? locked() : error);
    });
    server.listen(address, resolve);
  });
  server.unref();
  return server;
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
