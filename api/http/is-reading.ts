export const readMethods: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/**
 * Whether a request of the API changes no row. What is not known to be a read is a write; a report of who is there, which
 * tabs send by themselves, is none.
 */
export function isReading(method: string, [name, ...more]: readonly string[]): boolean {
  if (readMethods.includes(method)) return true;
  return name === "presence" && more.length === 0 && method === "POST";
}
