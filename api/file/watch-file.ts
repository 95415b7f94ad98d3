import fs from "node:fs";
import path from "node:path";

/** Misses of the watcher (network folders, full inotify tables) cost at most this. */
const pollMs = 250;

/**
 * Calls `look` soon after the file may have changed. It watches the folder, for most ways of saving
 * replace the file, and asks again at an interval, for no watcher hears everything.
 */
export function watchFile(file: string, look: () => void): () => void {
  const name = path.basename(file);
  const timer = setInterval(look, pollMs);
  timer.unref();
  let watcher: fs.FSWatcher | null = null;
  try {
    watcher = fs.watch(path.dirname(file), { persistent: false }, (_event, changed) => {
      if (changed === name || changed === null) look();
    });
    watcher.on("error", () => watcher?.close());
  } catch {
    // Then the interval alone has to do.
  }
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}
