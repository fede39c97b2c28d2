import type { Comparison, ComparisonFunction, ComparisonValue, RelationOperator } from './comparison.ts';
import { arithmetic, asNumber, compareValues, equalValues, MAX_BITS } from './comparisonArithmetic.ts';
import { decodeEscapes, literalValue } from './comparisonLiteral.ts';
import { compileRegex } from './regex.ts';

/** Code that is no known value: it has a text, and is equal to the same text. */
class CodeText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = ComparisonValue | CodeText;

/** There is no answer: a metavariable of unknown value, a wrong type, a division by zero. Never leaves this file. */
const UNKNOWN = Symbol('unknown');

/**
 * Whether the expression holds. It does not when there is no answer: a value that is not known, an operator that does not
 * go with its operands, a division by zero, a number beyond all bounds.
 *
 * @param valueOf value of a metavariable (named as written, with its `$`), undefined when not known
 * @param textOf source text of a metavariable: what `str($X)` and `re.match` see, and `==` compares, where there is no value
 * @param isRun whether a metavariable is a run of text, as a group of a regular expression is: beside a number it is the number that it reads as
 * @throws RegexLimit when a regular expression of it spends its steps
 */
export function evaluateComparison(
  comparison: Comparison,
  valueOf: (name: string) => ComparisonValue | undefined,
  textOf?: (name: string) => string | undefined,
  isRun?: (name: string) => boolean,
): boolean {
  const result = new Evaluation(valueOf, textOf, isRun).value(comparison);
  return result !== UNKNOWN && truth(result) === true;
}

class Evaluation {
  readonly #valueOf: (name: string) => ComparisonValue | undefined;
  readonly #textOf: ((name: string) => string | undefined) | undefined;
  readonly #isRun: ((name: string) => boolean) | undefined;

  constructor(
    valueOf: (name: string) => ComparisonValue | undefined,
    textOf: ((name: string) => string | undefined) | undefined,
    isRun: ((name: string) => boolean) | undefined,
  ) {
    this.#valueOf = valueOf;
    this.#textOf = textOf;
    this.#isRun = isRun;
  }

  value(comparison: Comparison): Value | typeof UNKNOWN {
    switch (comparison.is) {
      case 'metavariable': {
        const value = this.#valueOf(comparison.name);
        if (value !== undefined) return value;
        const text = this.#textOf?.(comparison.name);
        return text === undefined ? UNKNOWN : new CodeText(text);
      }
      case 'literal':
        return comparison.value;
      case 'list': {
        const list = this.#known(comparison.of);
        return list ?? UNKNOWN;
      }
      case 'unary':
        return this.#unary(comparison.operator, comparison.of);
      case 'binary':
        return this.#binary(comparison);
      case 'chain':
        return this.#chain(comparison);
      case 'call': {
        const given = comparison.arguments.map((each) => this.value(each));
        if (given.includes(UNKNOWN)) return UNKNOWN;
        return call(comparison.function, given as readonly Value[]) ?? UNKNOWN;
      }
    }
  }

  #known(parts: readonly Comparison[]): readonly ComparisonValue[] | undefined {
    const known: ComparisonValue[] = [];
    for (const part of parts) {
      const value = this.value(part);
      if (value === UNKNOWN || value instanceof CodeText) return undefined;
      known.push(value);
    }
    return known;
  }

  #unary(operator: '-' | '+' | '~' | 'not', of: Comparison): Value | typeof UNKNOWN {
    const value = this.value(of);
    if (value === UNKNOWN) return UNKNOWN;
    if (operator === 'not') {
      const holds = truth(value);
      return holds === undefined ? UNKNOWN : !holds;
    }
    const number = asNumber(value);
    if (number === undefined) return UNKNOWN;
    if (operator === '-') return -number;
    if (operator === '+') return number;
    return typeof number === 'bigint' ? ~number : UNKNOWN;
  }

  #binary({ operator, left, right }: Extract<Comparison, { is: 'binary' }>): Value | typeof UNKNOWN {
    const first = this.value(left);
    if (first === UNKNOWN) return UNKNOWN;
    if (operator === 'and' || operator === 'or') {
      const holds = truth(first);
      if (holds === undefined) return UNKNOWN;
      return holds === (operator === 'or') ? first : this.value(right);
    }
    const second = this.value(right);
    if (second === UNKNOWN || first instanceof CodeText || second instanceof CodeText) return UNKNOWN;
    return arithmetic(operator, this.#beside(left, first, second), this.#beside(right, second, first)) ?? UNKNOWN;
  }

  /** The value of an operand where the other one has this value. */
  #beside<T extends Value>(operand: Comparison | undefined, value: T, other: Value): T | number | bigint {
    if (typeof value !== 'string' || (typeof other !== 'number' && typeof other !== 'bigint')) return value;
    if (operand?.is !== 'metavariable' || this.#isRun?.(operand.name) !== true) return value;
    const read = literalValue(value);
    return typeof read === 'number' || typeof read === 'bigint' ? read : value;
  }

  #chain({ operators, operands }: Extract<Comparison, { is: 'chain' }>): boolean | typeof UNKNOWN {
    const [first, ...others] = operands;
    let left = first === undefined ? UNKNOWN : this.value(first);
    for (const [index, operand] of others.entries()) {
      const right = this.value(operand);
      const operator = operators[index];
      if (left === UNKNOWN || right === UNKNOWN || operator === undefined) return UNKNOWN;
      const holds = relation(
        operator,
        this.#beside(operands[index], left, right),
        this.#beside(operand, right, left),
      );
      if (holds === undefined) return UNKNOWN;
      if (!holds) return false;
      left = right;
    }
    return true;
  }
}

function relation(operator: RelationOperator, left: Value, right: Value): boolean | undefined {
  if (left instanceof CodeText || right instanceof CodeText) {
    if (!(left instanceof CodeText && right instanceof CodeText)) return undefined;
    if (operator === '==') return left.text === right.text;
    return operator === '!=' ? left.text !== right.text : undefined;
  }
  switch (operator) {
    case '==':
      return equalValues(left, right);
    case '!=':
      return !equalValues(left, right);
    case 'in':
      return contains(right, left);
    case 'not in': {
      const holds = contains(right, left);
      return holds === undefined ? undefined : !holds;
    }
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const order = compareValues(left, right);
      if (order === undefined) return undefined;
      if (operator === '<') return order < 0;
      if (operator === '<=') return order <= 0;
      return operator === '>' ? order > 0 : order >= 0;
    }
  }
}

function contains(whole: ComparisonValue, part: ComparisonValue): boolean | undefined {
  if (typeof whole === 'string') return typeof part === 'string' ? whole.includes(part) : undefined;
  return isList(whole) ? whole.some((each) => equalValues(each, part)) : undefined;
}

/** As Python sees it: zero, empty and `None` are false. Code that is no value is neither. */
function truth(value: Value): boolean | undefined {
  if (value instanceof CodeText) return undefined;
  if (isList(value)) return value.length > 0;
  return typeof value === 'number' || typeof value === 'bigint' ? value < 0 || value > 0 : Boolean(value);
}

function call(name: ComparisonFunction, [first, second, ...others]: readonly Value[]): ComparisonValue | undefined {
  if (first === undefined) return undefined;
  if (name === 'str') return textOfValue(first);
  if (name.startsWith('re.')) return regexHolds(name, first, second);
  if (first instanceof CodeText || second instanceof CodeText) {
    // The text of code is a text to whatever asks for one.
    const plain = (value: Value | undefined): Value | undefined => (value instanceof CodeText ? value.text : value);
    const texts = [plain(first), plain(second)].filter((each) => each !== undefined);
    return name === 'len' || name === 'bool' ? undefined : call(name, texts);
  }
  switch (name) {
    case 'len':
      if (typeof first === 'string') return BigInt(Array.from(first).length);
      return isList(first) ? BigInt(first.length) : undefined;
    case 'int':
      return toInt(first, second);
    case 'float': {
      if (typeof first === 'string') return /^[\s\d+.eE-]+$/.test(first) ? finite(Number(first)) : undefined;
      const number = asNumber(first);
      return number === undefined ? undefined : finite(Number(number));
    }
    case 'bool':
      return truth(first);
    case 'abs': {
      const number = asNumber(first);
      return number === undefined ? undefined : number < 0 ? -number : number;
    }
    case 'min':
    case 'max': {
      const values = second === undefined && isList(first) ? first : [first, second, ...others];
      return extreme(name, values);
    }
    case 'strptime':
      return typeof first === 'string' ? dayTime(first, second) : undefined;
    default:
      return typeof first === 'string' ? onText(name, first, second) : undefined;
  }
}

function onText(name: ComparisonFunction, text: string, argument: ComparisonValue | undefined): ComparisonValue | undefined {
  if (name === 'lower') return text.toLowerCase();
  if (name === 'upper') return text.toUpperCase();
  if (name === 'strip' && argument === undefined) return text.trim();
  if (typeof argument !== 'string') return undefined;
  if (name === 'startswith') return text.startsWith(argument);
  if (name === 'endswith') return text.endsWith(argument);
  if (name !== 'strip') return undefined;
  const characters = Array.from(text);
  const from = characters.findIndex((each) => !argument.includes(each));
  const to = characters.findLastIndex((each) => !argument.includes(each));
  return characters.slice(from < 0 ? characters.length : from, to + 1).join('');
}

function extreme(name: 'min' | 'max', values: readonly (Value | undefined)[]): ComparisonValue | undefined {
  let best: ComparisonValue | undefined;
  for (const value of values) {
    if (value === undefined || value instanceof CodeText) return undefined;
    const order = best === undefined ? undefined : compareValues(value, best);
    if (best !== undefined && order === undefined) return undefined;
    if (order === undefined || (name === 'min' ? order < 0 : order > 0)) best = value;
  }
  return best;
}

function regexHolds(name: ComparisonFunction, source: Value, subject: Value | undefined): boolean | undefined {
  if (typeof source !== 'string' || subject === undefined) return undefined;
  const compiled = compileRegex(name === 're.fullmatch' ? `(?:${source})\\z` : source);
  const text = textOfValue(subject);
  if ('error' in compiled || text === undefined) return undefined;
  if (name !== 're.search') return compiled.regex.matchesStart(text);
  return compiled.regex.all(text)[Symbol.iterator]().next().done !== true;
}

/** As Python writes it; the text of code as it stands there. */
function textOfValue(value: Value): string | undefined {
  if (value instanceof CodeText) return value.text;
  if (value === null) return 'None';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : String(value);
  return isList(value) ? undefined : value.toString();
}

function toInt(value: ComparisonValue, base: ComparisonValue | undefined): bigint | undefined {
  if (typeof value === 'string') {
    const radix = base === undefined ? undefined : asNumber(base);
    if (base !== undefined && (typeof radix !== 'bigint' || radix < 0n || radix > 36n || radix === 1n)) return undefined;
    const read = literalValue(decodeEscapes(value), radix === undefined || radix === 0n ? {} : { base: Number(radix) });
    return read === undefined || typeof read === 'string' ? undefined : toInt(read, undefined);
  }
  const number = asNumber(value);
  if (typeof number !== 'number') return number;
  return Number.isFinite(number) && Math.abs(number) < 2 ** MAX_BITS ? BigInt(Math.trunc(number)) : undefined;
}

function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined;
}

/** Seconds since 1970-01-01 of a day written as `2024-12-31`. */
function dayTime(text: string, format: ComparisonValue | undefined): number | undefined {
  if (format !== undefined && format !== '%Y-%m-%d') return undefined;
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return finite(time / 1000);
}

function isList(value: Value): value is readonly ComparisonValue[] {
  return Array.isArray(value);
}
