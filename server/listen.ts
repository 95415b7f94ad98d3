import type { Server } from "node:http";
import { SettingsError } from "./settings-error.ts";

/** Listens, or rejects with a `SettingsError` that names the setting to change. */
export function listen(server: Server, host: string, port: number, setting: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error)));
    server.listen(port, host, resolve);
  });

  function explain(error: NodeJS.ErrnoException): Error {
    switch (error.code) {
      case "EADDRINUSE":
        return new SettingsError(
          `Port ${port} is in use. Stop the program that uses it, or set ${setting}.`,
        );
      case "EACCES":
        return new SettingsError(`This user may not use port ${port}. Set ${setting}.`);
      case "ENOTFOUND":
      case "EADDRNOTAVAIL":
        return new SettingsError(`HOST "${host}" is not an address of this machine.`);
      default:
        return error;
    }
  }
}
