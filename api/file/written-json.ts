/** A value of a JSON text: where it stands, and its text. */
export interface Written {
  readonly start: number;
  readonly end: number;
  readonly source: string;
}

export interface WrittenMember {
  readonly name: string;
  readonly value: Written;
  /** Of an array. */
  readonly elements: readonly Written[] | null;
}

/** The members of the object that a valid JSON text is, with the elements of those that are arrays. */
export function membersOf(text: string): WrittenMember[] {
  const members: WrittenMember[] = [];
  let at = skipBlanks(text, skipBlanks(text, 0) + 1);
  while (text[at] !== "}") {
    const key = valueAt(text, at);
    const value = valueAt(text, skipBlanks(text, skipBlanks(text, key.end) + 1));
    const elements = text[value.start] === "[" ? elementsAt(text, value.start) : null;
    members.push({ name: JSON.parse(key.source), value, elements });
    at = skipComma(text, value.end);
  }
  return members;
}

function elementsAt(text: string, start: number): Written[] {
  const elements: Written[] = [];
  let at = skipBlanks(text, start + 1);
  while (text[at] !== "]") {
    const element = valueAt(text, at);
    elements.push(element);
    at = skipComma(text, element.end);
  }
  return elements;
}

function valueAt(text: string, start: number): Written {
  const end = endOf(text, start);
  return { start, end, source: text.slice(start, end) };
}

function endOf(text: string, start: number): number {
  if (text[start] !== "{" && text[start] !== "[") {
    return match(text[start] === '"' ? /"(?:[^"\\]|\\.)*"/y : /[^\s,\]}]+/y, text, start);
  }
  const brackets = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;
  brackets.lastIndex = start;
  for (let depth = 0; ; ) {
    const [found] = brackets.exec(text) ?? invalid();
    if (found === "{" || found === "[") depth += 1;
    else if (found === "}" || found === "]") depth -= 1;
    if (depth === 0) return brackets.lastIndex;
  }
}

const skipBlanks = (text: string, at: number) => match(/\s*/y, text, at);

function skipComma(text: string, at: number): number {
  const next = skipBlanks(text, at);
  return text[next] === "," ? skipBlanks(text, next + 1) : next;
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : invalid();
}

function invalid(): never {
  throw new Error("the text is not valid JSON");
}
