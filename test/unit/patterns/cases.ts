import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { applyFixes } from '../../../server/src/core/match/applyFixes.ts';
import { ruleWith, run } from '../../support/engine.ts';
import { otherSpelling } from './otherSpelling.ts';

/** One case of a case file. */
export interface PatternCase {
  readonly title: string;
  /** A rule's formula in YAML. */
  readonly formula: string;
  /** Lines that end with a comment `!` have a finding that starts there, all others none. */
  readonly code: string;
  /** The code after all fixes, where the case has one. */
  readonly fixed: string | undefined;
}

/** A part that begins so is YAML; anything else is one pattern. */
const YAML = /^(patterns|pattern|pattern-[a-z-]+|match|options|fix|fix-regex|mode):/;

/**
 * Reads a case file: cases begin with a line `=== title`; in each, `---` stands between pattern and code, and `>>>` before the code as
 * it is after all fixes.
 */
export function readCases(name: string): readonly PatternCase[] {
  const text = readFileSync(new URL(`cases/${name}`, import.meta.url), 'utf8');
  return text
    .split(/^=== /m)
    .slice(1)
    .map((each) => {
      const [title = '', ...lines] = each.split('\n');
      const [pattern = '', rest = ''] = lines.join('\n').split(/^---\n/m);
      const [code = '', fixed] = rest.split(/^>>>\n/m);
      const block = pattern.trimEnd().split('\n').join('\n  ');
      return { title, formula: YAML.test(pattern) ? pattern : `pattern: |\n  ${block}`, code, fixed };
    });
}

/** Declares a test for each case of a file of whole rules, whose titles begin with a language: in both spellings. */
export function itHoldsInBoth(name: string): void {
  for (const each of readCases(name)) {
    const [language = '', title = ''] = each.title.split(/: (.*)/);
    declare({ ...each, title: `${language}: ${title}` }, language);
    const newer = otherSpelling(each.formula);
    declare({ ...each, title: `${language}, newer spelling: ${title}`, formula: newer }, language);
  }
}

/** Declares a test for each case of a file. */
export function itHolds(name: string, language: string): void {
  for (const each of readCases(name)) declare(each, language);
}

function declare({ title, formula, code, fixed }: PatternCase, language: string): void {
  it(title, async () => {
    const { findings, problems } = await run(ruleWith(formula, language), code, language);
    assert.deepEqual(problems, []);
    const lines = code.split('\n');
    const found = new Set(findings.map(({ range }) => range.start.line));
    const show = (index: number): string => `${index + 1}: ${lines[index] ?? ''}`;
    const expected = lines.flatMap((line, index) => (/(?:#|\/\/) !$/.test(line) ? [index] : []));
    assert.deepEqual([...found].sort((a, b) => a - b).map(show), expected.map(show));
    if (fixed !== undefined)
      assert.equal(applyFixes(code, findings, undefined).text.trimEnd(), fixed.trimEnd());
  });
}
