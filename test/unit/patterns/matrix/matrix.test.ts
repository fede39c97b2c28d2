import assert from 'node:assert/strict';

import { applyFixes } from '../../../../server/src/core/match/applyFixes.ts';
import { ruleWith, run, textAt } from '../../../support/engine.ts';
import { otherSpelling } from '../otherSpelling.ts';
import { DIALECTS, patternIn, programIn, type Dialect } from './dialects.ts';
import { OPERATOR_ROWS } from './operatorRows.ts';
import { PATTERN_ROWS } from './patternRows.ts';
import type { Row } from './row.ts';
import { TAINT_ROWS } from './taintRows.ts';

/** Keys below which patterns stand. */
const PATTERN = /^(?:pattern|pattern-not|pattern-inside|pattern-not-inside|anywhere)$/;

/** The values of a rule with its patterns in the words of a language. */
function said(dialect: Dialect, value: unknown, key = ''): unknown {
  if (value === 'INT') return dialect.integer;
  if (typeof value === 'string') return PATTERN.test(key) ? patternIn(dialect, value) : value;
  if (Array.isArray(value)) return value.map((each) => said(dialect, each));
  if (typeof value !== 'object' || value === null) return value;
  const isOtherLanguage = 'language' in value;
  return Object.fromEntries(
    Object.entries(value).map(([name, below]) => [
      name,
      isOtherLanguage ? below : said(dialect, below, name),
    ]),
  );
}

function formulaOf(dialect: Dialect, { rule }: Row): string {
  return Object.entries(rule)
    .map(([key, value]) => `${key}: ${JSON.stringify(said(dialect, value, key))}`)
    .join('\n');
}

async function check(dialect: Dialect, row: Row, formula: string): Promise<void> {
  const marked = programIn(dialect, row.code);
  const code = marked.replace(/[«»]/g, '');
  const { language } = dialect;
  const { findings, problems } = await run(ruleWith(formula, language), code, language);
  assert.deepEqual(problems, []);
  if (marked.includes('«')) {
    const texts = findings.map(({ range }) => textAt(code, range));
    assert.deepEqual(
      texts,
      [...marked.matchAll(/«([^»]*)»/g)].map((match) => match[1]),
    );
  } else {
    const lines = code.split('\n');
    const show = (line: number): string => `${line + 1}: ${lines[line] ?? ''}`;
    const found = [...new Set(findings.map(({ range }) => range.start.line))].sort((a, b) => a - b);
    assert.deepEqual(
      found.map(show),
      lines.flatMap((line, index) => (line.endsWith(' !') ? [show(index)] : [])),
    );
  }
  if (row.fixed !== undefined)
    assert.equal(applyFixes(code, findings, undefined).text, programIn(dialect, row.fixed));
}

describe('what the rule language says, in every language', () => {
  for (const row of [...OPERATOR_ROWS, ...PATTERN_ROWS, ...TAINT_ROWS]) {
    describe(row.says, () => {
      for (const dialect of DIALECTS) {
        if (row.without !== undefined && Object.hasOwn(row.without, dialect.language)) continue;
        it(dialect.language, async () => {
          const formula = formulaOf(dialect, row);
          await check(dialect, row, formula);
          await check(dialect, row, otherSpelling(formula));
        });
      }
    });
  }
});
