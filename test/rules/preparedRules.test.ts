import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

import { compilePattern } from '../../server/src/core/match/compilePattern.ts';
import { looksAt } from '../../server/src/core/match/compileRule.ts';
import { namesAmong } from '../../server/src/core/match/plainWords.ts';
import type { Prepared } from '../../server/src/core/match/prepared.ts';
import { preparedTexts, textsAskedIn } from '../../server/src/core/match/requirement.ts';
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

const preparedOf = (id: string): Prepared => JSON.parse(asset(`${id}.prepared.json`)) as Prepared;

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
      const prepared = Object.entries(preparedOf(id).patterns);
      assert.notEqual(prepared.length, 0);
      for (const [source, pattern] of prepared) {
        assert.equal(asWritten({ pattern }), asWritten(compilePattern(source, grammar)), source);
      }
    });

    it(`have the names and texts that reading them for ${id} gives`, async () => {
      const languages = await loadLanguages();
      const grammar = languages.grammar(id);
      assert.ok(grammar);
      const { names, texts } = preparedOf(id);
      assert.deepEqual(
        new Set(Object.keys(names).filter((word) => names[word])),
        namesAmong(Object.keys(names), grammar),
      );
      const looking = loadRules(ruleFiles, languages).rules.filter((rule) => looksAt(rule, id));
      const vocabulary = [...looking].flatMap(({ formula }) => [...textsAskedIn(formula, grammar)]);
      const prepared = new Set(Object.values(texts).flat(2).map(asWritten));
      assert.deepEqual(vocabulary.map(asWritten).filter((text) => !prepared.has(text)), []);
      const asked = preparedTexts(grammar);
      for (const [source, own] of Object.entries(texts))
        if (asked[source] !== undefined) assert.deepEqual(own, asked[source], source);
    });
  }
});
