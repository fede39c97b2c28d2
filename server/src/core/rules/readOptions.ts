import { OPTION_KEYS } from './optionKeys.ts';
import { DEFAULT_OPTIONS, type RuleOptions } from './options.ts';
import { checkMapping, readTexts, type KeyPath, type Reading } from './reading.ts';

/** Reads a rule's `options`; what is not written has its default. After a refusal the defaults are returned. */
export function readOptions(reading: Reading, value: unknown, place: KeyPath): RuleOptions {
  if (value === undefined || value === null) return DEFAULT_OPTIONS;
  const before = reading.refusals();
  const mapping = checkMapping(reading, value, place, OPTION_KEYS, '`options`');
  if (mapping === undefined || reading.refusals() > before) return DEFAULT_OPTIONS;
  const texts = (key: keyof RuleOptions): Partial<RuleOptions> =>
    key in mapping ? { [key]: readTexts(reading, mapping[key], [...place, key]) } : {};
  const pairs = (key: keyof RuleOptions): Partial<RuleOptions> => {
    const list = mapping[key];
    if (!Array.isArray(list)) return {};
    return { [key]: list.map((pair: unknown, index) => readTexts(reading, pair, [...place, key, index])) };
  };
  // The table has checked each value against its option's shape.
  return {
    ...DEFAULT_OPTIONS,
    ...mapping,
    ...texts('generic_extra_word_characters'),
    ...pairs('generic_braces'),
    ...pairs('generic_extra_braces'),
  };
}
