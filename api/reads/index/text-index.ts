/** Characters of other than ASCII share so many classes, by their code. */
const others = 16;
const base = 1 + 128 + others;

/** Which texts contain a string, by their pairs of characters: one bit per text and pair. */
export interface TextIndex {
  /** Notes what the text with this number contains, or with `false` that it does not any more. */
  set(number: number, leaves: readonly string[], contains?: boolean): void;
  /** The numbers of the texts that have every pair of characters of `part`, at least one character, in order. */
  find(part: string): Found;
}

export interface Found {
  readonly numbers: readonly number[];
  /** Whether those contain `part` for certain; else each has to be looked at. */
  readonly isExact: boolean;
}

export function createTextIndex(): TextIndex {
  /** By pair: the bits, in words of 32. As long as its last text with the pair needs. */
  const slices: (Uint32Array | undefined)[] = [];

  function mark(pair: number, number: number): void {
    const word = number >>> 5;
    let slice = slices[pair];
    if (!slice || slice.length <= word) {
      const longer = new Uint32Array(Math.ceil((word + 1) * 1.25));
      if (slice) longer.set(slice);
      slice = longer;
      slices[pair] = slice;
    }
    slice[word] = (slice[word] ?? 0) | (1 << (number & 31));
  }

  function clear(pair: number, number: number): void {
    const slice = slices[pair];
    const word = number >>> 5;
    if (slice && word < slice.length) slice[word] = (slice[word] ?? 0) & ~(1 << (number & 31));
  }

  return {
    set(number, leaves, contains = true) {
      const change = contains ? mark : clear;
      for (const leaf of leaves) {
        let last = 0;
        for (let at = 0; at < leaf.length; at += 1) {
          const next = classOf(leaf.charCodeAt(at));
          change(next, number);
          if (last > 0) change(last * base + next, number);
          last = next;
        }
      }
    },
    find(part) {
      const pairs = pairsOf(part).map((pair) => slices[pair] ?? new Uint32Array(0));
      const [first, ...more] = pairs.sort((a, b) => a.length - b.length);
      const bits = new Uint32Array(first ?? []);
      for (const slice of more) {
        for (let word = 0; word < bits.length; word += 1) {
          bits[word] = (bits[word] ?? 0) & (slice[word] ?? 0);
        }
      }
      return {
        numbers: numbersIn(bits),
        // Each ASCII character is a class of its own.
        isExact: part.length <= 2 && /^[\0-\x7f]*$/.test(part),
      };
    },
  };
}

function numbersIn(bits: Uint32Array): number[] {
  const numbers: number[] = [];
  for (const [word, value] of bits.entries()) {
    for (let rest = value; rest !== 0; rest &= rest - 1) {
      numbers.push(word * 32 + 31 - Math.clz32(rest & -rest));
    }
  }
  return numbers;
}

function pairsOf(part: string): number[] {
  const classes = Array.from({ length: part.length }, (_, at) => classOf(part.charCodeAt(at)));
  if (classes.length === 1) return classes;
  return classes.slice(1).map((next, at) => (classes[at] ?? 0) * base + next);
}

/** From 1: a pair with 0 is a single character. */
const classOf = (code: number) => 1 + (code < 128 ? code : 128 + (code % others));
