import assert from 'node:assert/strict';

import { compileRule } from '../../../server/src/core/match/compileRule.ts';
import { loadRules } from '../../../server/src/core/rules/loadRules.ts';
import { grammar, loadLanguages, rulesOf, ruleWith } from '../../support/engine.ts';

const GOOD = `rules:
  - id: good
    languages: [c]
    severity: HIGH
    message: m
    pattern: f($X)
`;

/** Each case: a change to GOOD, the one-based line of the problem, and what it must say. */
const MISTAKES: readonly [from: string, to: string, line: number, message: RegExp][] = [
  ['pattern: f($X)', 'patern: f($X)', 6, /Rule good does not load: `patern` is not a key of a rule/],
  ['    pattern: f($X)\n', '', 2, /needs one of pattern, patterns/],
  ['pattern: f($X)', 'pattern: ""', 6, /`pattern` must be a text/],
  ['pattern: f($X)', 'patterns: f', 6, /`patterns` must be a list/],
  ['pattern: f($X)', 'patterns:\n      - pattern-not: f()', 6, /at least one positive operator/],
  ['pattern: f($X)', 'patterns:\n      - patern: f()', 7, /`patern` is not an operator/],
  ['pattern: f($X)', 'patterns:\n      - pattern: f()\n        pattern-not: g()', 7, /exactly one operator/],
  ['pattern: f($X)', 'pattern: f($X)\n    pattern-regex: x', 7, /both `pattern` and `pattern-regex`/],
  ['pattern: f($X)', 'pattern-regex: "(unclosed"', 6, /not a regular expression/],
  ['pattern: f($X)', 'pattern-regex: "(?=ahead)"', 6, /look-around/],
  ['pattern: f($X)', 'pattern: f($X)\n    options: { ac_matching: true }', 7, /`options` is not supported by this version/],
  ['pattern: f($X)', 'mode: taint\n    pattern: f($X)', 6, /`taint` is not supported by this version/],
  ['pattern: f($X)', 'mode: require-tag\n    pattern: f($X)', 2, /`link` must be one of/],
  ['severity: HIGH', 'severity: SEVERE', 4, /`severity` must be ERROR, WARNING or INFO/],
  ['languages: [c]', 'languages: [cobol]', 3, /`cobol` is not a supported language \(c, cpp\)/],
  ['languages: [c]', 'languages: c', 3, /`languages` must be a list/],
  ['id: good', 'id: ""', 2, /`id` must be a text/],
  ['message: m', 'message: m\n    paths: { only: [a] }', 6, /`only` is not a key of `paths`/],
  ['message: m', 'message: m\n    metadata: text', 6, /`metadata` must be a mapping/],
  [
    'pattern: f($X)',
    'patterns:\n      - pattern: f($X)\n      - metavariable-comparison: { comparison: $X > 1 }',
    8,
    /`metavariable-comparison` is not supported by this version/,
  ],
  [
    'pattern: f($X)',
    'patterns:\n      - pattern: f($X)\n      - metavariable-regex: { metavariable: X, regex: a }',
    8,
    /must be a metavariable/,
  ],
];

describe('a rule with a mistake', () => {
  for (const [from, to, line, message] of MISTAKES) {
    it(`is refused at its line: ${to.replace(/\s+/g, ' ').slice(0, 70) || 'no pattern'}`, async () => {
      const { rules, problems } = await rulesOf(GOOD.replace(from, to));
      assert.deepEqual(rules, []);
      const [problem] = problems;
      assert.match(problem?.message ?? '', message);
      assert.equal((problem?.range?.start.line ?? -2) + 1, line);
    });
  }

  it('does not keep the rules beside it from loading', async () => {
    const second = GOOD.replace('rules:\n', '').replace('id: good', 'id: second').replace('pattern:', 'patern:');
    const { rules, problems } = await rulesOf(GOOD + second);
    assert.deepEqual(
      rules.map((rule) => rule.id),
      ['good'],
    );
    assert.ok(problems.every((problem) => problem.message.startsWith('Rule second does not load')));
  });

  it('of the same id as another is named with the file of the first', async () => {
    const languages = await loadLanguages();
    const files = ['a.yaml', 'b.yaml'].map((path) => ({ path, text: GOOD }));
    const { rules, problems } = loadRules(files, languages);
    assert.equal(rules.length, 1);
    assert.equal(problems[0]?.path, 'b.yaml');
    assert.match(problems[0].message, /already defined in a\.yaml/);
  });

  it('in its pattern is refused when it is compiled, at the pattern', async () => {
    const { rules } = await rulesOf(ruleWith('patterns:\n  - pattern: f($X)\n  - pattern-not: "f("'));
    const [rule] = rules;
    assert.ok(rule);
    const { compiled, problems } = compileRule(rule, await grammar('c'));
    assert.equal(compiled, undefined);
    assert.match(problems[0]?.message ?? '', /Rule under-test does not run on C: `f\(` is no C expression/);
    assert.equal(problems[0]?.range?.start.line, 7);
  });
});

describe('rule files', () => {
  it('without a top-level rules key are passed over', async () => {
    const files = [{ path: 'x.yaml', text: 'requirements: []\n' }];
    const { rules, problems } = loadRules(files, await loadLanguages());
    assert.deepEqual([rules, problems], [[], []]);
  });

  it('with broken YAML are a problem with file and line', async () => {
    const { problems } = loadRules([{ path: 'x.yaml', text: 'rules:\n  - id: [\n' }], await loadLanguages());
    assert.equal(problems[0]?.path, 'x.yaml');
    assert.ok((problems[0].range?.start.line ?? 0) >= 1);
  });

  it('take the other spellings of languages and severities', async () => {
    const { rules } = await rulesOf(GOOD.replace('[c]', '[c++, C]').replace('HIGH', 'medium'));
    assert.deepEqual([rules[0]?.languages, rules[0]?.severity], [['cpp', 'c'], 'warning']);
  });

  it('change the fingerprint of the set when a rule changes', async () => {
    const [one, two] = [await rulesOf(GOOD), await rulesOf(GOOD.replace('f($X)', 'g($X)'))];
    assert.notEqual(one.fingerprint, two.fingerprint);
    assert.equal(one.fingerprint, (await rulesOf(GOOD)).fingerprint);
  });
});
