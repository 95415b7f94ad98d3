/** Tables by id, as the scripts print them between two comments. The comments do not show in rendered Markdown. */
export type Tables = ReadonlyMap<string, string>;

const marked = /<!-- table (\S+) -->\n([\s\S]*?)\n?<!-- \/table -->/g;

export function mark(id: string, text: string): string {
  return `<!-- table ${id} -->\n${text}\n<!-- /table -->`;
}

export function findTables(output: string): Tables {
  return new Map([...output.matchAll(marked)].map(([, id = "", text = ""]) => [id, text]));
}

/** Puts tables between the marks of a document. What has no table keeps what is there. */
export function fillTables(document: string, tables: Tables) {
  const places = [...findTables(document).keys()];
  return {
    text: document.replace(marked, (whole, id: string) => {
      const table = tables.get(id);
      return table === undefined ? whole : mark(id, table);
    }),
    /** Of tables that have no place in the document. */
    homeless: [...tables.keys()].filter((id) => !places.includes(id)),
    /** Of places that got no table. */
    unfilled: places.filter((id) => !tables.has(id)),
  };
}
