import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

import { compilePattern, type PreparedPatterns } from '../../server/src/core/match/compilePattern.ts';
import { loadRules, type RuleFile } from '../../server/src/core/rules/loadRules.ts';
import { readPreparedRules, writePreparedRules } from '../../server/src/core/rules/preparedRules.ts';
import type { Rule } from '../../server/src/core/rules/rule.ts';
import { loadLanguages } from '../support/engine.ts';

const root = new URL('../../', import.meta.url);
const ruleFiles: readonly RuleFile[] = readdirSync(new URL('rules/', root), {
  recursive: true,
  encoding: 'utf8',
})
  .map((path) => `rules/${path.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.yaml'))
  .sort()
  .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8'), isBuiltIn: true }));

const asset = (name: string): string =>
  readFileSync(new URL(`dist/assets/${name}`, root), 'utf8');

/** Without keys whose value is undefined, for which JSON has no form. */
function asWritten(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
}

function comparisonsOf(rules: readonly Rule[]): unknown[] {
  return rules.flatMap(({ formula }) => (formula.op === 'all' ? formula.conditions : []));
}

const WITH_WHOLE_NUMBERS = `rules:
  - id: large
    languages: [c]
    severity: INFO
    message: m
    patterns:
      - pattern: f($X)
      - metavariable-comparison: {comparison: $X > 18446744073709551616 or $X == 1.5}
`;

describe('rules that the build has read', () => {
  it('are those that the loader yields', async () => {
    const { rules, byId, fingerprint, problems } = loadRules(ruleFiles, await loadLanguages());
    const prepared = readPreparedRules(asset('rules.json'));
    assert.equal(asWritten(prepared.rules), asWritten(rules));
    assert.deepEqual([...prepared.byId.keys()], [...byId.keys()]);
    assert.deepEqual(prepared.problems, problems);
    assert.equal(prepared.fingerprint, fingerprint);
  });

  it('keep whole numbers of any size', async () => {
    const set = loadRules([{ path: 'r.yaml', text: WITH_WHOLE_NUMBERS }], await loadLanguages());
    assert.equal(set.rules.length, 1);
    const [comparison] = comparisonsOf(set.rules);
    assert.match(asWritten([comparison]), /18446744073709551616n/);
    assert.deepEqual(comparisonsOf(readPreparedRules(writePreparedRules(set)).rules), [comparison]);
  });

  for (const id of ['c', 'cpp', 'csharp', 'kotlin', 'rust', 'swift']) {
    it(`have the patterns that compiling them for ${id} gives`, async () => {
      const grammar = (await loadLanguages()).grammar(id);
      assert.ok(grammar);
      const prepared = Object.entries(JSON.parse(asset(`${id}.patterns.json`)) as PreparedPatterns);
      assert.notEqual(prepared.length, 0);
      for (const [source, pattern] of prepared) {
        assert.equal(asWritten({ pattern }), asWritten(compilePattern(source, grammar)), source);
      }
    });
  }
});
