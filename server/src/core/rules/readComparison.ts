import type { ArithmeticOperator, Comparison, ComparisonFunction, RelationOperator } from './comparison.ts';
import { comparisonTokens, type ComparisonToken } from './comparisonTokens.ts';
import { compileRegex } from './regex.ts';

/** UTF-16 code units; what rules compare fits in a line. */
const MAX_LENGTH = 4_000;
/** Parentheses, lists, calls and signs within each other. */
const MAX_DEPTH = 100;

/** From the loosest to the tightest; `**` stands apart because it groups to the right and takes a signed exponent. */
const LEVELS: readonly (readonly ArithmeticOperator[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%']];
const RELATIONS: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];

/** Arguments that a function takes: the fewest and the most. */
const FUNCTIONS: Readonly<Record<string, readonly [ComparisonFunction, number, number]>> = {
  len: ['len', 1, 1],
  int: ['int', 1, 2],
  str: ['str', 1, 1],
  float: ['float', 1, 1],
  bool: ['bool', 1, 1],
  abs: ['abs', 1, 1],
  min: ['min', 1, 8],
  max: ['max', 1, 8],
  strptime: ['strptime', 1, 2],
  're.match': ['re.match', 2, 2],
  're.search': ['re.search', 2, 2],
  're.fullmatch': ['re.fullmatch', 2, 2],
};
/** Without the object that they are called on. */
const METHODS: Readonly<Record<string, readonly [ComparisonFunction, number, number]>> = {
  lower: ['lower', 0, 0],
  upper: ['upper', 0, 0],
  strip: ['strip', 0, 1],
  startswith: ['startswith', 1, 1],
  endswith: ['endswith', 1, 1],
};
const CONSTANTS: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };

/** What the reader gives up with; never leaves this file. */
class Refused extends Error {}

/**
 * Reads the expression of `metavariable-comparison`.
 *
 * @returns the expression, or what is wrong with it, as the rest of a sentence about the expression
 */
export function readComparison(text: string): { comparison: Comparison } | { error: string } {
  if (text.length > MAX_LENGTH) return { error: `is longer than ${MAX_LENGTH} characters` };
  const tokens = comparisonTokens(text);
  if ('error' in tokens) return tokens;
  try {
    const reader = new Reader(tokens, text);
    const comparison = reader.or();
    reader.expectEnd();
    return { comparison };
  } catch (error) {
    if (error instanceof Refused) return { error: error.message };
    throw error;
  }
}

class Reader {
  readonly #tokens: readonly ComparisonToken[];
  readonly #text: string;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly ComparisonToken[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  or(): Comparison {
    let left = this.#and();
    while (this.#take('name', 'or')) left = { is: 'binary', operator: 'or', left, right: this.#and() };
    return left;
  }

  expectEnd(): void {
    if (this.#peek().is !== 'end') throw this.#unexpected();
  }

  #and(): Comparison {
    let left = this.#not();
    while (this.#take('name', 'and')) left = { is: 'binary', operator: 'and', left, right: this.#not() };
    return left;
  }

  #not(): Comparison {
    if (!this.#take('name', 'not')) return this.#chain();
    return this.#deeper(() => ({ is: 'unary', operator: 'not', of: this.#not() }));
  }

  #chain(): Comparison {
    const first = this.#level(0);
    const operands = [first];
    const operators: RelationOperator[] = [];
    for (let operator = this.#relation(); operator !== undefined; operator = this.#relation()) {
      operators.push(operator);
      operands.push(this.#level(0));
    }
    return operators.length === 0 ? first : { is: 'chain', operators, operands };
  }

  #relation(): RelationOperator | undefined {
    const token = this.#peek();
    if (token.is === 'sign' && RELATIONS.includes(token.text)) {
      this.#next++;
      return token.text as RelationOperator;
    }
    if (this.#take('name', 'in')) return 'in';
    const after = this.#tokens[this.#next + 1];
    if (token.is === 'name' && token.text === 'not' && after?.is === 'name' && after.text === 'in') {
      this.#next += 2;
      return 'not in';
    }
    return undefined;
  }

  #level(level: number): Comparison {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#sign();
    let left = this.#level(level + 1);
    for (;;) {
      const token = this.#peek();
      const operator = token.is === 'sign' ? operators.find((each) => each === token.text) : undefined;
      if (operator === undefined) return left;
      this.#next++;
      left = { is: 'binary', operator, left, right: this.#level(level + 1) };
    }
  }

  #sign(): Comparison {
    const token = this.#peek();
    if (token.is !== 'sign' || !(token.text === '-' || token.text === '+' || token.text === '~')) return this.#power();
    const operator = token.text;
    this.#next++;
    return this.#deeper(() => ({ is: 'unary', operator, of: this.#sign() }));
  }

  #power(): Comparison {
    const left = this.#methods(this.#atom());
    if (!this.#take('sign', '**')) return left;
    return this.#deeper(() => ({ is: 'binary', operator: '**', left, right: this.#sign() }));
  }

  #methods(object: Comparison): Comparison {
    let result = object;
    while (this.#take('sign', '.')) {
      const token = this.#peek();
      const method = token.is === 'name' && Object.hasOwn(METHODS, token.text) ? METHODS[token.text] : undefined;
      if (token.is !== 'name' || method === undefined) throw this.#unknown('method', Object.keys(METHODS));
      this.#next++;
      result = { is: 'call', function: method[0], arguments: [result, ...this.#arguments(token.text, method)] };
    }
    return result;
  }

  #atom(): Comparison {
    const token = this.#peek();
    switch (token.is) {
      case 'value': {
        this.#next++;
        let value = token.value;
        // Strings side by side are one.
        for (let next = this.#peek(); typeof value === 'string' && next.is === 'value'; next = this.#peek()) {
          if (typeof next.value !== 'string') break;
          value += next.value;
          this.#next++;
        }
        return { is: 'literal', value };
      }
      case 'metavariable':
        this.#next++;
        return { is: 'metavariable', name: token.text };
      case 'name':
        return this.#name(token.text);
      case 'sign':
        if (token.text === '(') return this.#deeper(() => this.#group());
        if (token.text === '[') return this.#deeper(() => this.#listUntil(']'));
        if (token.text === '{') return this.#deeper(() => this.#listUntil('}'));
        throw this.#unexpected();
      case 'end':
        throw this.#unexpected();
    }
  }

  #name(name: string): Comparison {
    if (Object.hasOwn(CONSTANTS, name)) {
      this.#next++;
      return { is: 'literal', value: CONSTANTS[name] ?? null };
    }
    if (name === 'today') throw new Refused('uses `today()`: what a rule finds must not depend on the day');
    const dot = this.#tokens[this.#next + 1];
    const member = this.#tokens[this.#next + 2];
    const isModule = name === 're' && dot?.is === 'sign' && dot.text === '.' && member?.is === 'name';
    const full = isModule ? `re.${member.text}` : name;
    const known = Object.hasOwn(FUNCTIONS, full) ? FUNCTIONS[full] : undefined;
    if (known === undefined) throw this.#unknown('function', Object.keys(FUNCTIONS));
    this.#next += isModule ? 3 : 1;
    const given = this.#arguments(full, known);
    const [regex] = given;
    if (full.startsWith('re.') && regex?.is === 'literal' && typeof regex.value === 'string') {
      const compiled = compileRegex(regex.value);
      if ('error' in compiled) throw new Refused(`has no regular expression in \`${full}\`: ${compiled.error}`);
    }
    return { is: 'call', function: known[0], arguments: given };
  }

  #arguments(name: string, [, fewest, most]: readonly [ComparisonFunction, number, number]): readonly Comparison[] {
    this.#expect('(');
    const { of } = this.#deeper(() => this.#listUntil(')', false));
    if (of.length < fewest || of.length > most) {
      const wanted = fewest === most ? `${fewest}` : `${fewest} to ${most}`;
      throw new Refused(`gives \`${name}\` ${of.length} arguments instead of ${wanted}`);
    }
    return of;
  }

  /** After `(` comes one expression in parentheses, or a tuple. */
  #group(): Comparison {
    const start = this.#next;
    const list = this.#listUntil(')');
    const [only] = list.of;
    const beforeClosing = this.#tokens[this.#next - 2];
    const isTuple = list.of.length !== 1 || (beforeClosing?.is === 'sign' && beforeClosing.text === ',' && start < this.#next);
    return isTuple || only === undefined ? list : only;
  }

  #listUntil(closing: string, opened = true): Extract<Comparison, { is: 'list' }> {
    if (opened) this.#next++;
    const of: Comparison[] = [];
    while (!this.#take('sign', closing)) {
      of.push(this.or());
      if (this.#take('sign', ',')) continue;
      this.#expect(closing);
      break;
    }
    return { is: 'list', of };
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw new Refused(`is nested deeper than ${MAX_DEPTH} levels`);
    const result = read();
    this.#depth--;
    return result;
  }

  #peek(): ComparisonToken {
    return this.#tokens[this.#next] ?? { is: 'end', at: this.#text.length };
  }

  #take(is: 'name' | 'sign', text: string): boolean {
    const token = this.#peek();
    if (token.is !== is || token.text !== text) return false;
    this.#next++;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#take('sign', sign)) throw this.#unexpected(sign);
  }

  #unexpected(wanted?: string): Refused {
    const token = this.#peek();
    const found = token.is === 'end' ? 'ends too early' : `has an unexpected \`${this.#shown()}\``;
    return new Refused(wanted === undefined ? found : `${found}; \`${wanted}\` was expected`);
  }

  #unknown(what: string, known: readonly string[]): Refused {
    if (this.#peek().is !== 'name') return this.#unexpected();
    return new Refused(`uses \`${this.#shown()}\`, which is not a ${what} of comparisons (${known.join(', ')})`);
  }

  #shown(): string {
    const { at } = this.#peek();
    const end = this.#tokens[this.#next + 1]?.at ?? this.#text.length;
    return this.#text.slice(at, end).trim();
  }
}
