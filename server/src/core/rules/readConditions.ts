import { BOUND_KEYS, FACT_EVENTS, MEMORY_STATES, readBoundTerm, type FactEventName } from './factNames.ts';
import type { Condition, Formula } from './formula.ts';
import type { FormulaContext } from './formulaContext.ts';
import type { KeyTable } from './keyTable.ts';
import {
  CONDITION_OPERATORS,
  FORMULA_EXTRAS,
  METAVARIABLE_ANALYSIS,
  FACT_QUESTIONS,
  METAVARIABLE_COMPARISON,
  METAVARIABLE_FACTS,
  METAVARIABLE_PATTERN,
  METAVARIABLE_REGEX,
  METAVARIABLE_TYPE,
  OPERATORS,
  WHERE_ENTRY,
} from './operatorKeys.ts';
import { readComparison } from './readComparison.ts';
import { checkKnown, checkMapping, fits, hasKey, isKeyOf, isMapping, readText, readTexts, refuseKey, type KeyPath, type Mapping } from './reading.ts';
import { resolveLanguage } from './readLanguages.ts';

/** What filters and narrows the ranges of a conjunction. */
export interface Filter {
  readonly conditions: readonly Condition[];
  readonly focus: readonly (readonly string[])[];
}

/** Formulas hold conditions and conditions hold formulas: the reader of formulas is handed in. */
export interface FilterReaders {
  formula(context: FormulaContext, mapping: Mapping, place: KeyPath, extra: KeyTable): Formula | undefined;
}

type FilterKey = keyof typeof CONDITION_OPERATORS;

export function isFilter(key: string): key is FilterKey {
  return isKeyOf(CONDITION_OPERATORS, key);
}

/** Reads an entry of `patterns` that filters or narrows; undefined after a refusal. */
export function readFilter(
  context: FormulaContext,
  key: FilterKey,
  value: unknown,
  place: KeyPath,
  readers: FilterReaders,
): Filter | undefined {
  const { reading } = context;
  if (key === 'focus-metavariable') {
    if (!fits(reading, value, place, CONDITION_OPERATORS[key].shape)) return undefined;
    return { conditions: [], focus: [readTexts(reading, value, place)] };
  }
  const condition = readCondition(context, key, value, place, readers);
  return condition && { conditions: [condition], focus: [] };
}

function readCondition(
  context: FormulaContext,
  key: Exclude<FilterKey, 'focus-metavariable'>,
  value: unknown,
  place: KeyPath,
  readers: FilterReaders,
): Condition | undefined {
  const { reading } = context;
  const before = reading.refusals();
  const what = `\`${key}\``;
  const checked = (keys: KeyTable): Mapping | undefined => {
    const mapping = checkMapping(reading, value, place, keys, what);
    return reading.refusals() > before ? undefined : mapping;
  };
  switch (key) {
    case 'metavariable-regex': {
      const mapping = checked(METAVARIABLE_REGEX);
      return mapping && regexCondition(context, mapping, place);
    }
    case 'metavariable-comparison': {
      const mapping = checked(METAVARIABLE_COMPARISON);
      return mapping && comparisonCondition(context, mapping, place);
    }
    case 'metavariable-type': {
      const mapping = checked(METAVARIABLE_TYPE);
      return mapping && typeCondition(context, mapping, place);
    }
    case 'metavariable-analysis': {
      const mapping = checked(METAVARIABLE_ANALYSIS);
      return mapping && analysisCondition(context, mapping, place);
    }
    case 'metavariable-facts': {
      const mapping = checked(METAVARIABLE_FACTS);
      return mapping && factsCondition(context, mapping, place);
    }
    case 'metavariable-pattern': {
      if (!isMapping(value)) {
        reading.refuse(place, 'must be a mapping with `metavariable` and an operator.');
        return undefined;
      }
      checkKnown(reading, value, place, METAVARIABLE_PATTERN);
      return patternCondition(context, value, place, readers);
    }
  }
}

/** Reads `where`: a list of conditions in the newer spelling; those of the classic spelling are taken too. */
export function readWhere(
  context: FormulaContext,
  value: unknown,
  place: KeyPath,
  readers: FilterReaders,
): Filter | undefined {
  const { reading } = context;
  if (!Array.isArray(value) || value.length === 0) {
    reading.refuse(place, 'must be a list with at least one condition.');
    return undefined;
  }
  const before = reading.refusals();
  const filters = value.map((entry: unknown, index) => readWhereEntry(context, entry, [...place, index], readers));
  if (reading.refusals() > before) return undefined;
  return {
    conditions: filters.flatMap((each) => each?.conditions ?? []),
    focus: filters.flatMap((each) => each?.focus ?? []),
  };
}

/** Keys of a `where` entry that decide which condition it is, with the keys that may stand beside. */
const WHERE_KINDS: readonly (readonly [key: string, beside: readonly string[]])[] = [
  ['focus', []],
  ['comparison', ['metavariable', 'base', 'strip']],
  ['type', ['metavariable']],
  ['types', ['metavariable']],
  ['analyzer', ['metavariable']],
  ['regex', ['metavariable', 'constant-propagation']],
];

function readWhereEntry(
  context: FormulaContext,
  entry: unknown,
  place: KeyPath,
  readers: FilterReaders,
): Filter | undefined {
  const { reading } = context;
  if (!isMapping(entry)) {
    reading.refuse(place, 'must be a mapping such as `metavariable: $X` with `regex: ...`.');
    return undefined;
  }
  const before = reading.refusals();
  const keys = Object.keys(entry);
  const [classic] = keys;
  if (classic !== undefined && keys.length === 1 && isFilter(classic)) {
    return readFilter(context, classic, entry[classic], [...place, classic], readers);
  }
  const kind = WHERE_KINDS.find(([key]) => key in entry);
  for (const key of keys) {
    if (kind === undefined || key === kind[0] || kind[1].includes(key)) continue;
    const known = hasKey(WHERE_ENTRY, key) || hasKey(OPERATORS, key) || hasKey(FORMULA_EXTRAS, key);
    if (known) reading.refuse([...place, key], `\`${key}\` cannot stand beside \`${kind[0]}\`: make it an entry of its own.`);
    else refuseKey(reading, [...place, key], key, [kind[0], ...kind[1]], 'a condition');
  }
  if (kind?.[0] !== 'focus' && kind?.[0] !== 'comparison' && !('metavariable' in entry)) {
    reading.refuse(place, '`metavariable` is missing: add it.');
    return undefined;
  }
  checkKnown(reading, entry, place, WHERE_ENTRY);
  if (kind?.[0] === 'regex') fits(reading, entry['regex'], [...place, 'regex'], METAVARIABLE_REGEX.regex.shape);
  if (reading.refusals() > before) return undefined;
  if (kind?.[0] === 'focus') return readFilter(context, 'focus-metavariable', entry['focus'], [...place, 'focus'], readers);
  const condition = whereCondition(context, kind?.[0], entry, place, readers);
  return condition && { conditions: [condition], focus: [] };
}

function whereCondition(
  context: FormulaContext,
  kind: string | undefined,
  entry: Mapping,
  place: KeyPath,
  readers: FilterReaders,
): Condition | undefined {
  switch (kind) {
    case 'comparison':
      return comparisonCondition(context, entry, place);
    case 'regex':
      return regexCondition(context, entry, place);
    case 'type':
    case 'types':
      return typeCondition(context, entry, place);
    case 'analyzer':
      return analysisCondition(context, entry, place);
    default:
      return patternCondition(context, entry, place, readers);
  }
}

// What follows builds conditions of mappings whose keys and shapes are known to be right.

function name(mapping: Mapping): string {
  return String(mapping['metavariable']);
}

function regexCondition({ reading }: FormulaContext, mapping: Mapping, place: KeyPath): Condition {
  return {
    kind: 'metavariable-regex',
    metavariable: name(mapping),
    regex: readText(reading, mapping['regex'], [...place, 'regex'], true) ?? '',
    ...(mapping['constant-propagation'] === true ? { constantPropagation: true as const } : {}),
    at: reading.rangeOf(place),
  };
}

function comparisonCondition({ reading }: FormulaContext, mapping: Mapping, place: KeyPath): Condition | undefined {
  const at = [...place, 'comparison'];
  const text = readText(reading, mapping['comparison'], at) ?? '';
  const outcome = readComparison(text);
  if ('error' in outcome) {
    reading.refuse(at, `\`${text.trim()}\` cannot be compared: it ${outcome.error}.`);
    return undefined;
  }
  const base = mapping['base'];
  return {
    kind: 'metavariable-comparison',
    comparison: outcome.comparison,
    ...('metavariable' in mapping ? { metavariable: name(mapping) } : {}),
    ...(typeof base === 'number' ? { base } : {}),
    strip: mapping['strip'] === true,
    at: reading.rangeOf(place),
  };
}

function typeCondition({ reading, target }: FormulaContext, mapping: Mapping, place: KeyPath): Condition | undefined {
  if (target !== 'code') {
    reading.refuse(place, `has no meaning in a rule for \`${target}\`, which knows no types.`);
    return undefined;
  }
  if ('type' in mapping === 'types' in mapping) {
    reading.refuse(place, 'needs either `type` or `types`.');
    return undefined;
  }
  const key = 'type' in mapping ? 'type' : 'types';
  const types = readTexts(reading, mapping[key], [...place, key], true);
  return { kind: 'metavariable-type', metavariable: name(mapping), types, at: reading.rangeOf(place) };
}

function analysisCondition({ reading }: FormulaContext, mapping: Mapping, place: KeyPath): Condition {
  const analyzer = mapping['analyzer'] === 'redos' ? 'redos' : 'entropy';
  return { kind: 'metavariable-analysis', metavariable: name(mapping), analyzer, at: reading.rangeOf(place) };
}

/** Names of events, one or a list. */
export function readEvents({ reading }: FormulaContext, value: unknown, place: KeyPath): readonly FactEventName[] {
  const names = readTexts(reading, value, place);
  return FACT_EVENTS.filter((each) => names.includes(each));
}

function factsCondition(context: FormulaContext, mapping: Mapping, place: KeyPath): Condition | undefined {
  const { reading, target } = context;
  if (target !== 'code') {
    reading.refuse(place, `has no meaning in a rule for \`${target}\`, which knows no values.`);
    return undefined;
  }
  const before = reading.refusals();
  if (!Object.keys(mapping).some((key) => key in FACT_QUESTIONS && key !== 'certainty'))
    reading.refuse(place, 'asks nothing: add `null`, `memory`, `happens`, `may-exceed` or another question.');
  const bounds = BOUND_KEYS.flatMap((ask) => {
    if (!(ask in mapping)) return [];
    const text = readText(reading, mapping[ask], [...place, ask]) ?? '';
    const than = readBoundTerm(text);
    if (than === undefined) reading.refuse([...place, ask], `\`${text}\` is no number, \`$N\`, \`sizeof($BUF)\` or \`strlen($S)\`.`);
    return than === undefined ? [] : [{ ask, than }];
  });
  if (reading.refusals() > before) return undefined;
  const listed = (key: string): readonly string[] => (key in mapping ? readTexts(reading, mapping[key], [...place, key]) : []);
  const isNull = mapping['null'];
  const terminated = mapping['terminated'];
  return {
    kind: 'metavariable-facts',
    metavariable: name(mapping),
    questions: {
      certainty: mapping['certainty'] === 'possible' ? 'possible' : 'proved',
      happens: 'happens' in mapping ? readEvents(context, mapping['happens'], [...place, 'happens']) : [],
      null: isNull === 'always' || isNull === 'maybe' || isNull === 'never' ? isNull : undefined,
      memory: MEMORY_STATES.filter((each) => listed('memory').includes(each)),
      terminated: terminated === 'always' || terminated === 'never' ? terminated : undefined,
      room: mapping['room'] === 'known' ? 'known' : undefined,
      bounds,
    },
    at: reading.rangeOf(place),
  };
}

function patternCondition(
  context: FormulaContext,
  mapping: Mapping,
  place: KeyPath,
  readers: FilterReaders,
): Condition | undefined {
  const { reading } = context;
  const at = [...place, 'language'];
  const written = 'language' in mapping ? (readText(reading, mapping['language'], at) ?? '') : undefined;
  const language = written === undefined ? undefined : resolveLanguage(context.languages, written);
  if (written !== undefined && language === undefined) {
    reading.refuse(at, `\`${written}\` is not a language that this version reads.`);
    return undefined;
  }
  const before = reading.refusals();
  const target = language === undefined ? context.target : language === 'regex' || language === 'generic' ? language : 'code';
  const inner: FormulaContext = { ...context, target, negativesSuffice: true };
  const formula = readers.formula(inner, mapping, place, METAVARIABLE_PATTERN);
  if (formula === undefined || reading.refusals() > before) return undefined;
  return {
    kind: 'metavariable-pattern',
    metavariable: name(mapping),
    ...(language === undefined ? {} : { language }),
    formula,
    at: reading.rangeOf(place),
  };
}
