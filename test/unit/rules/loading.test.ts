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
  ['    pattern: f($X)\n', '', 2, /needs one of `pattern`, `patterns`/],
  ['pattern: f($X)', 'pattern: ""', 6, /`pattern` must be a text/],
  ['pattern: f($X)', 'patterns: f', 6, /`patterns` must be a list/],
  ['pattern: f($X)', 'patterns:\n      - pattern-not: f()', 6, /at least one positive operator/],
  ['pattern: f($X)', 'patterns:\n      - patern: f()', 7, /`patern` is not a key of an entry of `patterns`: did you mean `pattern`/],
  ['pattern: f($X)', 'patterns:\n      - pattern: f()\n        pattern-not: g()', 8, /`pattern-not` stands beside `pattern`: put both under `patterns`/],
  ['pattern: f($X)', 'pattern: f($X)\n    pattern-regex: x', 7, /`pattern-regex` stands beside `pattern`/],
  ['pattern: f($X)', 'pattern-regex: "(unclosed"', 6, /not a regular expression/],
  ['pattern: f($X)', 'pattern-regex: "(?(1)a|b)"', 6, /not a regular expression/],
  ['pattern: f($X)', 'pattern: f($X)\n    options: { ac_match: true }', 7, /`ac_match`/],
  ['pattern: f($X)', 'mode: taint\n    pattern: f($X)', 7, /`pattern` does not belong to a taint rule/],
  ['pattern: f($X)', 'mode: require-tag\n    pattern: f($X)', 2, /`require` must be a mapping/],
  ['severity: HIGH', 'severity: SEVERE', 4, /`severity` must be one of CRITICAL, HIGH, ERROR/],
  ['languages: [c]', 'languages: [cobol]', 3, /`cobol` is not the name of a language/],
  ['languages: [c]', 'languages: c', 3, /`languages` must be a list/],
  ['id: good', 'id: ""', 2, /`id` must be a text/],
  ['message: m', 'message: m\n    paths: { only: [a] }', 6, /`only` is not a key of `paths`/],
  ['message: m', 'message: m\n    metadata: text', 6, /`metadata` must be a mapping/],
  [
    'pattern: f($X)',
    'patterns:\n      - pattern: f($X)\n      - metavariable-comparison: { comparison: $X > }',
    8,
    /cannot be compared: it ends too early/,
  ],
  [
    'pattern: f($X)',
    'patterns:\n      - pattern: f($X)\n      - metavariable-regex: { metavariable: X, regex: a }',
    8,
    /must be a metavariable/,
  ],
];

describe('a rule file of several documents', () => {
  const document = (id: string, pattern = 'f($X)'): string =>
    `rules:\n  - id: ${id}\n    languages: [c]\n    severity: HIGH\n    message: m\n    pattern: ${pattern}\n`;

  it('loads the rules of all of them, with the lines of the file', async () => {
    const text = `---\n${document('a')}---\n# nothing\n---\nother: 1\n---\n${document('b', '"f("')}...\n---\n${document('c')}`;
    const { rules, problems } = await rulesOf(text);
    assert.deepEqual(
      rules.map(({ id, source }) => `${id} ${source.range.start.line + 1}`),
      ['a 3', 'b 14', 'c 22'],
    );
    assert.deepEqual(problems, []);
  });

  it('names a mistake of one with its line, and loads the others', async () => {
    const broken = document('b').replace('pattern:', 'patern:');
    const torn = document('d').replace('message: m', 'message: "m');
    const { rules, problems } = await rulesOf(`${document('a')}---\n${broken}---\n${document('c')}---\n${torn}`);
    assert.deepEqual(
      rules.map(({ id }) => id),
      ['a', 'c'],
    );
    assert.deepEqual(
      problems.slice(0, 1).map(({ message, range }) => `${(range?.start.line ?? -2) + 1}: ${message}`),
      ['13: Rule b does not load: `patern` is not a key of a rule: did you mean `pattern`?'],
    );
    assert.ok(problems.some(({ code, range }) => code === 'yaml-syntax' && (range?.start.line ?? 0) > 21));
  });

  it('tells a mistake that takes away the structure once, and not each token behind it', async () => {
    const { problems } = await rulesOf(document('a').replace(/pattern: .*/, 'pattern: f(..., {a: "b"})') + document('b').slice(7));
    assert.ok(problems.length < 6, problems.map(({ message }) => message).join('\n'));
    assert.match(problems[0]?.message ?? '', /a value that contains `: ` needs quotes/);
  });

  it('has aliases of its own in each, and does not load a second rule of the same name', async () => {
    const first = document('a').replace('[c]', '&l [c]');
    const { rules, problems } = await rulesOf(`${first}---\n${document('a')}---\n${document('b').replace('[c]', '*l')}`);
    assert.equal(rules.length, 1);
    assert.deepEqual(
      problems.map(({ range }) => (range?.start.line ?? -2) + 1).sort((a, b) => a - b),
      [9, 17],
    );
  });

  it('is refused beyond a hundred', async () => {
    const { rules, problems } = await rulesOf(`${document('a')}${'---\na: 1\n'.repeat(100)}`);
    assert.deepEqual([rules.length, problems.map(({ message }) => message)], [0, ['A file holds at most 100 documents: split it.']]);
  });
});

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

  it('of the same id as one of another file is called after its own file, and that is told', async () => {
    const languages = await loadLanguages();
    const files = ['a.yaml', 'b.yaml'].map((path) => ({ path, text: GOOD }));
    const { rules, problems } = loadRules(files, languages);
    assert.deepEqual(
      rules.map(({ id }) => id),
      ['b.good', 'good'],
    );
    assert.equal(problems[0]?.path, 'b.yaml');
    assert.match(problems[0].message, /Rule good is called b\.good here, because a\.yaml has a rule good too/);
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
