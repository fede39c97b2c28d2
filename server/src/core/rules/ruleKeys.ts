import { BOOLEAN, definition, NAME, REGEX, TEXT, type Key, type KeyTable } from './keyTable.ts';
import { CLASSIC_OPERATORS } from './operatorKeys.ts';
import { OPTION_KEYS } from './optionKeys.ts';

export const SEVERITY_WORDS = {
  CRITICAL: 'error',
  HIGH: 'error',
  ERROR: 'error',
  MEDIUM: 'warning',
  WARNING: 'warning',
  LOW: 'info',
  INFO: 'info',
  INVENTORY: 'info',
  EXPERIMENT: 'info',
} as const;

export const MODES = ['search', 'taint', 'require-tag'] as const;

const TEXTS = { is: 'list', of: TEXT, least: 0 } as const;

export const PATHS_KEYS = {
  include: { shape: TEXTS, description: 'The rule runs on these files only. Globs; without `/` a name at any depth.' },
  exclude: { shape: TEXTS, description: 'The rule does not run on these files.' },
} as const satisfies KeyTable;

export const FIX_REGEX_KEYS = {
  regex: { shape: REGEX, required: true, description: 'What is replaced within the range that was found.' },
  replacement: {
    shape: { is: 'text', mayBeEmpty: true },
    required: true,
    description: 'The new text; `\\1` stands for the first group.',
  },
  count: { shape: { is: 'integer', least: 1, most: 1_000_000 }, description: 'Replaces so many matches; all when not given.' },
} as const satisfies KeyTable;

export const REQUIRE_KEYS = {
  link: { shape: { is: 'oneOf', values: ['implements', 'verifies'] }, required: true, description: 'The kind of link that is asked for.' },
  to: {
    shape: { is: 'oneOf', values: ['requirement', 'test', 'control', 'threat'] },
    required: true,
    description: 'The kind of item that the tag must lead to.',
  },
  category: { shape: TEXTS, required: true, description: 'Categories of that item, one of which it must have; empty for any.' },
} as const satisfies KeyTable;

/** Metadata that Traceward shows. All other metadata is let through unread. */
export const METADATA_KEYS = {
  cwe: { shape: { is: 'oneOrMore', of: TEXT }, description: 'Weaknesses, such as `CWE-120: ...`.' },
  cert: { shape: { is: 'oneOrMore', of: TEXT }, description: 'CERT rules, such as `STR31-C`.' },
  stride: { shape: { is: 'oneOrMore', of: TEXT }, description: 'STRIDE classes.' },
  fda: { shape: { is: 'oneOrMore', of: TEXT }, description: "Letters of the FDA guidance's control categories." },
  'iec-81001-5-1': { shape: { is: 'oneOrMore', of: TEXT }, description: 'Clause numbers.' },
  references: { shape: { is: 'oneOrMore', of: TEXT }, description: 'Addresses of further reading.' },
  confidence: { shape: TEXT, description: 'How sure a finding is: HIGH, MEDIUM, LOW.' },
  why: { shape: TEXT, description: 'Why the code is a risk. Markdown.' },
  'fix-guidance': { shape: TEXT, description: 'What to write instead. Markdown.' },
} as const satisfies KeyTable;

const REQUIRES = { shape: definition('labels'), description: 'Labels that the taint must have, such as `A and not B`.' } as const;

/** Beside the operator of a source, sink, sanitizer or propagator. */
export const SOURCE_KEYS = {
  label: { shape: TEXT, description: 'Name of the taint that begins here.' },
  requires: REQUIRES,
  'by-side-effect': {
    shape: { is: 'oneOf', values: [true, false, 'only'] },
    description: 'The matched variable is tainted from here on; `only`: and not the expression itself.',
  },
  exact: { shape: BOOLEAN, description: 'Only the range itself is a source, not what it contains.' },
  control: { shape: BOOLEAN, description: 'Reaching this place is itself the source.' },
} as const satisfies KeyTable;

export const SINK_KEYS = {
  requires: REQUIRES,
  'at-exit': { shape: BOOLEAN, description: 'Only where the function ends.' },
  exact: { shape: BOOLEAN, description: 'Only when the range itself is tainted, not a part of it.' },
} as const satisfies KeyTable;

export const SANITIZER_KEYS = {
  'by-side-effect': { shape: BOOLEAN, description: 'The matched variable is clean from here on.' },
  exact: { shape: BOOLEAN, description: 'Only the range itself is clean, not what it contains.' },
  'not-conflicting': { shape: BOOLEAN, description: 'Does not clean what is also a source, propagator or sink.' },
} as const satisfies KeyTable;

export const PROPAGATOR_KEYS = {
  from: { shape: NAME, required: true, description: 'Taint of this metavariable ...' },
  to: { shape: NAME, required: true, description: '... arrives at this one.' },
  'by-side-effect': { shape: BOOLEAN, description: 'The variable that it arrives at stays tainted (default).' },
  requires: REQUIRES,
  label: { shape: TEXT, description: 'The label that arrives.' },
  'replace-labels': { shape: { is: 'list', of: TEXT, least: 1 }, description: 'The labels that `label` takes the place of.' },
} as const satisfies KeyTable;

/** Value of `taint`, the newer spelling of a taint rule. */
export const TAINT_KEYS = {
  sources: { shape: definition('newSources'), required: true, description: 'Where untrusted data begins.' },
  sinks: { shape: definition('newSinks'), required: true, description: 'Where untrusted data must not arrive.' },
  sanitizers: { shape: definition('newSanitizers'), description: 'What makes data clean.' },
  propagators: { shape: definition('newPropagators'), description: 'What carries taint from one place to another.' },
} as const satisfies KeyTable;

export const CLASSIC_TAINT_KEYS = {
  'pattern-sources': { shape: definition('sources'), description: 'With `mode: taint`: where untrusted data begins.' },
  'pattern-sinks': { shape: definition('sinks'), description: 'With `mode: taint`: where untrusted data must not arrive.' },
  'pattern-sanitizers': { shape: definition('sanitizers'), description: 'With `mode: taint`: what makes data clean.' },
  'pattern-propagators': {
    shape: definition('propagators'),
    description: 'With `mode: taint`: what carries taint from one place to another.',
  },
} as const satisfies KeyTable;

/** What a rule says it looks for: exactly one of these, or the keys of a taint rule. */
export const RULE_OPERATORS = {
  ...CLASSIC_OPERATORS,
  match: { shape: definition('patternOrFormula'), description: 'A formula in the newer spelling, or a plain pattern.' },
} as const satisfies KeyTable;

export const RULE_KEYS: KeyTable = {
  id: { shape: TEXT, required: true, description: 'Name of the rule, unique in the set: no blanks and no commas.' },
  languages: {
    shape: { is: 'list', of: TEXT, least: 1 },
    required: true,
    description: 'Languages that the rule runs on, such as `c`, `python`, `generic`, `regex`.',
  },
  severity: {
    shape: { is: 'oneOf', values: Object.keys(SEVERITY_WORDS), anyCase: true },
    required: true,
    description: 'How much a finding matters.',
  },
  message: { shape: TEXT, required: true, description: 'Said of each finding; metavariables are filled in.' },
  mode: { shape: { is: 'oneOf', values: MODES }, description: '`search` unless said otherwise.' },
  ...RULE_OPERATORS,
  ...CLASSIC_TAINT_KEYS,
  taint: { shape: { is: 'mapping', keys: TAINT_KEYS }, description: 'A taint rule in the newer spelling.' },
  require: { shape: { is: 'mapping', keys: REQUIRE_KEYS }, description: 'With `mode: require-tag`: what a tag must lead to.' },
  fix: { shape: { is: 'text', mayBeEmpty: true }, description: 'Text that replaces the range that was found.' },
  'fix-regex': { shape: { is: 'mapping', keys: FIX_REGEX_KEYS }, description: 'A replacement within the range that was found.' },
  paths: { shape: { is: 'mapping', keys: PATHS_KEYS }, description: 'Files that the rule runs on.' },
  options: { shape: { is: 'mapping', keys: OPTION_KEYS }, description: 'Switches of what patterns mean in this rule.' },
  'min-version': { shape: TEXT, description: 'Oldest version of the rule language that the rule is written for.' },
  'max-version': { shape: TEXT, description: 'Newest version of the rule language that the rule is written for.' },
  metadata: { shape: { is: 'anything', type: 'object' }, description: 'Facts about the rule. Keys that Traceward does not know are let through.' },
  version: { shape: TEXT, description: "The rule's own version. Means nothing here." },
} satisfies Record<string, Key>;

/** Keys that the rule language has elsewhere and this version does not, each with the reason. */
export const UNSUPPORTED_KEYS: Readonly<Record<string, string>> = {
  join: 'results of rules are not joined',
  extract: 'code is not extracted into other files',
  'dest-language': 'code is not extracted into other files',
  transform: 'code is not extracted into other files',
  reduce: 'code is not extracted into other files',
  validators: 'nothing is ever sent over a network',
  request: 'nothing is ever sent over a network',
  response: 'nothing is ever sent over a network',
  steps: 'a rule has one step',
  equivalences: 'use `options`, or write the alternatives under `pattern-either`',
  product: 'only rules on code run here',
  'project-depends-on': 'dependencies of a project are not read',
  'r2c-internal-project-depends-on': 'dependencies of a project are not read',
  'r2c-internal-patterns-from': 'a rule stands in one file',
  'pattern-where-python': 'no code of a rule is ever run; use `metavariable-comparison`',
  'pattern-not-either': 'use one `pattern-not` for each alternative',
  'pattern-and': 'use `patterns`',
  'pattern-or': 'use `pattern-either`',
  'metavariable-name': 'names are not resolved across modules',
  as: 'write the metavariable into the pattern',
};
