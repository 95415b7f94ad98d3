import * as z from "zod/mini";
import { newestCommon, rangeOf, rangeWords } from "./contract-range.ts";
import { paneContract } from "./pane.ts";

/** What a line may allow beside scripts and an origin of its own, which every pane has. */
const sandboxTokens = [
  "allow-downloads",
  "allow-forms",
  "allow-modals",
  "allow-pointer-lock",
  "allow-popups",
  "allow-popups-to-escape-sandbox",
  "allow-top-navigation-by-user-activation",
] as const;

const name = z.string().check(z.regex(/^[A-Za-z][\w-]{0,63}$/));
const path = z.string().check(z.maxLength(300), z.regex(/^\/(?![/\\])[!-[\]-~]*$/));
const folder = z.string().check(z.maxLength(300), z.regex(/^\/([!-.0-[\]-~][!-[\]-~]*\/)?$/));
const version = z.int().check(z.positive());

const head = {
  /** Names it in the federation and in the shell's URL; unique. */
  name,
  title: z.string().check(z.minLength(1), z.maxLength(40)),
  /** The versions of the pane contract that it may speak. */
  contract: z
    .tuple([version, version])
    .check(z.refine(([oldest, newest]) => oldest <= newest, "the older version first")),
  /** The least that it needs. Without a line nothing beside scripts and its own origin. */
  sandbox: z._default(z.array(z.enum(sandboxTokens)), []),
  /** Features of the browser, as `allow` of an iframe names them: `clipboard-write`. */
  allow: z._default(z.array(z.string().check(z.regex(/^[a-z][a-z-]{1,40}$/))), []),
  /** Folder of its pages without the shell, before the URL of a tab. Without it there are none. */
  standalone: z.optional(folder),
};

/** Loaded by the frame page of the panes' origin, and so trusted with all that is there. */
const federatedSchema = z.strictObject({
  ...head,
  /** Path of its manifest on the panes' origin. */
  manifest: path,
  /** The exposed module with `mount(element, context)`. */
  module: name,
});

/** A page of its own, which speaks the pane contract itself. Of another origin, it is kept apart from the panes. */
const pageSchema = z.strictObject({
  ...head,
  /** Its address: a path of the panes' origin, or a URL. */
  page: z.union([path, z.string().check(z.maxLength(300), z.regex(/^https?:\/\/[!-[\]-~]+$/))]),
});

/** What a pane can show: a line of the manifest of remotes. */
export type Remote = z.infer<typeof federatedSchema> | z.infer<typeof pageSchema>;

/** The first is what a new tab shows. */
export type Remotes = readonly [Remote, ...Remote[]];

/** What the manifest offers, and in plain words what is wrong with the lines that it does not. */
export interface RemoteList {
  readonly remotes: readonly Remote[];
  readonly faults: readonly string[];
}

/**
 * Parses the manifest, line by line: one that is wrong costs that remote and no other. Throws an `Error` where it is no
 * JSON array. `shellOrigin`: no pane is of it, for a frame of the shell's own origin could take off its sandbox.
 */
export function parseRemotes(text: string, shellOrigin?: string): RemoteList {
  const lines: unknown = JSON.parse(text);
  if (!Array.isArray(lines)) throw new Error("It is no array");
  const remotes: Remote[] = [];
  const faults: string[] = [];
  for (const [at, line] of lines.slice(0, maxRemotes).entries()) {
    const remote = parseLine(line);
    const fault =
      typeof remote === "string" ? remote : findFault(remote, { others: remotes, shellOrigin });
    if (fault === null) remotes.push(remote as Remote);
    else faults.push(`${lineName(line, at)}: ${fault}`);
  }
  if (lines.length > maxRemotes) faults.push(`Only the first ${maxRemotes} lines are read`);
  return { remotes, faults };
}

const maxRemotes = 50;

function parseLine(line: unknown): Remote | string {
  const hasPage = typeof line === "object" && line !== null && "page" in line;
  const result = (hasPage ? pageSchema : federatedSchema).safeParse(line);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.map(String).join(".");
  if (issue?.code === "unrecognized_keys") return `unknown ${issue.keys.join(", ")}`;
  return `${where || "the line"} is missing or not what it should be`;
}

function findFault(
  remote: Remote,
  { others, shellOrigin }: { others: readonly Remote[]; shellOrigin: string | undefined },
): string | null {
  if (others.some((other) => other.name === remote.name))
    return "the name is taken by a line above";
  if ("page" in remote && !remote.page.startsWith("/")) {
    if (!URL.canParse(remote.page)) return "page is no address";
    const { origin, protocol } = new URL(remote.page);
    if (origin === shellOrigin)
      return "page is of the shell's own origin, where a sandbox holds nothing";
    if (protocol === "http:" && shellOrigin?.startsWith("https:"))
      return "page is http, and browsers show no http page inside an https page";
  }
  if (newestCommon(paneContract, rangeOf(remote.contract)) === null)
    return `it speaks contract ${rangeWords(rangeOf(remote.contract))}, and this shell ${rangeWords(paneContract)}`;
  return null;
}

function lineName(line: unknown, at: number): string {
  const named = z.object({ name }).safeParse(line);
  return named.success ? named.data.name : `Line ${at + 1}`;
}
