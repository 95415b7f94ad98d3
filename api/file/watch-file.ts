import fs from "node:fs";
import path from "node:path";

/** The longest delay when the watcher misses a change (network folders, full inotify tables). */
const pollMs = 250;

/**
 * Calls `onMaybeChanged` soon after the file may have changed. It watches the folder, because most ways
 * of saving replace the file, and polls, because no watcher reports every change. Returns its own undo.
 */
export function watchFile(file: string, onMaybeChanged: () => void): () => void {
  const name = path.basename(file);
  const timer = setInterval(onMaybeChanged, pollMs);
  timer.unref();
  let watcher: fs.FSWatcher | null = null;
  try {
    watcher = fs.watch(path.dirname(file), { persistent: false }, (_event, changed) => {
      if (changed === name || changed === null) onMaybeChanged();
    });
    watcher.on("error", () => watcher?.close());
  } catch {
    // Watching is not possible here: the interval alone notices changes.
  }
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}
