import fs from "node:fs";

/** Reads a file from its start, whatever the position of its descriptor, even while it grows. */
export function readWholeFile(fd: number): Buffer {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(65_536, fs.fstatSync(fd).size - position + 1));
    const count = fs.readSync(fd, chunk, 0, chunk.length, position);
    if (count === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, count));
    position += count;
  }
}
