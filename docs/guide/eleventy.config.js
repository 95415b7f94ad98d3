import { readFileSync } from "node:fs";
import { IdAttributePlugin } from "@11ty/eleventy";
import highlight from "@11ty/eleventy-plugin-syntaxhighlight";

/** The guide as a site: `npm run docs` writes it to docs/guide/dist. Its pages are beside each other, at any address. */
export default function guide(config) {
  config.addPlugin(highlight);
  config.addPlugin(IdAttributePlugin);
  config.addGlobalData("layout", "layout.njk");
  config.addGlobalData(
    "permalink",
    () =>
      ({ page }) =>
        `${page.fileSlug || "index"}.html`,
  );
  config.addPassthroughCopy({ "ui/tokens.css": "tokens.css", "docs/guide/guide.css": "guide.css" });
  config.addTemplate("reference.md", readFileSync("sync/README.md", "utf8"), {
    title: "Reference and protocol",
    order: 5,
  });
  config.addTemplate("conformance.md", readFileSync("docs/conformance.md", "utf8"), {
    title: "Conformance",
    order: 6,
  });
  config.amendLibrary("md", (markdown) => {
    markdown.core.ruler.push("links", ({ tokens }) => {
      for (const { children } of tokens) linkPages(children ?? []);
    });
    const { fence } = markdown.renderer.rules;
    // A block may name its file after its language.
    markdown.renderer.rules.fence = (tokens, at, ...rest) => {
      const [language, file] = tokens[at].info.split(" ");
      tokens[at].info = language;
      const code = fence(tokens, at, ...rest);
      return file ? `<figure><figcaption>${file}</figcaption>${code}</figure>` : code;
    };
  });
  return {
    dir: { input: "docs/guide", includes: ".", output: "docs/guide/dist" },
    templateFormats: ["md"],
    markdownTemplateEngine: false,
  };
}

/** Links between pages go to their sites; what is a file of the repository only is no link. */
function linkPages(tokens) {
  let isHidden = false;
  for (const token of tokens) {
    if (token.type === "link_close") {
      token.hidden = isHidden;
      isHidden = false;
    }
    if (token.type !== "link_open") continue;
    const href = token.attrGet("href") ?? "";
    if (/^(https?:|#)/.test(href)) continue;
    const [, page, hash = ""] = /(?:^|\/)([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
    isHidden = page === undefined || href.includes("decisions/");
    token.hidden = isHidden;
    token.attrSet("href", `${page === "README" ? "reference" : page}.html${hash}`);
  }
}
