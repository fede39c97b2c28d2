import { readText, type KeyPath, type Mapping, type Reading } from './reading.ts';

/**
 * Version of the rule language that this reader knows, on the scale that rules use in `min-version` and `max-version`. Raise it
 * when what newer rules need is read.
 */
export const RULE_LANGUAGE_VERSION = '1.150.0';

/** @returns the parts of `1.2.3`; undefined for anything else */
function partsOf(version: string): readonly number[] | undefined {
  if (!/^\d{1,9}(\.\d{1,9}){0,2}$/.test(version)) return undefined;
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/**
 * Compares a rule's `min-version` and `max-version` with the version of this reader. A malformed one is refused.
 *
 * @returns false when the rule is written for other versions: it is passed over, and a remark says so
 */
export function isForThisVersion(reading: Reading, rule: Mapping, place: KeyPath): boolean {
  const own = partsOf(RULE_LANGUAGE_VERSION) ?? [];
  for (const [key, sign, word] of [
    ['min-version', 1, 'from'],
    ['max-version', -1, 'up to'],
  ] as const) {
    if (!Object.hasOwn(rule, key)) continue;
    const at = [...place, key];
    const written = readText(reading, rule[key], at) ?? '';
    const parts = partsOf(written.trim());
    if (parts === undefined) {
      reading.refuse(at, 'must be a version such as `1.50.0`.');
    } else if (compare(parts, own) * sign > 0) {
      const message = `is passed over: it is written for versions ${word} ${written.trim()} of the rule language, and this is ${RULE_LANGUAGE_VERSION}.`;
      reading.remark(at, 'information', message);
      return false;
    }
  }
  return true;
}
