import { splitLinks } from "./split-links.ts";

/** A person's text, with its URLs as links. */
export function LinkedText({ text }: { text: string }) {
  return splitLinks(text).map(({ text, href }, at) =>
    href === undefined ? (
      text
    ) : (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text do not move
        key={at}
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        style={{ color: "var(--accent-text)", overflowWrap: "anywhere" }}
      >
        {text}
      </a>
    ),
  );
}
