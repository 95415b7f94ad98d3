import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ESTree, parseSync, Visitor } from "vite";

/** From `start` up to, and not including, `end`: offsets in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A function, a method or a `const`. */
export interface NamedCode extends Span {
  /** The names of all named code around it, from the outside in, and its own. */
  readonly names: readonly string[];
}

export interface SourceFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly named: readonly NamedCode[];
  readonly comments: readonly Span[];
}

export const root = fileURLToPath(new URL("../..", import.meta.url));
/** The folders whose code guards something in a tab. */
const ofTabs = ["sync", "tab-app/src/data"];

export function readSources(folders: readonly string[] = ofTabs): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .filter((name) => !/\.test\.|\.d\.ts$|(^|\/)(dist|node_modules|testing)\//.test(name))
      .map((name) => `${folder}/${name}`)
      .map((path) => parseSource(path, readFileSync(join(root, path), "utf8"))),
  );
}

export function parseSource(path: string, text: string): SourceFile {
  const { program, comments, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  return { path, text, named: namedIn(program), comments };
}

function namedIn(program: ESTree.Program): readonly NamedCode[] {
  const named: NamedCode[] = [];
  const around: string[] = [];
  const enter = (name: string | undefined, { start, end }: Span) => {
    if (name === undefined) return;
    around.push(name);
    named.push({ names: [...around], start, end });
  };
  const leave = (name: string | undefined) => {
    if (name !== undefined) around.pop();
  };
  new Visitor({
    FunctionDeclaration: (node) => enter(node.id?.name, node),
    "FunctionDeclaration:exit": (node) => leave(node.id?.name),
    VariableDeclarator: (node) => enter(nameOfConst(node), node),
    "VariableDeclarator:exit": (node) => leave(nameOfConst(node)),
    Property: (node) => enter(nameOfMethod(node), node),
    "Property:exit": (node) => leave(nameOfMethod(node)),
  }).visit(program);
  return named;
}

function nameOfConst({ id }: ESTree.VariableDeclarator): string | undefined {
  return id.type === "Identifier" ? id.name : undefined;
}

function nameOfMethod({ key, value }: { key: ESTree.PropertyKey; value: { type: string } }) {
  const isFunction =
    value.type === "FunctionExpression" || value.type === "ArrowFunctionExpression";
  if (!isFunction) return undefined;
  if (key.type === "Identifier") return key.name;
  return key.type === "Literal" ? String(key.value) : undefined;
}
