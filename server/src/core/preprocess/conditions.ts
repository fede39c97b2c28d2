import { tokensOf, IDENTIFIER, NUMBER } from './tokens.ts';

/** The condition of an `#if`, read. What cannot be read is one unknown as a whole. */
export type Condition =
  | { readonly kind: 'number'; readonly value: number }
  /** Something that is true or false and not known from the text: `defined(X)` and `X` share the name `X`. */
  | { readonly kind: 'unknown'; readonly name: string; readonly isDefined: boolean }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly text: string;
      readonly left: Condition;
      readonly right: Condition;
    };

/** What is known of macros: their values where they have one. */
export interface KnownMacros {
  /** `true` for one that is defined to something that is no number, `false` for one that is not defined. */
  valueOf(name: string): number | boolean | undefined;
}

/** What was decided so far, by name of what is unknown. */
export interface Decisions {
  get(name: string): boolean | undefined;
  set(name: string, value: boolean): void;
}

/** Decisions on top of others: what is decided here does not reach the ones below. */
export function decisionsOver(outer: Decisions | undefined): Decisions {
  const own = new Map<string, boolean>();
  return {
    get: (name) => own.get(name) ?? outer?.get(name),
    set: (name, value) => void own.set(name, value),
  };
}

/** Deeper conditions are taken as one unknown. */
const MAX_DEPTH = 60;

export function ifdefCondition(body: string, isDefined: boolean): Condition {
  const name = /[\w$]+/.exec(body)?.[0] ?? '';
  const defined: Condition = { kind: 'unknown', name, isDefined: true };
  return isDefined ? defined : { kind: 'not', operand: defined };
}

/** Reads the text behind `#if` or `#elif`. */
export function readCondition(body: string): Condition {
  const tokens = tokensOf(` ${body}`);
  const words: string[] = [];
  const kinds: number[] = [];
  for (let index = 0; index < tokens.count; index++) {
    words.push(` ${body}`.slice(tokens.start[index], tokens.end[index]));
    kinds.push(tokens.kind[index] ?? 0);
  }
  const parser = { at: 0, depth: 0 };
  const whole: Condition = { kind: 'unknown', name: words.join(' '), isDefined: false };

  const primary = (): Condition | undefined => {
    const word = words[parser.at];
    const kind = kinds[parser.at];
    if (word === undefined || ++parser.depth > MAX_DEPTH) return undefined;
    parser.at++;
    if (word === '!') {
      const operand = primary();
      return operand && { kind: 'not', operand };
    }
    if (word === '-' || word === '+' || word === '~') {
      const operand = primary();
      if (operand?.kind !== 'number') return undefined;
      return {
        kind: 'number',
        value: word === '-' ? -operand.value : word === '~' ? ~operand.value : operand.value,
      };
    }
    if (word === '(') {
      const inner = expression(0);
      if (words[parser.at++] !== ')') return undefined;
      return inner;
    }
    if (kind === NUMBER) {
      const value = Number(word.replace(/[uUlL]+$/, '').replace(/^0(?=[0-7]+$)/, '0o'));
      return Number.isNaN(value) ? undefined : { kind: 'number', value };
    }
    if (kind !== IDENTIFIER) return undefined;
    if (word === 'defined') {
      const isCall = words[parser.at] === '(';
      const name = words[isCall ? parser.at + 1 : parser.at];
      parser.at += isCall ? 3 : 1;
      return name === undefined ? undefined : { kind: 'unknown', name, isDefined: true };
    }
    if (words[parser.at] !== '(') return { kind: 'unknown', name: word, isDefined: false };
    // A call of a macro, such as __has_include(<x.h>): one unknown.
    const from = parser.at;
    for (let open = 0; parser.at < words.length; parser.at++) {
      if (words[parser.at] === '(') open++;
      if (words[parser.at] === ')' && --open === 0) break;
    }
    parser.at++;
    return { kind: 'unknown', name: word + words.slice(from, parser.at).join(' '), isDefined: false };
  };

  const expression = (least: number): Condition | undefined => {
    const start = parser.at;
    let left = primary();
    for (let operator = words[parser.at]; left && operator !== undefined; operator = words[parser.at]) {
      const binding = BINDING[operator];
      if (binding === undefined || binding < least) break;
      parser.at++;
      const right = expression(binding + 1);
      if (right === undefined) return undefined;
      if (operator === '&&' || operator === '||')
        left = { kind: operator === '&&' ? 'and' : 'or', left, right };
      else left = { kind: 'binary', operator, left, right, text: words.slice(start, parser.at).join(' ') };
    }
    return left;
  };

  const read = expression(0);
  return read === undefined || parser.at < words.length ? whole : read;
}

const BINDING: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '<<': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
};

/** Whether a condition holds, as far as it is known or decided. */
export function holds(condition: Condition, known: KnownMacros, decisions: Decisions): boolean | undefined {
  switch (condition.kind) {
    case 'number':
      return condition.value !== 0;
    case 'not': {
      const inner = holds(condition.operand, known, decisions);
      return inner === undefined ? undefined : !inner;
    }
    case 'and':
    case 'or': {
      const left = holds(condition.left, known, decisions);
      const right = holds(condition.right, known, decisions);
      const decisive = condition.kind === 'or';
      if (left === decisive || right === decisive) return decisive;
      return left === undefined || right === undefined ? undefined : !decisive;
    }
    case 'unknown': {
      const value = known.valueOf(condition.name);
      if (value !== undefined) {
        if (condition.isDefined) return value !== false;
        return typeof value === 'number' ? value !== 0 : value ? decisions.get(condition.name) : false;
      }
      return decisions.get(condition.name);
    }
    case 'binary': {
      const value = numberOf(condition, known);
      return value === undefined ? decisions.get(condition.text) : value !== 0;
    }
  }
}

function numberOf(condition: Condition, known: KnownMacros): number | undefined {
  if (condition.kind === 'number') return condition.value;
  if (condition.kind === 'unknown' && !condition.isDefined) {
    const value = known.valueOf(condition.name);
    return value === false ? 0 : typeof value === 'number' ? value : undefined;
  }
  if (condition.kind !== 'binary') return undefined;
  const left = numberOf(condition.left, known);
  const right = numberOf(condition.right, known);
  return left === undefined || right === undefined
    ? undefined
    : OPERATIONS[condition.operator]?.(left, right);
}

const OPERATIONS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '|': (left, right) => left | right,
  '^': (left, right) => left ^ right,
  '&': (left, right) => left & right,
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '<<': (left, right) => left * 2 ** right,
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? 0 : Math.trunc(left / right)),
  '%': (left, right) => (right === 0 ? 0 : left % right),
};

/** Decides what is still open so that the condition becomes `wanted`, as far as earlier decisions allow. */
export function decide(
  condition: Condition,
  wanted: boolean,
  known: KnownMacros,
  decisions: Decisions,
): void {
  if (holds(condition, known, decisions) !== undefined) return;
  switch (condition.kind) {
    case 'number':
      return;
    case 'unknown':
      decisions.set(condition.name, wanted);
      return;
    case 'binary':
      decisions.set(condition.text, wanted);
      return;
    case 'not':
      decide(condition.operand, !wanted, known, decisions);
      return;
    case 'and':
    case 'or': {
      // Both sides of an `&&` that shall hold; one side of an `||` is enough.
      decide(condition.left, wanted, known, decisions);
      if (holds(condition, known, decisions) === undefined) decide(condition.right, wanted, known, decisions);
    }
  }
}
