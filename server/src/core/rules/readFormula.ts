import type { AllOf, Clause, Condition, Formula } from './formula.ts';
import { combine, clauseOf, negate, standing } from './formulaShapes.ts';
import type { KeyTable } from './keyTable.ts';
import {
  ANYWHERE_OPERATOR,
  CLASSIC_OPERATORS,
  CONDITION_OPERATORS,
  FORMULA_EXTRAS,
  INSIDE_OPERATORS,
  NEGATIVE_OPERATORS,
  OPERATORS,
} from './operatorKeys.ts';
import { isFilter, readEvents, readFilter, readWhere, type Filter, type FilterReaders } from './readConditions.ts';
import { fits, hasKey, isMapping, listOf, readText, refuseKey, type KeyPath, type Mapping } from './reading.ts';
import type { FormulaContext } from './formulaContext.ts';

/** Operators that stand for a formula by themselves in a rule of the classic spelling. */
export const FORMULA_KEYS = Object.keys(CLASSIC_OPERATORS);

type Operator = keyof typeof OPERATORS;
type Positive = Operator | keyof typeof INSIDE_OPERATORS;

/** Where a formula stands decides what it may be. */
type Role = 'alone' | 'alternative' | 'negated';

const ALTERNATIVES: KeyTable = { ...OPERATORS, ...INSIDE_OPERATORS };
const NEGATED: KeyTable = { ...OPERATORS, ...INSIDE_OPERATORS, ...ANYWHERE_OPERATOR };
const ENTRIES: KeyTable = { ...OPERATORS, ...INSIDE_OPERATORS, ...NEGATIVE_OPERATORS, ...CONDITION_OPERATORS };
const KEYS_OF: Readonly<Record<Role, KeyTable>> = { alone: OPERATORS, alternative: ALTERNATIVES, negated: NEGATED };
/** What a mapping is called in messages, by its role. */
const NAME_OF: Readonly<Record<Role, string>> = {
  alone: 'a formula',
  alternative: 'an alternative',
  negated: 'a negated formula',
};

const READERS: FilterReaders = { formula: (context, mapping, place, extra) => readFormula(context, mapping, place, extra) };

/**
 * Reads a mapping with one operator that stands for a formula by itself.
 *
 * @param extra - further keys of the mapping, which the caller reads
 */
export function readFormula(
  context: FormulaContext,
  mapping: Mapping,
  place: KeyPath,
  extra: KeyTable = {},
): Formula | undefined {
  const formula = readObject(context, mapping, place, 'alone', extra);
  return formula && standing(formula);
}

/** Reads a formula, or a plain text that stands for a pattern. */
export function readPatternOrFormula(context: FormulaContext, value: unknown, place: KeyPath): Formula | undefined {
  return isMapping(value) ? readFormula(context, value, place) : readPattern(context, value, place);
}

/** Reads the operator `key` of a rule itself, whose other keys are no part of the formula. */
export function readRuleOperator(
  context: FormulaContext,
  key: keyof typeof CLASSIC_OPERATORS,
  value: unknown,
  place: KeyPath,
): Formula | undefined {
  const formula = readOperator(context, key, value, place, NO_FILTER);
  return formula && standing(formula);
}

const NO_FILTER: Filter = { conditions: [], focus: [] };

function readObject(
  context: FormulaContext,
  mapping: Mapping,
  place: KeyPath,
  role: Role,
  extra: KeyTable,
): Formula | undefined {
  const key = soleOperator(context, mapping, place, KEYS_OF[role], { ...FORMULA_EXTRAS, ...extra }, NAME_OF[role]);
  const filter = readFormulaFilter(context, mapping, place);
  if (key === undefined || filter === undefined) return undefined;
  return readOperator(context, key as Positive, mapping[key], [...place, key], filter);
}

/** The conditions and the focus beside an operator of the newer spelling. */
function readFormulaFilter(context: FormulaContext, mapping: Mapping, place: KeyPath): Filter | undefined {
  const { reading } = context;
  const before = reading.refusals();
  const where = 'where' in mapping ? readWhere(context, mapping['where'], [...place, 'where'], READERS) : NO_FILTER;
  const focus = 'focus' in mapping ? readFilter(context, 'focus-metavariable', mapping['focus'], [...place, 'focus'], READERS) : NO_FILTER;
  if (reading.refusals() > before || where === undefined || focus === undefined) return undefined;
  return { conditions: where.conditions, focus: [...where.focus, ...focus.focus] };
}

/** The one operator of a mapping; refuses when there is none, or more than one, or another key. */
function soleOperator(
  { reading }: FormulaContext,
  mapping: Mapping,
  place: KeyPath,
  operators: KeyTable,
  extra: KeyTable,
  what: string,
): string | undefined {
  const before = reading.refusals();
  for (const key of Object.keys(mapping)) {
    if (hasKey(operators, key) || hasKey(extra, key)) continue;
    const at = [...place, key];
    if (hasKey(ANYWHERE_OPERATOR, key)) {
      reading.refuse(at, '`anywhere` belongs under `not`: a file is searched for it as a whole.');
    } else if (hasKey(ENTRIES, key)) {
      reading.refuse(at, `\`${key}\` cannot stand alone here: put it under \`patterns\` beside a positive operator.`);
    } else {
      refuseKey(reading, at, key, [...Object.keys(operators), ...Object.keys(extra)], what);
    }
  }
  const [key, second] = Object.keys(mapping).filter((each) => hasKey(operators, each));
  if (reading.refusals() > before) return undefined;
  if (key === undefined) {
    reading.refuse(place, `needs one of ${listOf(FORMULA_KEYS, 'or')}.`);
    return undefined;
  }
  if (second !== undefined) {
    reading.refuse([...place, second], `\`${second}\` stands beside \`${key}\`: put both under \`patterns\`.`);
    return undefined;
  }
  return key;
}

function readOperator(
  context: FormulaContext,
  key: Positive,
  value: unknown,
  place: KeyPath,
  filter: Filter,
): Formula | undefined {
  const at = context.reading.rangeOf(place);
  switch (key) {
    case 'patterns':
    case 'all':
      return readAll(context, value, place, key === 'all', filter);
    case 'pattern-either':
    case 'any': {
      const entries = readEntries(context, value, place, key === 'any');
      const of = entries?.map(([entry, where]) =>
        isMapping(entry) ? readObject(context, entry, where, 'alternative', {}) : readPattern(context, entry, where),
      );
      return of?.every((each) => each !== undefined) ? combine({ op: 'any', of: of.map(asAlternative), at }, filter) : undefined;
    }
    case 'pattern-inside':
    case 'inside': {
      const of = readPatternOrFormula(context, value, place);
      return of && { op: 'inside', of: combine(of, filter), at };
    }
    case 'pattern': {
      const pattern = readPattern(context, value, place);
      return pattern && combine(pattern, filter);
    }
    case 'tree-sitter': {
      const query = readText(context.reading, value, place);
      if (!fits(context.reading, value, place, OPERATORS[key].shape) || query === undefined) return undefined;
      if (context.target === 'code') return combine({ op: 'tree-sitter', query, at }, filter);
      context.reading.refuse(place, `cannot stand in a rule for \`${context.target}\`, which has no grammar.`);
      return undefined;
    }
    case 'pattern-fact':
    case 'pattern-possible-fact': {
      if (!fits(context.reading, value, place, OPERATORS[key].shape)) return undefined;
      const certainty = key === 'pattern-fact' ? 'proved' : 'possible';
      const events = readEvents(context, value, place);
      if (context.target === 'code') return combine({ op: 'fact', events, certainty, at }, filter);
      context.reading.refuse(place, `cannot stand in a rule for \`${context.target}\`, which has no values.`);
      return undefined;
    }
    case 'pattern-regex':
    case 'regex': {
      const regex = readText(context.reading, value, place, true);
      if (!fits(context.reading, value, place, OPERATORS[key].shape) || regex === undefined) return undefined;
      return combine({ op: 'regex', regex, at }, filter);
    }
  }
}

function asAlternative(formula: Formula): Formula {
  const { role, formula: inner } = clauseOf(formula);
  return role === 'inside' && formula.op !== 'inside' ? { op: 'inside', of: inner, at: formula.at } : formula;
}

function readPattern(context: FormulaContext, value: unknown, place: KeyPath): Formula | undefined {
  const { reading } = context;
  if (!fits(reading, value, place, OPERATORS.pattern.shape)) return undefined;
  const text = readText(reading, value, place, true);
  if (text === undefined) return undefined;
  if (context.target === 'regex') {
    reading.refuse(place, 'cannot be a pattern in a rule for `regex`, which has no code: use `pattern-regex`.');
    return undefined;
  }
  // `pattern:f()` without the blank is a plain text to YAML.
  const slip = /^([a-z-]+):(?=\S)/.exec(text)?.[1];
  if (slip !== undefined && hasKey(ENTRIES, slip)) {
    reading.refuse(place, `is the plain text \`${slip}:...\`: put a blank after the colon.`);
    return undefined;
  }
  return { op: 'pattern', text, at: reading.rangeOf(place) };
}

/** The entries of a list of operators, each with its place; undefined when it is no such list. */
function readEntries(
  { reading }: FormulaContext,
  value: unknown,
  place: KeyPath,
  plain: boolean,
): readonly (readonly [unknown, KeyPath])[] | undefined {
  if (!Array.isArray(value) || value.length === 0) {
    reading.refuse(place, 'must be a list with at least one entry.');
    return undefined;
  }
  const before = reading.refusals();
  const entries = value.map((entry: unknown, index) => [entry, [...place, index]] as const);
  for (const [entry, at] of entries) {
    if (!plain && !isMapping(entry)) reading.refuse(at, 'must be a mapping such as `pattern: ...`.');
  }
  return reading.refusals() > before ? undefined : entries;
}

/** `patterns` and `all`. */
function readAll(
  context: FormulaContext,
  value: unknown,
  place: KeyPath,
  plain: boolean,
  filter: Filter,
): AllOf | undefined {
  const { reading } = context;
  const before = reading.refusals();
  const clauses: Clause[] = [];
  const conditions: Condition[] = [];
  const focus: (readonly string[])[] = [];
  for (const [entry, at] of readEntries(context, value, place, plain) ?? []) {
    if (!isMapping(entry)) {
      const pattern = readPattern(context, entry, at);
      if (pattern) clauses.push(clauseOf(pattern));
      continue;
    }
    const own = readMisplaced(context, entry, at) ? undefined : readEntry(context, entry, at);
    clauses.push(...(own?.clauses ?? []));
    conditions.push(...(own?.conditions ?? []));
    focus.push(...(own?.focus ?? []));
  }
  if (reading.refusals() > before) return undefined;
  if (!clauses.some(({ role }) => role === 'match' || role === 'inside') && !context.negativesSuffice) {
    reading.refuse(place, 'needs at least one positive operator, such as `pattern`.');
    return undefined;
  }
  return {
    op: 'all',
    clauses,
    conditions: [...conditions, ...filter.conditions],
    focus: [...focus, ...filter.focus],
    at: reading.rangeOf(place),
  };
}

/** `- metavariable-regex:` whose keys stand below it without being indented: YAML makes them its neighbours. */
function readMisplaced({ reading }: FormulaContext, entry: Mapping, place: KeyPath): boolean {
  const [key] = Object.keys(entry);
  if (key === undefined || !isFilter(key) || entry[key] !== null || Object.keys(entry).length === 1) return false;
  reading.refuse([...place, key], 'is empty: indent the keys below it.');
  return true;
}

interface Entry extends Partial<Filter> {
  readonly clauses?: readonly Clause[];
}

/** One entry of `patterns` or `all`. */
function readEntry(context: FormulaContext, entry: Mapping, place: KeyPath): Entry | undefined {
  const key = soleOperator(context, entry, place, ENTRIES, FORMULA_EXTRAS, 'an entry of `patterns`');
  if (key === undefined) return undefined;
  const at = [...place, key];
  const value = entry[key];
  if (hasKey(ALTERNATIVES, key)) {
    const formula = readObject(context, entry, place, 'alternative', {});
    return formula && { clauses: [clauseOf(formula)] };
  }
  const beside = Object.keys(FORMULA_EXTRAS).find((extra) => extra in entry);
  if (beside !== undefined) {
    context.reading.refuse([...place, beside], `\`${beside}\` cannot stand beside \`${key}\`: put it into a positive formula.`);
    return undefined;
  }
  if (isFilter(key)) return readFilter(context, key, value, at, READERS);
  switch (key) {
    case 'pattern-not-regex': {
      const regex = readText(context.reading, value, at, true);
      if (!fits(context.reading, value, at, NEGATIVE_OPERATORS['pattern-not-regex'].shape) || regex === undefined) return undefined;
      return { clauses: negate({ op: 'regex', regex, at: context.reading.rangeOf(at) }) };
    }
    case 'pattern-not-inside': {
      const formula = readPatternOrFormula(context, value, at);
      return formula && { clauses: [{ role: 'not-inside', formula }] };
    }
    default: {
      const clauses = readNegated(context, value, at);
      return clauses && { clauses };
    }
  }
}

/** The value of `pattern-not` and `not`. */
function readNegated(context: FormulaContext, value: unknown, place: KeyPath): readonly Clause[] | undefined {
  if (!isMapping(value)) {
    const pattern = readPattern(context, value, place);
    return pattern && negate(pattern);
  }
  if ('anywhere' in value) {
    const key = soleOperator(context, value, place, NEGATED, {}, NAME_OF.negated);
    const formula = key && readPatternOrFormula(context, value['anywhere'], [...place, 'anywhere']);
    return formula ? [{ role: 'not-anywhere', formula }] : undefined;
  }
  const formula = readObject(context, value, place, 'negated', {});
  return formula && negate(formula);
}

