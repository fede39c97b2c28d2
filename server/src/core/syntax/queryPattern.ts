import type { Grammar } from './grammar.ts';

/** A node that a query asks for, on a syntax table. */
export interface QueryNode {
  /** The kinds it may have; `named` for any named node, `any` for any at all. */
  readonly kinds: ReadonlySet<number> | 'named' | 'any';
  readonly captures: readonly string[];
  /** Fields that the node must not have. */
  readonly without: readonly number[];
  readonly children: readonly QueryStep[];
}

/** One of several siblings that a query asks for, in order. */
export interface QueryStep {
  readonly alternatives: readonly QueryNode[];
  /** 0 for any. */
  readonly field: number;
  /** No named sibling may lie between it and the one before, or the beginning. */
  readonly isImmediate: boolean;
  /** Of a sibling that is immediate: kinds that may lie between nevertheless. */
  readonly over: ReadonlySet<number> | undefined;
  /** No named sibling may follow. */
  readonly isLast: boolean;
}

/** Siblings that match together; most patterns are one node. */
export type QueryPattern = readonly QueryStep[];

/**
 * Reads what most queries are made of: nodes, fields, alternatives, captures, anchors, groups of siblings, any number of nodes of one kind between
 * anchors (`. (comment)* .`).
 *
 * @param abstract names that stand for kinds of nodes and are none (supertypes)
 * @returns undefined for what only the engine of the grammar knows (other quantifiers, predicates, supertypes, `MISSING`), and for what is wrong
 */
export function readQuery(
  source: string,
  grammar: Grammar,
  abstract: ReadonlySet<string>,
): readonly QueryPattern[] | undefined {
  const tokens = tokensOf(source);
  if (tokens === undefined) return undefined;
  const reader = new QueryReader(tokens, grammar, abstract);
  try {
    return reader.patterns();
  } catch (error) {
    if (error instanceof NotRead) return undefined;
    throw error;
  }
}

/** A construct that is left to the engine. */
class NotRead extends Error {}

const TOKEN = /\s+|;[^\n]*|("(?:[^"\\]|\\.)*"|[\w.-]+:|@[\w.-]+|!\w+|\w+|[()[\].*])|[^]/gy;

function tokensOf(source: string): string[] | undefined {
  const tokens: string[] = [];
  for (const [text, token] of source.matchAll(TOKEN)) {
    if (token !== undefined) tokens.push(token);
    else if (!/^[\s;]/.test(text)) return undefined;
  }
  return tokens;
}

class QueryReader {
  readonly #tokens: readonly string[];
  readonly #grammar: Grammar;
  readonly #abstract: ReadonlySet<string>;
  #next = 0;

  constructor(tokens: readonly string[], grammar: Grammar, abstract: ReadonlySet<string>) {
    this.#tokens = tokens;
    this.#grammar = grammar;
    this.#abstract = abstract;
  }

  patterns(): QueryPattern[] {
    const patterns: QueryPattern[] = [];
    while (this.#peek() !== undefined) patterns.push(this.#isGroup() ? this.#group() : [this.#step()]);
    return patterns;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next];
  }

  #take(expected?: string): string {
    const token = this.#tokens[this.#next++];
    if (token === undefined || (expected !== undefined && token !== expected)) throw new NotRead();
    return token;
  }

  /** `((a) (b))`: siblings. */
  #isGroup(): boolean {
    const after = this.#tokens[this.#next + 1] ?? '';
    return this.#peek() === '(' && /^["([.]/.test(after);
  }

  #group(): QueryStep[] {
    this.#take('(');
    const steps = this.#siblings();
    if (this.#peek()?.startsWith('@') === true) throw new NotRead();
    return steps;
  }

  /**
   * Up to and with the closing parenthesis.
   *
   * @param without takes the fields that are not to be there; none in a group
   */
  #siblings(without?: number[]): QueryStep[] {
    const steps: QueryStep[] = [];
    let isImmediate = false;
    let over: ReadonlySet<number> | undefined;
    for (;;) {
      const token = this.#peek();
      if (token === '.') {
        this.#take();
        isImmediate = true;
        over ??= this.#passedOver();
        if (over !== undefined && mayBe(steps.at(-1), over)) throw new NotRead();
      } else if (without !== undefined && token?.startsWith('!') === true) {
        without.push(this.#field(this.#take().slice(1)));
      } else if (token === ')') {
        this.#take();
        const last = steps.at(-1);
        if (isImmediate && (last === undefined || isAny(last) || over !== undefined)) throw new NotRead();
        return isImmediate && last !== undefined ? [...steps.slice(0, -1), { ...last, isLast: true }] : steps;
      } else {
        const inner = this.#isGroup() ? this.#group() : [this.#step()];
        if (isImmediate && (isAny(steps.at(-1)) || isAny(inner[0]))) throw new NotRead();
        if (over !== undefined && mayBe(inner[0], over)) throw new NotRead();
        inner.forEach((step, index) =>
          steps.push(index === 0 && isImmediate ? { ...step, isImmediate, over } : step),
        );
        isImmediate = false;
        over = undefined;
      }
    }
  }

  /** `(comment)* .` behind an anchor. */
  #passedOver(): ReadonlySet<number> | undefined {
    const [open, name, close, star, anchor] = this.#tokens.slice(this.#next, this.#next + 5);
    if (open !== '(' || close !== ')' || star !== '*' || anchor !== '.') return undefined;
    const kinds = this.#kinds(name ?? '');
    if (kinds === 'named') throw new NotRead();
    this.#next += 5;
    return kinds;
  }

  #step(): QueryStep {
    const field = this.#peek()?.endsWith(':') === true ? this.#field(this.#take().slice(0, -1)) : 0;
    return {
      alternatives: this.#alternatives(),
      field,
      isImmediate: false,
      over: undefined,
      isLast: false,
    };
  }

  #alternatives(): QueryNode[] {
    if (this.#peek() !== '[') return [this.#node()];
    this.#take('[');
    const alternatives: QueryNode[] = [];
    while (this.#peek() !== ']') {
      if (this.#isGroup()) {
        const [only, ...further] = this.#group();
        if (only === undefined || further.length > 0 || only.field !== 0 || only.isImmediate || only.isLast)
          throw new NotRead();
        alternatives.push(...only.alternatives);
      } else alternatives.push(...this.#alternatives());
    }
    this.#take(']');
    if (
      alternatives.some((node, index) => alternatives.slice(0, index).some((other) => isEither(node, other)))
    )
      throw new NotRead();
    const captures = this.#captures();
    return alternatives.map((node) => ({ ...node, captures: [...node.captures, ...captures] }));
  }

  #node(): QueryNode {
    const token = this.#take();
    if (token === '_') return { kinds: 'any', captures: this.#captures(), without: [], children: [] };
    if (token.startsWith('"')) {
      const kinds = new Set(
        this.#grammar
          .kindsNamed(unescaped(token.slice(1, -1)))
          .filter((kind) => !this.#grammar.isNamed(kind)),
      );
      return { kinds, captures: this.#captures(), without: [], children: [] };
    }
    if (token !== '(') throw new NotRead();
    const kinds = this.#kinds(this.#take());
    const without: number[] = [];
    const children = this.#siblings(without);
    return { kinds, captures: this.#captures(), without, children };
  }

  #kinds(name: string): ReadonlySet<number> | 'named' {
    if (name === '_') return 'named';
    const kind = this.#grammar.kind(name);
    if (kind < 0 || name === 'MISSING' || this.#abstract.has(name)) throw new NotRead();
    return new Set([kind]);
  }

  #field(name: string): number {
    const field = this.#grammar.field(name);
    if (field < 0) throw new NotRead();
    return field;
  }

  #captures(): string[] {
    const captures: string[] = [];
    while (this.#peek()?.startsWith('@') === true) captures.push(this.#take().slice(1));
    return captures;
  }
}

/** Whether a token may be it: what an anchor beside it means is for the engine to say. */
function isAny(step: QueryStep | undefined): boolean {
  return step?.alternatives.some(({ kinds }) => kinds === 'any') === true;
}

/** Whether one of the nodes that are passed over may be it, or none is asked for: of the ways that there are then, the engine gives up some. */
function mayBe(step: QueryStep | undefined, over: ReadonlySet<number>): boolean {
  if (step === undefined) return true;
  return step.alternatives.some(
    ({ kinds }) => typeof kinds === 'string' || [...kinds].some((kind) => over.has(kind)),
  );
}

/** Of two alternatives that match one node and capture under other names, the engine may drop one. */
function isEither(one: QueryNode, other: QueryNode): boolean {
  if (namesIn(one) === namesIn(other)) return false;
  const { kinds } = other;
  if (typeof one.kinds === 'string' || typeof kinds === 'string') return true;
  return [...one.kinds].some((kind) => kinds.has(kind));
}

function namesIn(node: QueryNode): string {
  const names = (each: QueryNode): string[] => [
    ...each.captures,
    ...each.children.flatMap(({ alternatives }) => alternatives.flatMap(names)),
  ];
  return [...new Set(names(node))].sort().join();
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, char: string) => ESCAPES[char] ?? char);
}
