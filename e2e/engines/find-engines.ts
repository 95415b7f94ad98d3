import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { install } from "../support/install.ts";

/** Engines beside Chromium. Both are the builds that the system's package manager has. */
export const engines = {
  firefox: {
    find: () => firstOf(process.env.FIREFOX, onPath("firefox-esr"), onPath("firefox")),
    attempts: [
      ["apt-get", ["update"]],
      ["apt-get", ["install", "-y", "--no-install-recommends", "firefox-esr"]],
      ["dnf", ["install", "-y", "firefox"]],
      ["brew", ["install", "--cask", "firefox"]],
    ],
  },
  webkit: {
    find: () => (onPath("Xvfb") && findMiniBrowser() ? onPath("WebKitWebDriver") : undefined),
    attempts: [
      ["apt-get", ["update"]],
      ["apt-get", ["install", "-y", "--no-install-recommends", "webkit2gtk-driver", "xvfb"]],
    ],
  },
} as const satisfies Record<
  string,
  { find: () => string | undefined; attempts: readonly (readonly [string, readonly string[]])[] }
>;

export type EngineName = keyof typeof engines;

/** The executable, installed where it is missing. Undefined where that is not possible. */
export function provide(name: EngineName): string | undefined {
  const { find, attempts } = engines[name];
  if (!find()) install(attempts, () => find() !== undefined);
  return find();
}

/** The browser that WebKitGTK brings for its driver. */
export function findMiniBrowser(): string | undefined {
  const folders = [
    "/usr/lib",
    "/usr/libexec",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
  ];
  const versions = ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"];
  return firstOf(
    process.env.MINIBROWSER,
    ...folders.flatMap((folder) => versions.map((version) => join(folder, version, "MiniBrowser"))),
  );
}

function firstOf(...paths: (string | undefined)[]): string | undefined {
  return paths.find((path) => path && existsSync(path));
}

function onPath(name: string): string | undefined {
  return firstOf(...(process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)));
}
