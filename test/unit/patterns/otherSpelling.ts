import { parse, stringify } from 'yaml';

type Mapping = Readonly<Record<string, unknown>>;

/** Keys of the classic spelling with a formula below them, and what they are in the newer one. */
const OPERATORS: Readonly<Record<string, (value: unknown) => Mapping>> = {
  pattern: (value) => ({ pattern: value }),
  'pattern-regex': (value) => ({ regex: value }),
  'pattern-either': (value) => ({ any: list(value).map(formula) }),
  'pattern-inside': (value) => ({ inside: formula(value) }),
  'pattern-not': (value) => ({ not: formula(value) }),
  'pattern-not-inside': (value) => ({ not: { inside: formula(value) } }),
  'pattern-not-regex': (value) => ({ not: { regex: value } }),
  patterns: (value) => {
    const entries = list(value).map(mapping);
    const conditions = entries.filter(isCondition).map(condition);
    const all = entries.filter((entry) => !isCondition(entry)).map(formula);
    return { all, ...(conditions.length > 0 ? { where: conditions } : {}) };
  },
};
/** Taint rules: the classic key of each list, and the newer one. */
const LISTS: Readonly<Record<string, string>> = {
  'pattern-sources': 'sources',
  'pattern-sinks': 'sinks',
  'pattern-sanitizers': 'sanitizers',
  'pattern-propagators': 'propagators',
};

/** The same rule in the newer spelling; of one that has it already, the same text. */
export function otherSpelling(yaml: string): string {
  const rest: Record<string, unknown> = {};
  let match: Mapping | undefined;
  const taint: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(mapping(parse(yaml)))) {
    const name = LISTS[key];
    if (name !== undefined) taint[name] = list(value).map(formula);
    else if (Object.hasOwn(OPERATORS, key)) match = OPERATORS[key]?.(value);
    else if (key !== 'mode') rest[key] = value;
  }
  return stringify({
    ...rest,
    ...(match ? { match } : {}),
    ...(Object.keys(taint).length > 0 ? { taint } : {}),
  });
}

/** One operator, and what stands beside it in a list of a taint rule. */
function formula(value: unknown): unknown {
  if (typeof value === 'string') return value;
  return Object.fromEntries(
    Object.entries(mapping(value)).flatMap(([key, below]) =>
      Object.hasOwn(OPERATORS, key) ? Object.entries(OPERATORS[key]?.(below) ?? {}) : [[key, below]],
    ),
  );
}

function isCondition(entry: Mapping): boolean {
  return Object.keys(entry).some((key) => key.startsWith('metavariable-') || key === 'focus-metavariable');
}

function condition(entry: Mapping): unknown {
  const [[key, value] = ['', undefined]] = Object.entries(entry);
  if (key === 'focus-metavariable') return { focus: value };
  if (key !== 'metavariable-pattern') return value;
  // `regex` beside `metavariable` would be `metavariable-regex`.
  const { 'pattern-regex': regex, ...others } = mapping(value);
  return regex === undefined ? formula(value) : { ...others, all: [{ regex }] };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function mapping(value: unknown): Mapping {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
