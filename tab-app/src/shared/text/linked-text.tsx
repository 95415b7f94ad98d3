import { splitLinks } from "./split-links.ts";

/** A person's text, with its URLs as links. */
export function LinkedText({ text }: { text: string }) {
  return splitLinks(text).map(({ text, href }, at) =>
    href === undefined ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text do not move
      <a key={at} href={href} target="_blank" rel="noopener noreferrer nofollow">
        {text}
      </a>
    ),
  );
}
