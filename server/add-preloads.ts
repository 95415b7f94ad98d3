interface Manifest {
  readonly metaData: { readonly remoteEntry: { readonly name: string } };
  readonly exposes: readonly {
    readonly assets: {
      readonly js: { readonly sync: readonly string[] };
      readonly css: { readonly sync: readonly string[] };
    };
  }[];
}

/**
 * Adds to the frame page what the federation runtime would request one after the other: the manifest,
 * the entry that it names, and the files of the module. `base`: the folder of the remote.
 */
export function addPreloads(html: string, manifest: string, base = "/"): string {
  const { metaData, exposes } = JSON.parse(manifest) as Manifest;
  const scripts = exposes.flatMap(({ assets }) => assets.js.sync);
  const styles = exposes.flatMap(({ assets }) => assets.css.sync);
  const links = [
    `<link rel="preload" as="fetch" crossorigin href="${base}mf-manifest.json">`,
    ...[metaData.remoteEntry.name, ...scripts].map(
      (file) => `<link rel="modulepreload" crossorigin href="${base}${file}">`,
    ),
    ...styles.map((file) => `<link rel="preload" as="style" crossorigin href="${base}${file}">`),
  ];
  return html.replace("</head>", `${links.join("\n")}\n</head>`);
}
