const height = "28px";

const style = `
html:root { --page-height: calc(100dvh - ${height}); }
.open-note {
  overflow: hidden;
  height: ${height};
  padding: 0 12px;
  background: var(--amber-tint);
  color: var(--amber-ink);
  font-size: var(--text-sm);
  line-height: ${height};
  text-align: center;
  text-overflow: ellipsis;
  white-space: nowrap;
}`;

/** Says at the top of a page that nobody signs in (`ACCESS=open`). In the page itself, so that no code has to load. */
export function addOpenNote(html: string): string {
  return html
    .replace("</head>", `<style>${style}</style>\n</head>`)
    .replace(
      /<body>/,
      `$&\n<p class="open-note" role="note">Open to everyone who reaches this address, without sign-in</p>`,
    );
}
