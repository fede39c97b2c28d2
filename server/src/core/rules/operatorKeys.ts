import { type BOUND_KEYS, FACT_EVENTS, MEMORY_STATES } from './factNames.ts';
import { BOOLEAN, CODE, definition, NAME, REGEX, TEXT, type KeyTable } from './keyTable.ts';

/** Operators of the classic spelling that stand for a formula by themselves, in a rule too. */
export const CLASSIC_OPERATORS = {
  pattern: { shape: CODE, description: 'Code with holes: every place that it matches.' },
  patterns: {
    shape: definition('entries'),
    description: 'All of these hold: ranges are intersected, then filtered by negatives and conditions, then focused.',
  },
  'pattern-either': { shape: definition('alternatives'), description: 'At least one of these holds.' },
  'pattern-regex': {
    shape: REGEX,
    description: "A regular expression on the file's text, multi-line. Groups bind `$1`, named groups `$NAME`.",
  },
  'pattern-fact': {
    shape: { is: 'oneOrMore', of: { is: 'oneOf', values: FACT_EVENTS } },
    description: 'Every place where one of these goes wrong on some path. Binds `$DETAIL` and `$ORIGIN`. C and C++.',
  },
  'pattern-possible-fact': {
    shape: { is: 'oneOrMore', of: { is: 'oneOf', values: FACT_EVENTS } },
    description: 'As `pattern-fact`, and places where it could not be excluded.',
  },
  'tree-sitter': {
    shape: TEXT,
    description: 'A raw tree-sitter query: the capture `@match` is the range, `@NAME` binds `$NAME`.',
  },
} as const satisfies KeyTable;

/** The same in the newer spelling, below `match` and `taint`. */
export const NEW_OPERATORS = {
  all: { shape: definition('newEntries'), description: 'All of these hold. As `patterns`.' },
  any: { shape: definition('newAlternatives'), description: 'At least one of these holds. As `pattern-either`.' },
  regex: { shape: REGEX, description: "A regular expression on the file's text. As `pattern-regex`." },
} as const satisfies KeyTable;

export const OPERATORS = { ...CLASSIC_OPERATORS, ...NEW_OPERATORS };

/** Positive, but only as a part of something: never the result. */
export const INSIDE_OPERATORS = {
  'pattern-inside': {
    shape: definition('patternOrFormula'),
    description: 'Keeps ranges that lie within a match of this; its bindings are added.',
  },
  inside: {
    shape: definition('patternOrFormula'),
    description: 'Keeps ranges that lie within a match of this. As `pattern-inside`.',
  },
} as const satisfies KeyTable;

export const NEGATIVE_OPERATORS = {
  'pattern-not': {
    shape: definition('negated'),
    description: 'Drops ranges that this matches exactly, with agreeing bindings.',
  },
  'pattern-not-inside': {
    shape: definition('patternOrFormula'),
    description: 'Drops ranges that lie within a match of this, with agreeing bindings.',
  },
  'pattern-not-regex': {
    shape: REGEX,
    description: 'Drops ranges that contain a match of this, or lie within one.',
  },
  not: {
    shape: definition('negated'),
    description: 'Drops ranges that this matches. Also `not: {inside: ...}` and `not: {anywhere: ...}`.',
  },
} as const satisfies KeyTable;

/** Only as the value of a negation. */
export const ANYWHERE_OPERATOR = {
  anywhere: {
    shape: definition('anywhere'),
    description: 'Below `not`: nothing is found in a file in which this holds anywhere.',
  },
} as const satisfies KeyTable;

/** Beside the operator of any formula of the newer spelling. */
export const FORMULA_EXTRAS = {
  where: { shape: definition('conditions'), description: 'Conditions on the metavariables, and the focus.' },
  focus: { shape: { is: 'oneOrMore', of: NAME }, description: "The range becomes this metavariable's." },
} as const satisfies KeyTable;

const METAVARIABLE_KEY = { shape: NAME, required: true, description: 'The metavariable asked about, such as `$X`.' } as const;
const LANGUAGE_KEY = {
  shape: TEXT,
  description: "Language in which the metavariable's text is read; of a string the content.",
} as const;
const COMPARISON_KEY = {
  shape: TEXT,
  description: 'An expression over metavariables and literals, such as `$N > 1024`.',
} as const;
const BASE_KEY = {
  shape: { is: 'oneOf', values: [2, 8, 10, 16] },
  description: "Radix of the metavariable's number; read from its prefix when not given.",
} as const;
const STRIP_KEY = { shape: BOOLEAN, description: 'Takes the text without quotes and blanks.' } as const;
const TYPE_KEY = { shape: CODE, description: 'The declared type, written as in the language.' } as const;
const TYPES_KEY = { shape: { is: 'list', of: CODE, least: 1 }, description: 'One of these declared types.' } as const;
const ANALYZER_KEY = {
  shape: { is: 'oneOf', values: ['entropy', 'redos'] },
  description: '`entropy`: a string that looks random. `redos`: a regular expression open to catastrophic backtracking.',
} as const;

export const METAVARIABLE_REGEX = {
  metavariable: METAVARIABLE_KEY,
  regex: { shape: REGEX, required: true, description: "Matches from the start of the metavariable's text; no end is implied." },
  'constant-propagation': { shape: BOOLEAN, description: 'Also looks at the value of a named constant.' },
} as const satisfies KeyTable;

/** Beside these: one operator. */
export const METAVARIABLE_PATTERN = { metavariable: METAVARIABLE_KEY, language: LANGUAGE_KEY } as const satisfies KeyTable;

export const METAVARIABLE_COMPARISON = {
  comparison: { ...COMPARISON_KEY, required: true },
  metavariable: { shape: NAME, description: 'The metavariable that `base` and `strip` apply to.' },
  base: BASE_KEY,
  strip: STRIP_KEY,
} as const satisfies KeyTable;

export const METAVARIABLE_TYPE = { metavariable: METAVARIABLE_KEY, type: TYPE_KEY, types: TYPES_KEY } as const satisfies KeyTable;

export const METAVARIABLE_ANALYSIS = {
  metavariable: METAVARIABLE_KEY,
  analyzer: { ...ANALYZER_KEY, required: true },
} as const satisfies KeyTable;

const BOUND = { shape: TEXT, description: 'A number, `$N`, `sizeof($BUF)` or `strlen($S)`.' } as const;

/** What can be asked of the value of an expression. */
export const FACT_QUESTIONS = {
  happens: {
    shape: { is: 'oneOrMore', of: { is: 'oneOf', values: FACT_EVENTS } },
    description: 'One of these goes wrong when the expression is evaluated.',
  },
  null: {
    shape: { is: 'oneOf', values: ['always', 'maybe', 'never'] },
    description: '`always`: null on some path for sure. `maybe`: may be null there. `never`: on no path.',
  },
  memory: {
    shape: { is: 'oneOrMore', of: { is: 'oneOf', values: MEMORY_STATES } },
    description: 'What the pointer leads to is in one of these states, or of one of these kinds.',
  },
  terminated: {
    shape: { is: 'oneOf', values: ['always', 'never'] },
    description: '`never`: no zero byte ends the string on some path. `always`: on every path one does.',
  },
  room: {
    shape: { is: 'oneOf', values: ['known'] },
    description: '`known`: on some path the pointer leads into an array or a block whose size is one number.',
  },
  ...boundKeys(),
  certainty: {
    shape: { is: 'oneOf', values: ['proved', 'possible'] },
    description: '`proved` (when not given): some run does it for sure. `possible`: it could not be excluded.',
  },
} as const satisfies KeyTable;

function boundKeys(): Readonly<Record<(typeof BOUND_KEYS)[number], typeof BOUND>> {
  return {
    'may-exceed': BOUND,
    'always-exceeds': BOUND,
    'never-exceeds': BOUND,
    'may-be-below': BOUND,
    'always-below': BOUND,
    'never-below': BOUND,
  };
}

export const METAVARIABLE_FACTS = { metavariable: METAVARIABLE_KEY, ...FACT_QUESTIONS } as const satisfies KeyTable;

/** Entries of `patterns` that filter or narrow. */
export const CONDITION_OPERATORS = {
  'metavariable-regex': {
    shape: { is: 'mapping', keys: METAVARIABLE_REGEX },
    description: "A regular expression on the metavariable's text.",
  },
  'metavariable-pattern': {
    shape: { is: 'mapping', keys: METAVARIABLE_PATTERN },
    description: "A formula on the metavariable's own code.",
  },
  'metavariable-comparison': {
    shape: { is: 'mapping', keys: METAVARIABLE_COMPARISON },
    description: 'Arithmetic and comparison over literals and known constants; an unknown value drops the match.',
  },
  'metavariable-type': {
    shape: { is: 'mapping', keys: METAVARIABLE_TYPE },
    description: 'The declared type of the metavariable, from the file.',
  },
  'metavariable-analysis': {
    shape: { is: 'mapping', keys: METAVARIABLE_ANALYSIS },
    description: "A closer look at the metavariable's text.",
  },
  'metavariable-facts': {
    shape: { is: 'mapping', keys: METAVARIABLE_FACTS },
    description: 'What is known of the value of the metavariable where it stands. C and C++.',
  },
  'focus-metavariable': {
    shape: { is: 'oneOrMore', of: NAME },
    description: "The range becomes this metavariable's; of a list, each of them.",
  },
} as const satisfies KeyTable;

/** An entry of `where`: which condition it is follows from its keys. */
export const WHERE_ENTRY = {
  metavariable: { shape: NAME, description: 'The metavariable asked about, such as `$X`.' },
  type: TYPE_KEY,
  types: TYPES_KEY,
  analyzer: ANALYZER_KEY,
  comparison: COMPARISON_KEY,
  base: BASE_KEY,
  strip: STRIP_KEY,
  'constant-propagation': METAVARIABLE_REGEX['constant-propagation'],
  language: LANGUAGE_KEY,
  focus: FORMULA_EXTRAS.focus,
} as const satisfies KeyTable;
