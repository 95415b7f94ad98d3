/** "At risk". */
export function statusWords(status: string): string {
  return status.charAt(0).toUpperCase() + status.slice(1);
}
