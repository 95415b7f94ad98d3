/** What a zod issue expects, in the middle of a sentence: `expected boolean, received string`. */
export function issueMessage(message = "invalid"): string {
  const text = message.replace(/^Invalid input: /, "");
  return text.charAt(0).toLowerCase() + text.slice(1);
}
