import type { DefinitionName, Key, KeyTable, Shape } from '../core/rules/keyTable.ts';
import {
  ANYWHERE_OPERATOR,
  CONDITION_OPERATORS,
  FORMULA_EXTRAS,
  INSIDE_OPERATORS,
  NEGATIVE_OPERATORS,
  OPERATORS,
  WHERE_ENTRY,
} from '../core/rules/operatorKeys.ts';
import {
  METADATA_KEYS,
  PROPAGATOR_KEYS,
  RULE_KEYS,
  SANITIZER_KEYS,
  SINK_KEYS,
  SOURCE_KEYS,
} from '../core/rules/ruleKeys.ts';

/** A step into a rule file: a key, or -1 for an entry of a list. */
export type Step = string | -1;

const FORMULA: KeyTable = { ...OPERATORS, ...FORMULA_EXTRAS };
const ALTERNATIVE: KeyTable = { ...OPERATORS, ...INSIDE_OPERATORS, ...FORMULA_EXTRAS };
const ENTRY: KeyTable = {
  ...OPERATORS,
  ...INSIDE_OPERATORS,
  ...NEGATIVE_OPERATORS,
  ...CONDITION_OPERATORS,
  ...FORMULA_EXTRAS,
};
const mapping = (keys: KeyTable): Shape => ({ is: 'mapping', keys });
const list = (keys: KeyTable): Shape => ({ is: 'list', of: mapping(keys), least: 0 });

/** What the readers of their own take, by name. */
const DEFINITIONS: Readonly<Record<DefinitionName, Shape>> = {
  formula: mapping(FORMULA),
  patternOrFormula: mapping(FORMULA),
  negated: mapping({ ...ALTERNATIVE, ...ANYWHERE_OPERATOR }),
  anywhere: mapping(ALTERNATIVE),
  entries: list(ENTRY),
  newEntries: list(ENTRY),
  alternatives: list(ALTERNATIVE),
  newAlternatives: list(ALTERNATIVE),
  conditions: list({ ...WHERE_ENTRY, ...OPERATORS }),
  labels: { is: 'text' },
  sources: list({ ...FORMULA, ...SOURCE_KEYS }),
  newSources: list({ ...FORMULA, ...SOURCE_KEYS }),
  sinks: list({ ...FORMULA, ...SINK_KEYS }),
  newSinks: list({ ...FORMULA, ...SINK_KEYS }),
  sanitizers: list({ ...FORMULA, ...SANITIZER_KEYS }),
  newSanitizers: list({ ...FORMULA, ...SANITIZER_KEYS }),
  propagators: list({ ...FORMULA, ...PROPAGATOR_KEYS }),
  newPropagators: list({ ...FORMULA, ...PROPAGATOR_KEYS }),
};

const FILE: Shape = mapping({
  rules: { shape: list(RULE_KEYS), description: 'The rules of this file.', required: true },
});

/** The shape of a value in a rule file; undefined where the rule language says nothing. */
export function shapeAt(path: readonly Step[]): Shape | undefined {
  let shape: Shape | undefined = FILE;
  for (const step of path) {
    shape = step === -1 ? entryOf(shape) : keyOf(shape, step)?.shape;
    if (shape === undefined) return undefined;
    if (step === 'metadata' && shape.is === 'anything') shape = mapping(METADATA_KEYS);
  }
  return resolved(shape);
}

/** The key at the end of a path, with its description. */
export function keyAt(path: readonly Step[]): Key | undefined {
  const last = path.at(-1);
  const shape = shapeAt(path.slice(0, -1));
  return typeof last === 'string' && shape !== undefined ? keyOf(shape, last) : undefined;
}

/** Keys that may stand in a mapping of this shape; none for anything else. */
export function keysOf(shape: Shape | undefined): readonly (readonly [string, Key])[] {
  return shape?.is === 'mapping' ? Object.entries(shape.keys) : [];
}

/** Values that are all that a shape takes. */
export function valuesOf(shape: Shape | undefined): readonly string[] {
  switch (shape?.is) {
    case 'boolean':
      return ['true', 'false'];
    case 'oneOf':
      return shape.values.map(String);
    case 'oneOrMore':
      return valuesOf(resolved(shape.of));
    default:
      return [];
  }
}

function keyOf(shape: Shape, name: string): Key | undefined {
  const known = resolved(shape);
  return known.is === 'mapping' && Object.hasOwn(known.keys, name) ? known.keys[name] : undefined;
}

function entryOf(shape: Shape): Shape | undefined {
  const known = resolved(shape);
  return known.is === 'list' || known.is === 'oneOrMore' ? known.of : undefined;
}

function resolved(shape: Shape): Shape {
  return shape.is === 'definition' ? DEFINITIONS[shape.name] : shape;
}
