import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** What a checkout of the next commit has: tracked files, and new ones that are not ignored. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file && existsSync(join(root, file)));
const pages = files.filter((file) => file.endsWith(".md"));

/** The links of a page that stay in this repository: Markdown's, and those of HTML pictures. */
function linksOf(page: string): string[] {
  const text = read(page).replaceAll(/^```[\s\S]*?^```/gm, "");
  const found = text.matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset|href)="([^"\s]+)"/g);
  return [...found]
    .map(([, markdown, html]) => markdown ?? html ?? "")
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** The file or folder that a link of a page names, from the root. */
function targetOf(page: string, link: string): string {
  const [path = ""] = link.split("#");
  return path ? normalize(join(dirname(page), path)).replace(/\/$/, "") : page;
}

/** The anchors that GitHub gives to a page's headings. */
function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  const text = read(page).replaceAll(/^```[\s\S]*?^```/gm, "");
  for (const [, heading = ""] of text.matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = heading
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-");
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

function brokenLinks(page: string): string[] {
  return linksOf(page).flatMap((link) => {
    const target = targetOf(page, link);
    const anchor = link.split("#")[1];
    if (!files.some((file) => file === target || file.startsWith(`${target}/`))) {
      const moved = files.filter((file) => basename(file) === basename(target));
      return [`${link}${moved.length ? `: now ${moved.join(" or ")}?` : ""}`];
    }
    const isMissing = anchor && target.endsWith(".md") && !anchorsOf(target).has(anchor);
    return isMissing ? [`${link}: ${target} has no such heading`] : [];
  });
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

describe("the documentation", () => {
  test.each(pages)("%s links to files and headings that exist", (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  test("the README fits on 130 lines", () => {
    expect(read("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(130);
  });

  test("every guarantee names its tests, and every file that the page names exists", () => {
    const page = "docs/guarantees.md";
    for (const [heading = "", ...lines] of read(page)
      .split(/^## (?=\d)/m)
      .slice(1)
      .map((section) => section.split("\n")))
      expect(lines.join("\n"), heading).toMatch(/^- Tests: \[.*\.(test|spec)\.tsx?\)/m);
    const named = [...read(page).matchAll(/`([\w./-]+\/[\w.-]+\.\w+)`/g)].map(([, path]) => path);
    expect(named.filter((path) => path && !files.includes(path))).toEqual([]);
  });

  test("every picture is shown on a page", () => {
    const shown = new Set(
      pages.flatMap((page) => linksOf(page).map((link) => targetOf(page, link))),
    );
    const pictures = files.filter((file) => file.startsWith("docs/pictures/"));
    expect(pictures.filter((picture) => !shown.has(picture))).toEqual([]);
  });
});
