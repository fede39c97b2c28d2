import { FACT_EVENTS } from './factNames.ts';
import { METAVARIABLE, type DefinitionName, type KeyTable, type Shape } from './keyTable.ts';
import {
  ANYWHERE_OPERATOR,
  CONDITION_OPERATORS,
  FORMULA_EXTRAS,
  INSIDE_OPERATORS,
  METAVARIABLE_PATTERN,
  METAVARIABLE_TYPE,
  NEGATIVE_OPERATORS,
  OPERATORS,
  WHERE_ENTRY,
} from './operatorKeys.ts';
import {
  CLASSIC_TAINT_KEYS,
  METADATA_KEYS,
  PROPAGATOR_KEYS,
  RULE_KEYS,
  RULE_OPERATORS,
  SANITIZER_KEYS,
  SINK_KEYS,
  SOURCE_KEYS,
} from './ruleKeys.ts';

/** A JSON Schema, draft 7. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The schema of a rule file, made from the tables that the readers check with. It asks for the same keys and shapes; what cannot be
 * said in a schema (regular expressions that run, languages that the product has) is left to the readers.
 */
export function ruleFileSchema(): JsonSchema {
  return {
    description: 'A file of Traceward rules.',
    type: 'object',
    required: ['rules'],
    properties: { rules: { description: 'The rules of this file.', type: 'array', items: { $ref: '#/definitions/rule' } } },
    definitions: { rule: ruleSchema(), ...definitions() },
  };
}

function ruleSchema(): JsonSchema {
  const taint = Object.keys(CLASSIC_TAINT_KEYS);
  const { properties, ...rest } = objectOf(RULE_KEYS);
  return {
    ...rest,
    properties: { ...(properties as JsonSchema), metadata: metadataSchema() },
    oneOf: [
      ...Object.keys(RULE_OPERATORS).map((key) => ({ required: [key] })),
      { required: ['taint'] },
      { required: taint.slice(0, 2) },
    ],
  };
}

function metadataSchema(): JsonSchema {
  const keys = Object.entries(METADATA_KEYS).map(([key, { description }]) => [key, { description }] as const);
  return { description: RULE_KEYS['metadata']?.description, type: ['object', 'null'], properties: Object.fromEntries(keys) };
}

function definitions(): Readonly<Record<DefinitionName | HelperName, JsonSchema>> {
  const alternative = { ...OPERATORS, ...INSIDE_OPERATORS };
  const pattern = schemaOf(OPERATORS.pattern.shape);
  const entry: KeyTable = { ...alternative, ...NEGATIVE_OPERATORS, ...CONDITION_OPERATORS };
  const parts = (table: KeyTable, plain: boolean, least: number): JsonSchema => {
    const item = oneOperator(OPERATORS, { ...FORMULA_EXTRAS, ...table });
    return listOf(plain ? { anyOf: [pattern, item] } : item, least);
  };
  return {
    formula: oneOperator(OPERATORS, FORMULA_EXTRAS),
    patternOrFormula: { anyOf: [pattern, ref('formula')] },
    negated: {
      anyOf: [pattern, oneOperator({ ...alternative, ...ANYWHERE_OPERATOR }, FORMULA_EXTRAS)],
    },
    anywhere: ref('patternOrFormula'),
    entry: oneOperator(entry, FORMULA_EXTRAS),
    entries: listOf(ref('entry'), 1),
    newEntries: listOf({ anyOf: [pattern, ref('entry')] }, 1),
    alternative: oneOperator(alternative, FORMULA_EXTRAS),
    alternatives: listOf(ref('alternative'), 1),
    newAlternatives: listOf({ anyOf: [pattern, ref('alternative')] }, 1),
    conditions: listOf(ref('condition'), 1),
    condition: conditionSchema(),
    factEvents: { enum: FACT_EVENTS },
    labels: { type: ['string', 'boolean'] },
    sources: parts(SOURCE_KEYS, false, 1),
    sinks: parts(SINK_KEYS, false, 1),
    sanitizers: parts(SANITIZER_KEYS, false, 0),
    propagators: parts(PROPAGATOR_KEYS, false, 0),
    newSources: parts(SOURCE_KEYS, true, 1),
    newSinks: parts(SINK_KEYS, true, 1),
    newSanitizers: parts(SANITIZER_KEYS, true, 0),
    newPropagators: parts(PROPAGATOR_KEYS, false, 0),
  };
}

type HelperName = 'factEvents' | 'entry' | 'alternative' | 'condition';

function conditionSchema(): JsonSchema {
  const own = ['focus', 'comparison', 'type', 'types', 'analyzer', ...Object.keys(OPERATORS)];
  const { regex, ...operators } = OPERATORS;
  const { focus, ...where } = WHERE_ENTRY;
  const { where: nested } = FORMULA_EXTRAS;
  const one = (keys: readonly string[]): readonly JsonSchema[] => keys.map((key) => ({ required: [key] }));
  const { properties } = objectOf({ ...where, focus, regex, ...operators, where: nested, ...CONDITION_OPERATORS });
  return { type: 'object', additionalProperties: false, properties, oneOf: one([...own, ...Object.keys(CONDITION_OPERATORS)]) };
}

/** A mapping with exactly one of the operators, and perhaps some of the other keys. */
function oneOperator(operators: KeyTable, extra: KeyTable): JsonSchema {
  return { ...objectOf({ ...operators, ...extra }), oneOf: Object.keys(operators).map((key) => ({ required: [key] })) };
}

function objectOf(keys: KeyTable): JsonSchema {
  const required = Object.entries(keys).flatMap(([key, each]) => (each.required === true ? [key] : []));
  const properties = Object.entries(keys).map(([key, each]) => {
    const schema = withOperators(key, each.shape);
    // Draft 7 looks at nothing beside a reference.
    return [key, '$ref' in schema ? { description: each.description, allOf: [schema] } : { description: each.description, ...schema }];
  });
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(properties) as JsonSchema,
  };
}

/** Two conditions ask for more than their keys. */
function withOperators(key: string, shape: Shape): JsonSchema {
  if (key === 'metavariable-pattern') return oneOperator(OPERATORS, { ...METAVARIABLE_PATTERN, ...FORMULA_EXTRAS });
  if (key === 'metavariable-type') {
    return { ...objectOf(METAVARIABLE_TYPE), oneOf: [{ required: ['type'] }, { required: ['types'] }] };
  }
  return schemaOf(shape);
}

function schemaOf(shape: Shape): JsonSchema {
  switch (shape.is) {
    case 'text': {
      const type = ['string', 'number', 'boolean', ...(shape.code === true ? ['null'] : [])];
      return shape.mayBeEmpty === true ? { type } : { type, pattern: '\\S' };
    }
    case 'regex':
      return { type: ['string', 'number', 'boolean', 'null'], minLength: 1 };
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: shape.least, maximum: shape.most };
    case 'oneOf': {
      if (shape.values === FACT_EVENTS) return ref('factEvents');
      const lower = shape.anyCase === true ? shape.values.map((value) => String(value).toLowerCase()) : [];
      return lower.length === 0 ? { enum: shape.values } : { anyOf: [{ enum: shape.values }, { enum: lower }] };
    }
    case 'metavariable':
      return { type: 'string', pattern: METAVARIABLE.source, not: { enum: ['$_', '$..._'] } };
    case 'list':
      return listOf(schemaOf(shape.of), shape.least, shape.most);
    case 'oneOrMore':
      return { anyOf: [schemaOf(shape.of), listOf(schemaOf(shape.of), 1)] };
    case 'mapping':
      return objectOf(shape.keys);
    case 'anything':
      return shape.type === undefined ? {} : { type: [shape.type, 'null'] };
    case 'definition':
      return ref(shape.name);
  }
}

function listOf(items: JsonSchema, least: number, most?: number): JsonSchema {
  return { type: 'array', items, ...(least > 0 ? { minItems: least } : {}), ...(most === undefined ? {} : { maxItems: most }) };
}

function ref(name: DefinitionName | HelperName): JsonSchema {
  return { $ref: `#/definitions/${name}` };
}
