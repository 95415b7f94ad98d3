export interface NoticeLink {
  readonly label: string;
  readonly to: string;
}

/** A page of a few words beside a sign-in, without code and without anything of the app. */
export function noticePage({
  title,
  text,
  links,
}: {
  title: string;
  text: string;
  links: readonly NoticeLink[];
}) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${escapeText(title)} · Tandem</title>
<style>
:root { color-scheme: light dark; --ink: light-dark(#17181d, #ececf1); --muted: light-dark(#545762, #a9abb6); }
body { display: grid; min-height: 100dvh; margin: 0; place-content: center; padding: 24px; box-sizing: border-box;
  background: light-dark(#f6f6f7, #131419); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }
main { max-width: 380px; }
h1 { margin: 0 0 8px; font-size: 18px; font-weight: 620; }
p { margin: 0 0 20px; color: var(--muted); overflow-wrap: anywhere; }
a { display: block; width: fit-content; margin-top: 8px; padding: 7px 14px; border-radius: 6px; background: #4652d4; color: #fff; text-decoration: none; }
</style>
</head>
<body>
<main>
<h1>${escapeText(title)}</h1>
<p>${escapeText(text)}</p>
${links.map(({ label, to }) => `<a href="${escapeText(to)}">${escapeText(label)}</a>`).join("\n")}
</main>
</body>
</html>
`;
}

export const noticePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
