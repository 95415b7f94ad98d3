import type { Server } from "node:http";
import { SettingsError } from "./settings.ts";

/** Listens, or rejects with a `SettingsError` that names the setting to change. */
export function listen(server: Server, host: string, port: number, setting: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(inWords(error)));
    server.listen(port, host, resolve);
  });

  function inWords(error: NodeJS.ErrnoException): Error {
    switch (error.code) {
      case "EADDRINUSE":
        return new SettingsError(`Port ${port} is taken. Stop what uses it, or set ${setting}.`);
      case "EACCES":
        return new SettingsError(`Port ${port} may not be used by this user. Set ${setting}.`);
      case "ENOTFOUND":
      case "EADDRNOTAVAIL":
        return new SettingsError(`HOST "${host}" is not an address of this machine.`);
      default:
        return error;
    }
  }
}
