export interface TextPart {
  readonly text: string;
  /** Of a URL that may be opened. */
  readonly href?: string;
}

/** A text and the URLs in it, http and https only: another scheme may run code. Joined, the parts are the text. */
export function splitLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"'`]+/gi)) {
    const url = trimEnd(match[0]);
    if (!URL.canParse(url)) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: url, href: url });
    from = match.index + url.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** Without the punctuation of the sentence, and without a bracket that was opened before the URL. */
function trimEnd(url: string): string {
  let end = url.length;
  for (;;) {
    const last = url.charAt(end - 1);
    const isUnopened =
      last === ")" && url.slice(0, end).split("(").length < url.slice(0, end).split(")").length;
    if (!/[.,;:!?\]}*_~]/.test(last) && !isUnopened) return url.slice(0, end);
    end--;
  }
}
