import type { Formula, LabelExpression, TaintFormula, TaintPropagator, TaintSanitizer, TaintSink, TaintSource } from './formula.ts';
import type { FormulaContext } from './formulaContext.ts';
import type { KeyTable } from './keyTable.ts';
import { readFormula, readPatternOrFormula } from './readFormula.ts';
import { isLabel, labelsOf, readLabels } from './readLabels.ts';
import { checkKnown, checkMapping, isMapping, readText, readTexts, type KeyPath, type Mapping } from './reading.ts';
import { PROPAGATOR_KEYS, SANITIZER_KEYS, SINK_KEYS, SOURCE_KEYS, TAINT_KEYS } from './ruleKeys.ts';

/** Label of the taint of a source that gives none. */
export const DEFAULT_LABEL = '__SOURCE__';

const NO_KEYS: Mapping = {};

/** Reads a taint rule in either spelling: `pattern-sources` and its kin, or one mapping under `taint`. */
export function readTaint(context: FormulaContext, rule: Mapping, place: KeyPath): TaintFormula | undefined {
  const { reading } = context;
  const before = reading.refusals();
  if (context.target !== 'code') {
    reading.refuse([...place, 'languages'], `cannot have \`${context.target}\` in a taint rule: data flow needs code.`);
    return undefined;
  }
  const isNew = 'taint' in rule;
  const at = isNew ? [...place, 'taint'] : place;
  const keys = isNew ? checkMapping(reading, rule['taint'], at, TAINT_KEYS, '`taint`') : rule;
  if (keys === undefined) return undefined;
  const prefix = isNew ? '' : 'pattern-';
  for (const name of ['sources', 'sinks'] as const) {
    if (!isNew && !(`${prefix}${name}` in keys)) reading.refuse(place, `needs \`${prefix}${name}\`, as every taint rule does.`);
  }
  const list = <T>(name: string, table: KeyTable, read: (part: Part) => T): T[] => {
    const key = `${prefix}${name}`;
    if (!(key in keys)) return [];
    const least = name === 'sources' || name === 'sinks' ? 1 : 0;
    return readParts(context, keys[key], [...at, key], table, isNew, least).map(read);
  };
  const formula: TaintFormula = {
    op: 'taint',
    sources: list('sources', SOURCE_KEYS, (part) => sourceOf(context, part)),
    sinks: list('sinks', SINK_KEYS, (part) => sinkOf(context, part)),
    sanitizers: list('sanitizers', SANITIZER_KEYS, sanitizerOf),
    propagators: list('propagators', PROPAGATOR_KEYS, (part) => propagatorOf(context, part)),
    at: reading.rangeOf(at),
  };
  if (reading.refusals() > before) return undefined;
  remarkLabels(context, formula, place);
  return formula;
}

/** An entry of a taint rule's lists. */
interface Part {
  readonly formula: Formula;
  readonly keys: Mapping;
  readonly place: KeyPath;
}

function readParts(
  context: FormulaContext,
  value: unknown,
  place: KeyPath,
  table: KeyTable,
  isNew: boolean,
  least: number,
): readonly Part[] {
  const { reading } = context;
  if (!Array.isArray(value) || value.length < least) {
    reading.refuse(place, least > 0 ? 'must be a list with at least one entry.' : 'must be a list.');
    return [];
  }
  return value.flatMap((entry: unknown, index): Part[] => {
    const at = [...place, index];
    if (isMapping(entry)) {
      checkKnown(reading, entry, at, table);
      const formula = readFormula(context, entry, at, table);
      return formula === undefined ? [] : [{ formula, keys: entry, place: at }];
    }
    const required = Object.entries(table).find(([, key]) => key.required)?.[0];
    if (!isNew || required !== undefined) {
      reading.refuse(at, `must be a mapping such as \`pattern: ...\`${required === undefined ? '' : ` with \`${required}\``}.`);
      return [];
    }
    const formula = readPatternOrFormula(context, entry, at);
    return formula === undefined ? [] : [{ formula, keys: NO_KEYS, place: at }];
  });
}

function sourceOf(context: FormulaContext, { formula, keys, place }: Part): TaintSource {
  const effect = keys['by-side-effect'];
  return {
    formula,
    label: readLabel(context, keys, place) ?? DEFAULT_LABEL,
    ...readRequires(context, keys, place),
    bySideEffect: effect === 'only' ? 'only' : effect === true,
    exact: keys['exact'] === true,
    control: keys['control'] === true,
  };
}

function sinkOf(context: FormulaContext, { formula, keys, place }: Part): TaintSink {
  return {
    formula,
    ...readRequires(context, keys, place),
    atExit: keys['at-exit'] === true,
    exact: keys['exact'] === true,
  };
}

function sanitizerOf({ formula, keys }: Part): TaintSanitizer {
  return {
    formula,
    bySideEffect: keys['by-side-effect'] === true,
    exact: keys['exact'] === true,
    notConflicting: keys['not-conflicting'] === true,
  };
}

function propagatorOf(context: FormulaContext, { formula, keys, place }: Part): TaintPropagator {
  const label = readLabel(context, keys, place);
  const replaced = keys['replace-labels'];
  if (replaced !== undefined && label === undefined) {
    context.reading.refuse([...place, 'replace-labels'], 'needs `label` beside it, which takes their place.');
  }
  return {
    formula,
    from: String(keys['from']),
    to: String(keys['to']),
    bySideEffect: keys['by-side-effect'] !== false,
    ...readRequires(context, keys, place),
    ...(label === undefined ? {} : { label }),
    ...(replaced === undefined ? {} : { replaceLabels: readTexts(context.reading, replaced, [...place, 'replace-labels']) }),
  };
}

function readLabel({ reading }: FormulaContext, keys: Mapping, place: KeyPath): string | undefined {
  if (!('label' in keys)) return undefined;
  const at = [...place, 'label'];
  const label = readText(reading, keys['label'], at);
  if (label === undefined || isLabel(label)) return label;
  reading.refuse(at, 'must be a word of letters, digits and `_`.');
  return undefined;
}

function readRequires({ reading }: FormulaContext, keys: Mapping, place: KeyPath): { requires?: LabelExpression } {
  if (!('requires' in keys)) return {};
  const at = [...place, 'requires'];
  const value = keys['requires'];
  if (Array.isArray(value)) {
    reading.refuse(at, 'is a list, which is not supported by this version: write one expression over labels.');
    return {};
  }
  const text = readText(reading, value, at);
  const outcome = text === undefined ? { error: 'is no text' } : readLabels(text);
  if ('labels' in outcome) return { requires: outcome.labels };
  reading.refuse(at, `must be an expression over labels, such as \`A and not B\`; this one ${outcome.error}.`);
  return {};
}

/** A label that nothing gives is most likely misspelt. The rule means what it says all the same. */
function remarkLabels({ reading }: FormulaContext, formula: TaintFormula, place: KeyPath): void {
  const given = new Set([...formula.sources, ...formula.propagators].map(({ label }) => label));
  const asked = [...formula.sources, ...formula.propagators, ...formula.sinks].flatMap(({ requires }) =>
    requires === undefined ? [] : labelsOf(requires),
  );
  for (const label of new Set(asked)) {
    if (!given.has(label)) reading.remark(place, 'warning', `asks for the label \`${label}\`, which no source gives.`);
  }
}
