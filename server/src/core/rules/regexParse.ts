import { bracketSet } from './regexBrackets.ts';
import { CLASS_ESCAPES, escapedCharacter, escapedProperty } from './regexEscapes.ts';
import { RegexRefused } from './regexRefused.ts';
import { foldRanges, LINE_BREAK, setOf, type CharSet, type CodeRange } from './regexSet.ts';
import type { RegexNode, RegexTree } from './regexTree.ts';

/** UTF-16 code units. */
const MAX_SOURCE = 100_000;
/** Groups within groups. */
const MAX_DEPTH = 200;
/** Repetitions of a repetition: `a{2}{3}`. */
const MAX_STACKED = 5;
/** Of a counted repetition, as in PCRE. */
const MAX_COUNT = 65_535;

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
  readonly U: boolean;
  readonly n: boolean;
}

const DEFAULTS: Flags = { i: false, m: true, s: false, x: false, U: false, n: false };

/**
 * Parses a regular expression as PCRE writes them; `^` and `$` mean lines from the start.
 *
 * @returns the tree, or what is wrong, as a phrase
 */
export function parseRegex(source: string): { tree: RegexTree } | { error: string } {
  if (source.length > MAX_SOURCE) return { error: `it is longer than ${MAX_SOURCE} characters` };
  try {
    const first = new Parser(source, Infinity);
    const tree = first.tree();
    // `\12` refers to group 12 when there is one, and is a character otherwise; that is known at the end only.
    return { tree: first.hasFarReference ? new Parser(source, tree.groups).tree() : tree };
  } catch (error) {
    if (error instanceof RegexRefused) return { error: error.message };
    throw error;
  }
}

class Parser {
  hasFarReference = false;
  readonly #source: string;
  readonly #known: number;
  readonly #names = new Map<string, number[]>();
  readonly #references: { readonly name: string | number; readonly node: { to: readonly number[] } }[] = [];
  #at = 0;
  #groups = 0;
  #depth = 0;
  #flags = DEFAULTS;

  constructor(source: string, known: number) {
    this.#source = source;
    this.#known = known;
  }

  tree(): RegexTree {
    // All texts are Unicode here.
    this.#take(/\(\*UTF8?\)/y);
    const root = this.#choice();
    if (this.#at < this.#source.length) throw new RegexRefused('a `)` has no `(`');
    const again = this.hasFarReference && this.#known === Infinity;
    for (const { name, node } of this.#references) if (!again) node.to = this.#resolve(name);
    return { root, groups: this.#groups, names: this.#names };
  }

  #resolve(name: string | number): readonly number[] {
    const groups = typeof name === 'number' ? (name >= 1 && name <= this.#groups ? [name] : []) : (this.#names.get(name) ?? []);
    if (groups.length === 0) throw new RegexRefused(`there is no group \`${name}\` to refer to`);
    return groups;
  }

  /** Alternatives up to a `)` or the end. */
  #choice(reset = false): RegexNode {
    const alternatives: RegexNode[] = [];
    const before = this.#groups;
    let most = before;
    do {
      if (reset) this.#groups = before;
      alternatives.push(this.#sequence());
      most = Math.max(most, this.#groups);
    } while (this.#take(/\|/y) !== undefined);
    this.#groups = most;
    const [only] = alternatives;
    return alternatives.length === 1 && only !== undefined ? only : { is: 'choice', of: alternatives };
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = [];
    for (;;) {
      this.#skipLayout();
      const next = this.#source.charAt(this.#at);
      if (next === '' || next === '|' || next === ')') break;
      const atom = this.#atom();
      if (atom !== undefined) parts.push(this.#repeated(atom));
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { is: 'sequence', of: parts };
  }

  /** White space and comments that mean nothing. */
  #skipLayout(): void {
    for (;;) {
      if (this.#flags.x && this.#take(/(?:\s|#[^\n]*)+/y) !== undefined) continue;
      if (this.#source.startsWith('(?#', this.#at)) {
        if (this.#take(/\(\?#[^)]*\)/y) === undefined) throw new RegexRefused('a comment `(?#` does not end');
        continue;
      }
      return;
    }
  }

  #repeated(atom: RegexNode): RegexNode {
    let node = atom;
    for (let stacked = 0; ; stacked++) {
      this.#skipLayout();
      const quantifier = this.#take(/[*+?]|\{\d+(?:,\d*)?\}/y);
      if (quantifier === undefined) return node;
      if (stacked === MAX_STACKED) throw new RegexRefused(`more than ${MAX_STACKED} repetitions stand in a row`);
      const [min, max] = counts(quantifier);
      if (min > MAX_COUNT || (max > MAX_COUNT && max !== Infinity)) {
        throw new RegexRefused(`\`${quantifier}\` counts beyond ${MAX_COUNT}`);
      }
      if (min > max) throw new RegexRefused(`\`${quantifier}\` counts backwards`);
      const suffix = this.#take(/[?+]/y);
      const lazy = (suffix === '?') !== this.#flags.U;
      node = { is: 'repeat', of: node, min, max, mode: suffix === '+' ? 'possessive' : lazy ? 'lazy' : 'greedy' };
    }
  }

  /** @returns undefined for what is no part of the expression, such as `(?i)` */
  #atom(): RegexNode | undefined {
    const start = this.#at;
    const code = this.#source.codePointAt(start) ?? 0;
    const character = String.fromCodePoint(code);
    this.#at += character.length;
    switch (character) {
      case '(':
        return this.#group();
      case '[': {
        const { set, end } = bracketSet(this.#source, this.#at, this.#flags.i);
        this.#at = end;
        return { is: 'set', set };
      }
      case '.':
        return { is: 'set', set: this.#flags.s ? setOf([], true) : setOf(LINE_BREAK, true) };
      case '^':
        return { is: 'assert', what: this.#flags.m ? 'line-start' : 'text-start' };
      case '$':
        return { is: 'assert', what: this.#flags.m ? 'line-end' : 'text-end-or-break' };
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        throw new RegexRefused(`nothing stands before \`${character}\` that it could repeat`);
      default:
        return this.#character(code);
    }
  }

  #character(code: number): RegexNode {
    return { is: 'set', set: this.#set([[code, code]]) };
  }

  #set(ranges: readonly CodeRange[]): CharSet {
    return setOf(this.#flags.i ? foldRanges(ranges) : ranges);
  }

  #escape(): RegexNode | undefined {
    const character = this.#source.charAt(this.#at);
    const ranges = Object.hasOwn(CLASS_ESCAPES, character) ? CLASS_ESCAPES[character] : undefined;
    if (ranges !== undefined) {
      this.#at++;
      return { is: 'set', set: setOf(ranges) };
    }
    if (character >= '1' && character <= '9') return this.#numbered();
    const simple = SIMPLE_ESCAPES[character];
    if (simple !== undefined) {
      this.#at++;
      return simple;
    }
    switch (character) {
      case '':
        throw new RegexRefused('it ends with a backslash');
      case 'p':
      case 'P': {
        const read = escapedProperty(this.#source, this.#at);
        if ('error' in read) throw new RegexRefused(read.error);
        this.#at = read.end;
        return { is: 'set', set: { ranges: [], properties: [read.property], negated: false } };
      }
      case 'Q': {
        const end = this.#source.indexOf('\\E', this.#at);
        const text = this.#source.slice(this.#at + 1, end < 0 ? undefined : end);
        this.#at = end < 0 ? this.#source.length : end + 2;
        return this.#quoted(text);
      }
      case 'E':
        this.#at++;
        return undefined;
      case 'k':
      case 'g':
        return this.#named(character);
      default: {
        const read = escapedCharacter(this.#source, this.#at);
        if (read === undefined) throw new RegexRefused(`\`\\${character}\` is not an escape`);
        this.#at = read.end;
        return this.#character(read.code);
      }
    }
  }

  /** A quantifier behind `\E` repeats the last character alone. */
  #quoted(text: string): RegexNode | undefined {
    const nodes = Array.from(text, (each) => this.#character(each.codePointAt(0) ?? 0));
    const last = nodes.pop();
    if (last === undefined) return undefined;
    const repeated = this.#repeated(last);
    return nodes.length === 0 ? repeated : { is: 'sequence', of: [...nodes, repeated] };
  }

  #numbered(): RegexNode {
    const digits = this.#take(/\d+/y) ?? '';
    const number = Number(digits);
    if (digits.length > 1) this.hasFarReference = true;
    if (digits.length === 1 || number <= this.#known) return this.#reference(number);
    const octal = /^[0-7]{1,3}/.exec(digits)?.[0];
    if (octal === undefined) throw new RegexRefused(`there is no group \`${number}\` to refer to`);
    this.#at -= digits.length - octal.length;
    return this.#character(Number.parseInt(octal, 8));
  }

  #named(letter: string): RegexNode {
    const named = this.#take(letter === 'k' ? /k(?:<\w+>|'\w+'|\{\w+\})/y : /g(?:\{-?\w+\}|-?\d+)/y);
    if (named === undefined) throw new RegexRefused(`\`\\${letter}\` calls a group, or names none: neither is available`);
    const text = /-?\w+/.exec(named.slice(1))?.[0] ?? '';
    if (!/^-?\d+$/.test(text)) return this.#reference(text);
    const number = Number(text);
    return this.#reference(number < 0 ? this.#groups + 1 + number : number);
  }

  #reference(name: string | number): RegexNode {
    const node = { is: 'back' as const, to: [] as readonly number[], ignoreCase: this.#flags.i };
    this.#references.push({ name, node });
    return node;
  }

  /** Behind a `(`. */
  #group(): RegexNode | undefined {
    if (this.#source.startsWith('*', this.#at)) throw new RegexRefused('verbs such as `(*SKIP)` are not available');
    const outer = this.#flags;
    if (++this.#depth > MAX_DEPTH) throw new RegexRefused(`it is nested deeper than ${MAX_DEPTH} levels`);
    const result = this.#opened();
    this.#depth--;
    // Flags set on their own, `(?i)`, last to the end of the group that they stand in.
    if (result !== undefined) this.#flags = outer;
    return result;
  }

  #opened(): RegexNode | undefined {
    if (!this.#source.startsWith('?', this.#at)) {
      return this.#flags.n ? this.#closed(this.#choice()) : this.#capture(undefined);
    }
    const kind = this.#take(/\?(?:P?<(?![=!])|'|<[=!]|[=!>:|]|P=\w+\))/y);
    switch (kind) {
      case '?:':
        return this.#closed(this.#choice());
      case '?|':
        return this.#closed(this.#choice(true));
      case '?>':
        return { is: 'atomic', of: this.#closed(this.#choice()) };
      case '?=':
      case '?!':
        return { is: 'look', ahead: true, negative: kind === '?!', of: this.#closed(this.#choice()) };
      case '?<=':
      case '?<!':
        return { is: 'look', ahead: false, negative: kind === '?<!', of: this.#closed(this.#choice()) };
      case "?'":
      case '?<':
      case '?P<': {
        const name = this.#take(/[A-Za-z_]\w*/y);
        const end = kind === "?'" ? "'" : '>';
        if (name === undefined || this.#source.charAt(this.#at) !== end) throw new RegexRefused('the name of a group does not end');
        this.#at++;
        return this.#capture(name);
      }
      case undefined:
        return this.#flagged();
      default:
        return this.#reference(kind.slice(3, -1));
    }
  }

  #flagged(): RegexNode | undefined {
    const flags = this.#take(/\?\^?[a-zA-Z]*(?:-[a-zA-Z]*)?[:)]/y);
    if (flags === undefined) {
      const start = this.#source.slice(this.#at - 1, this.#at + 4);
      throw new RegexRefused(`\`${start}\` is not available: conditions, calls of groups and the like`);
    }
    const [on = '', off = ''] = flags.slice(1, -1).split('-');
    const next: Record<string, boolean> = { ...this.#flags };
    if (on.startsWith('^')) Object.assign(next, { i: false, m: false, s: false, x: false, n: false });
    for (const [letters, value] of [[on.replace('^', ''), true], [off, false]] as const) {
      for (const letter of letters) {
        if (!Object.hasOwn(next, letter)) throw new RegexRefused(`\`${letter}\` is not a flag of regular expressions here`);
        next[letter] = value;
      }
    }
    const { i = false, m = true, s = false, x = false, U = false, n = false } = next;
    this.#flags = { i, m, s, x, U, n };
    return flags.endsWith(')') ? undefined : this.#closed(this.#choice());
  }

  #capture(name: string | undefined): RegexNode {
    const index = ++this.#groups;
    if (name !== undefined) {
      const groups = this.#names.get(name) ?? [];
      if (!groups.includes(index)) groups.push(index);
      this.#names.set(name, groups);
    }
    return { is: 'group', index, of: this.#closed(this.#choice()) };
  }

  #closed(node: RegexNode): RegexNode {
    if (this.#source.charAt(this.#at) !== ')') throw new RegexRefused('a `(` has no `)`');
    this.#at++;
    return node;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#source)?.[0];
    if (taken !== undefined) this.#at += taken.length;
    return taken;
  }
}

const LINE_BREAKS: RegexNode = {
  is: 'atomic',
  of: {
    is: 'choice',
    of: [
      { is: 'sequence', of: [13, 10].map((code): RegexNode => ({ is: 'set', set: setOf([[code, code]]) })) },
      { is: 'set', set: setOf(CLASS_ESCAPES['v'] ?? []) },
    ],
  },
};

const SIMPLE_ESCAPES: Readonly<Record<string, RegexNode | undefined>> = {
  b: { is: 'assert', what: 'word-edge' },
  B: { is: 'assert', what: 'no-word-edge' },
  A: { is: 'assert', what: 'text-start' },
  z: { is: 'assert', what: 'text-end' },
  Z: { is: 'assert', what: 'text-end-or-break' },
  G: { is: 'assert', what: 'search-start' },
  K: { is: 'keep' },
  R: LINE_BREAKS,
};

function counts(quantifier: string): readonly [min: number, max: number] {
  if (quantifier === '*') return [0, Infinity];
  if (quantifier === '+') return [1, Infinity];
  if (quantifier === '?') return [0, 1];
  const [min = '0', max] = quantifier.slice(1, -1).split(',');
  return [Number(min), max === undefined ? Number(min) : max === '' ? Infinity : Number(max)];
}
