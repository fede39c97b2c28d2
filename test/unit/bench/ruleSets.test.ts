import assert from 'node:assert/strict';

import { loadRules } from '../../../server/src/core/rules/loadRules.ts';
import { ourFile, ruleSet, theirFile, type BenchLanguage } from '../../bench/ruleSets.ts';
import { loadLanguages } from '../../support/engine.ts';

const LANGUAGES: readonly BenchLanguage[] = ['c', 'python', 'javascript'];

describe('the rule sets of the benchmark', () => {
  for (const languages of [...LANGUAGES.map((each) => [each]), LANGUAGES]) {
    it(`are 400 different rules that load: ${languages.join(', ')}`, async () => {
      const rules = ruleSet(400, languages);
      const withoutIds = rules.map(({ ours }) => ours.replace(/id: .*/, ''));
      assert.equal(new Set(withoutIds).size, 400);
      const { rules: loaded, problems } = loadRules(
        [{ path: 'r.yaml', text: ourFile(rules) }],
        await loadLanguages(),
      );
      assert.deepEqual(problems, []);
      assert.equal(loaded.length, 400);
      assert.equal(theirFile(rules).split('---\n').length, 400);
    });
  }

  it('begin with the smaller ones', () => {
    assert.deepEqual(ruleSet(150, LANGUAGES).slice(0, 10), ruleSet(10, LANGUAGES));
  });
});
