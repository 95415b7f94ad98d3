import fs from "node:fs";

/** Throws an `Error` for what is no plain file that can be replaced, with the reason in one line. */
export function checkServable(file: string, mounts: string = readMounts()): void {
  const stat = fs.statSync(file);
  if (!stat.isFile()) throw new Error("it is not a regular file");
  if (isMounted(file, mounts)) {
    throw new Error(
      "the file is mounted by itself and cannot be replaced: mount its folder instead",
    );
  }
  if (stat.nlink > 1) {
    throw new Error(
      "the file has another name (a hard link), which would keep the old contents: copy it instead",
    );
  }
}

/** Whether a file is a mount of its own, by the table of Linux (`man 5 proc`): field 5, spaces as `\040`. */
function isMounted(file: string, mounts: string): boolean {
  const escaped = file.replace(/[\\ \t\n]/g, (char) => {
    return `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`;
  });
  return mounts.split("\n").some((line) => line.split(" ")[4] === escaped);
}

function readMounts(): string {
  try {
    return fs.readFileSync("/proc/self/mountinfo", "utf8");
  } catch {
    return ""; // Not Linux.
  }
}
