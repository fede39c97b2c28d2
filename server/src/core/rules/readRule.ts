import { globTest } from '../base/glob.ts';
import { START_OF_FILE } from '../base/range.ts';
import type { Severity } from '../base/severity.ts';
import type { Outcome } from '../base/problem.ts';
import type { LanguageSet } from '../syntax/languageSet.ts';
import type { Formula, TaintFormula } from './formula.ts';
import type { FormulaContext } from './formulaContext.ts';
import { CLASSIC_OPERATORS, NEW_OPERATORS } from './operatorKeys.ts';
import { readPatternOrFormula, readRuleOperator } from './readFormula.ts';
import {
  checkKnown,
  checkMapping,
  hasKey,
  isKeyOf,
  isMapping,
  listOf,
  readText,
  readTexts,
  refuseKey,
  startReading,
  type KeyPath,
  type Mapping,
  type Reading,
  type RuleText,
} from './reading.ts';
import { readLanguages } from './readLanguages.ts';
import { readMetadata } from './readMetadata.ts';
import { readOptions } from './readOptions.ts';
import { readTaint } from './readTaint.ts';
import { isForThisVersion } from './readVersion.ts';
import type { FixRegex, Rule, TagRequirement } from './rule.ts';
import {
  CLASSIC_TAINT_KEYS,
  FIX_REGEX_KEYS,
  MODES,
  PATHS_KEYS,
  REQUIRE_KEYS,
  RULE_KEYS,
  RULE_OPERATORS,
  SEVERITY_WORDS,
} from './ruleKeys.ts';

type Mode = (typeof MODES)[number];

/**
 * Reads one entry of `rules`. Any refusal keeps the rule from loading: a rule never runs with a part of it ignored. A rule may
 * load and have problems of lesser severity, and a rule for other versions does not load without being wrong.
 */
export function readRule(
  text: RuleText,
  entry: unknown,
  place: KeyPath,
  languages: LanguageSet,
): Outcome<Rule | undefined> {
  const id = isMapping(entry) ? entry['id'] : undefined;
  const name = typeof id === 'string' && id.trim() !== '' ? id : `number ${Number(place.at(-1)) + 1}`;
  const reading = startReading(text, name, place);
  const refused = (): Outcome<undefined> => ({ value: undefined, problems: reading.problems });
  if (!isMapping(entry)) {
    reading.refuse(place, 'must be a mapping with `id`, `languages`, `severity`, `message` and a pattern.');
    return refused();
  }
  if (!isForThisVersion(reading, entry, place)) return refused();
  const rule = readKeys(reading, entry, place, languages);
  return reading.refusals() > 0 ? refused() : { value: rule, problems: reading.problems };
}

function readKeys(reading: Reading, entry: Mapping, place: KeyPath, languages: LanguageSet): Rule {
  checkRuleKeys(reading, entry, place);
  const at = (key: string): KeyPath => [...place, key];
  const text = (key: string): string => readText(reading, entry[key], at(key)) ?? '';
  const id = text('id');
  if (/[\s,]/.test(id)) reading.refuse(at('id'), 'must have no blanks and no commas, so that comments can name the rule.');
  const ids = readLanguages(reading, entry['languages'], at('languages'), languages);
  const mode = readMode(entry);
  const context: FormulaContext = {
    reading,
    languages,
    target: ids.includes('regex') ? 'regex' : ids.includes('generic') ? 'generic' : 'code',
    negativesSuffice: false,
  };
  return {
    id,
    languages: ids,
    severity: severityOf(text('severity')),
    message: text('message'),
    metadata: readMetadata(reading, entry['metadata'], at('metadata')),
    formula: readWhat(context, entry, place, mode) ?? EMPTY,
    mode,
    options: readOptions(reading, entry['options'], at('options')),
    ...readRequire(reading, entry['require'], at('require'), mode),
    ...readFix(reading, entry, place),
    paths: readPaths(reading, entry['paths'], at('paths')),
    source: { path: reading.path, range: reading.rangeOf(at('id')) },
  };
}

/** Stands in for a formula that could not be read; the rule is refused anyway. */
const EMPTY: Formula = { op: 'any', of: [], at: START_OF_FILE };

function checkRuleKeys(reading: Reading, entry: Mapping, place: KeyPath): void {
  for (const key of Object.keys(entry)) {
    if (hasKey(RULE_KEYS, key)) continue;
    if (hasKey(NEW_OPERATORS, key) || ['not', 'inside', 'anywhere', 'where', 'focus'].includes(key)) {
      reading.refuse([...place, key], `\`${key}\` belongs under \`match\`.`);
    } else if (key.startsWith('metavariable-') || key.startsWith('pattern-not') || /^(pattern-inside|focus-metavariable)$/.test(key)) {
      reading.refuse([...place, key], `\`${key}\` belongs under \`patterns\`, beside a positive operator.`);
    } else {
      refuseKey(reading, [...place, key], key, Object.keys(RULE_KEYS), 'a rule');
    }
  }
  checkKnown(reading, entry, place, RULE_KEYS);
}

function readMode(entry: Mapping): Mode {
  const mode = MODES.find((each) => each === entry['mode']);
  return mode ?? ('taint' in entry ? 'taint' : 'search');
}

function severityOf(word: string): Severity {
  const known: Readonly<Record<string, Severity>> = SEVERITY_WORDS;
  return known[word.toUpperCase()] ?? 'error';
}

/** What the rule looks for: the operators of its mode, and none of another. */
function readWhat(
  context: FormulaContext,
  entry: Mapping,
  place: KeyPath,
  mode: Mode,
): Formula | TaintFormula | undefined {
  const { reading } = context;
  const operators = Object.keys(entry).filter((key) => hasKey(RULE_OPERATORS, key));
  const taint = Object.keys(entry).filter((key) => key === 'taint' || hasKey(CLASSIC_TAINT_KEYS, key));
  if (mode === 'taint') {
    for (const key of operators) reading.refuse([...place, key], 'does not belong to a taint rule: use sources and sinks.');
    const classic = taint.find((key) => key !== 'taint');
    if ('taint' in entry && classic !== undefined) {
      reading.refuse([...place, classic], 'stands beside `taint`: put it there.');
      return undefined;
    }
    return readTaint(context, entry, place);
  }
  for (const key of taint) reading.refuse([...place, key], 'belongs to `mode: taint`.');
  const [key, second] = operators;
  if (second !== undefined) {
    reading.refuse([...place, second], `stands beside \`${key ?? ''}\`: put both under \`patterns\`.`);
    return undefined;
  }
  if (key === undefined) {
    if (reading.refusals() === 0) reading.refuse(place, `needs one of ${listOf(Object.keys(RULE_OPERATORS), 'or')}.`);
    return undefined;
  }
  const at = [...place, key];
  if (isKeyOf(CLASSIC_OPERATORS, key)) return readRuleOperator(context, key, entry[key], at);
  return readPatternOrFormula(context, entry[key], at);
}

function readRequire(reading: Reading, value: unknown, place: KeyPath, mode: Mode): { require?: TagRequirement } {
  if (mode !== 'require-tag') {
    if (value !== undefined) reading.refuse(place, 'belongs to `mode: require-tag`.');
    return {};
  }
  const keys = checkMapping(reading, value, place, REQUIRE_KEYS, '`require`');
  const link = REQUIRE_KEYS.link.shape.values.find((word) => word === keys?.['link']);
  const to = REQUIRE_KEYS.to.shape.values.find((word) => word === keys?.['to']);
  if (link === undefined || to === undefined) return {};
  return { require: { link, to, categories: readTexts(reading, keys?.['category'], [...place, 'category']) } };
}

function readFix(reading: Reading, entry: Mapping, place: KeyPath): { fix?: string; fixRegex?: FixRegex } {
  const at = [...place, 'fix-regex'];
  if ('fix' in entry && 'fix-regex' in entry) {
    reading.refuse(at, 'stands beside `fix`: a rule has one fix.');
    return {};
  }
  if ('fix' in entry) return { fix: (readText(reading, entry['fix'], [...place, 'fix']) ?? '').replace(/\n$/, '') };
  if (!('fix-regex' in entry)) return {};
  const keys = checkMapping(reading, entry['fix-regex'], at, FIX_REGEX_KEYS, '`fix-regex`');
  const count = keys?.['count'];
  return {
    fixRegex: {
      regex: readText(reading, keys?.['regex'], [...at, 'regex'], true) ?? '',
      replacement: readText(reading, keys?.['replacement'], [...at, 'replacement']) ?? '',
      ...(typeof count === 'number' ? { count } : {}),
    },
  };
}

function readPaths(reading: Reading, value: unknown, place: KeyPath): Rule['paths'] {
  if (value === undefined) return { include: [], exclude: [] };
  const keys = checkMapping(reading, value, place, PATHS_KEYS, '`paths`');
  const globs = (key: keyof typeof PATHS_KEYS): readonly string[] => {
    const texts = keys?.[key] === undefined ? [] : readTexts(reading, keys[key], [...place, key]);
    const [refused] = globTest(texts).refused;
    if (refused !== undefined) reading.refuse([...place, key], `\`${refused.slice(0, 60)}\` is not a glob that can be used.`);
    return texts;
  };
  return { include: globs('include'), exclude: globs('exclude') };
}
