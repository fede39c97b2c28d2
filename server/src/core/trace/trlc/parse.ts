import type { Range } from '../../base/range.ts';
import type { AttributeValue } from '../item.ts';
import { tokensOf, type Token } from './tokens.ts';

/** A name with dots: a reference, or a literal of an enumeration; without the types nobody knows which. */
export interface Reference {
  readonly name: string;
  readonly range: Range;
  /** A number behind `@`. */
  readonly version?: number;
}

export interface Component {
  readonly value: AttributeValue;
  /** All names in the value. */
  readonly references: readonly Reference[];
}

export interface TrlcObject {
  readonly type: string;
  readonly name: string;
  /** Of the name. */
  readonly range: Range;
  readonly components: ReadonlyMap<string, Component>;
  /** Sections that it stands in, from the outside. */
  readonly sections: readonly string[];
}

export interface TrlcFile {
  readonly package: string;
  readonly objects: readonly TrlcObject[];
  /** Where reading ended, unless at the end. */
  readonly stopped?: { readonly message: string; readonly range: Range };
}

const MAX_DEPTH = 100;

class Unexpected extends Error {
  readonly range: Range;
  constructor(message: string, range: Range) {
    super(message);
    this.range = range;
  }
}

/** Parses a TRLC file as data: what the types of its values are does not matter. Objects before a mistake are kept. Never throws. */
export function parseTrlc(text: string): TrlcFile {
  const { tokens, stopped } = tokensOf(text);
  const objects: TrlcObject[] = [];
  const state = { at: 0, package: '' };
  const peek = (ahead = 0): Token => tokens[Math.min(state.at + ahead, tokens.length - 1)] ?? END;
  const take = (): Token => {
    const token = peek();
    state.at++;
    return token;
  };
  const isSign = (token: Token, sign: string) => token.kind === 'sign' && token.text === sign;
  const fail = (what: string): never => {
    const { text: found, range, kind } = peek();
    if (stopped !== undefined && kind === 'end')
      throw new Unexpected('This is nothing that TRLC knows.', stopped);
    const shown = kind === 'end' ? 'the end of the file' : `\`${found.slice(0, 40)}\``;
    throw new Unexpected(`Here should be ${what}, not ${shown}: what follows is not read.`, range);
  };
  const expect = (sign: string): void => {
    if (!isSign(take(), sign)) {
      state.at--;
      fail(`\`${sign}\``);
    }
  };
  const name = (): Token => (peek().kind === 'name' ? take() : fail('a name'));
  const dotted = (): { readonly text: string; readonly range: Range } => {
    const first = name();
    let text = first.text;
    let end = first.range.end;
    while (isSign(peek(), '.')) {
      take();
      const next = name();
      text += `.${next.text}`;
      end = next.range.end;
    }
    return { text, range: { start: first.range.start, end } };
  };
  const list = (open: string, close: string, depth: number): Component => {
    expect(open);
    const parts: Component[] = [];
    while (!isSign(peek(), close)) {
      parts.push(value(depth + 1));
      if (!isSign(peek(), ',')) break;
      take();
    }
    expect(close);
    return { value: parts.map((part) => part.value), references: parts.flatMap((part) => part.references) };
  };
  const single = (depth: number): Component => {
    if (depth > MAX_DEPTH) fail('less nesting');
    const token = peek();
    if (token.kind === 'text') return { value: take().text, references: [] };
    if (token.kind === 'number') return { value: numberOf(take().text), references: [] };
    if (isSign(token, '[')) return list('[', ']', depth);
    if (isSign(token, '(')) return list('(', ')', depth);
    if (token.kind !== 'name') return fail('a value');
    const { text: written, range } = dotted();
    if (written === 'true' || written === 'false') return { value: written === 'true', references: [] };
    return { value: written, references: [{ name: written, range }] };
  };
  /** A value, or several with separators between them: a tuple. A name that `=` follows is the next component. */
  const value = (depth: number): Component => {
    let whole = single(depth);
    for (;;) {
      const separator = peek();
      const joins =
        separator.kind === 'sign'
          ? '@:;'.includes(separator.text)
          : separator.kind === 'name' && !isSign(peek(1), '=');
      if (!joins) return whole;
      take();
      const next = single(depth);
      const version = separator.text === '@' && typeof next.value === 'number' ? next.value : undefined;
      const last = whole.references.at(-1);
      whole = {
        value: `${shown(whole.value)}${separator.kind === 'name' ? ` ${separator.text} ` : separator.text}${shown(next.value)}`,
        references: [
          ...(version === undefined || last === undefined
            ? whole.references
            : [...whole.references.slice(0, -1), { ...last, version }]),
          ...next.references,
        ],
      };
    }
  };
  const content = (sections: readonly string[]): void => {
    while (peek().kind === 'name') {
      if (peek().text === 'section' && peek(1).kind === 'text') {
        if (sections.length > MAX_DEPTH) fail('less nesting');
        take();
        const title = take().text;
        expect('{');
        content([...sections, title]);
        expect('}');
        continue;
      }
      const { text: type } = dotted();
      const { text: own, range } = name();
      expect('{');
      const components = new Map<string, Component>();
      while (peek().kind === 'name') {
        const key = take().text;
        expect('=');
        components.set(key, value(0));
      }
      expect('}');
      objects.push({ type, name: own, range, components, sections });
    }
  };
  try {
    if (peek().text !== 'package') fail('`package`');
    take();
    state.package = dotted().text;
    while (
      peek().kind === 'name' &&
      peek().text === 'import' &&
      !isSign(peek(1), '.') &&
      peek(2).text !== '{'
    ) {
      take();
      dotted();
    }
    content([]);
    if (peek().kind !== 'end' || stopped !== undefined) fail('an object or a section');
    return { package: state.package, objects };
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    return { package: state.package, objects, stopped: { message: error.message, range: error.range } };
  }
}

const END: Token = {
  kind: 'end',
  text: '',
  range: { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } },
};

/** `0x1F`, `0b11`, `1_000`, `-2.5`; a number that would be another one stays a text. */
function numberOf(text: string): number | string {
  const plain = text.replaceAll('_', '').replace(/^\+/, '');
  const number = plain.startsWith('-0x') || plain.startsWith('-0b') ? -Number(plain.slice(1)) : Number(plain);
  return Number.isSafeInteger(number) || plain.includes('.') ? number : text;
}

function shown(value: AttributeValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
