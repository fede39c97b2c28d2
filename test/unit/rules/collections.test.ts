import assert from 'node:assert/strict';

import { rulesOf } from '../../support/engine.ts';

/** A rule file with one rule; `change` gives keys another value, or adds some. */
function file(change: Readonly<Record<string, string>> = {}): string {
  const keys = { id: 'a', languages: '[python]', severity: 'ERROR', message: 'm', pattern: 'f()', ...change };
  const lines = Object.entries(keys).map(([key, value]) => `    ${key}: ${value}\n`);
  return `rules:\n  -\n${lines.join('')}`;
}

/** Files as public collections have them, all of which load without a word. */
const FILES: Readonly<Record<string, string>> = {
  'metadata of all shapes': file({
    metadata:
      '{cwe: "CWE-1: x", owasp: [A01, "A02:2021 - x"], category: security, technology: [a], likelihood: HIGH, references: "https://x", n: 1, t: 2020-01-01, deep: {a: [1, {b: null}]}, none: }',
  }),
  'empty metadata': file({ metadata: '' }),
  'other names of languages': file({ languages: '[js, ts, py, golang, "c++", jsx, tsx]' }),
  'severity INVENTORY': file({ severity: 'INVENTORY' }),
  'severity EXPERIMENT': file({ severity: 'EXPERIMENT' }),
  'an id with dots': file({ id: 'a.b-c_d.e' }),
  'an id with slashes': file({ id: 'a/b/c' }),
  'an empty fix': file({ fix: '""' }),
  'paths that begin with a slash': file({ paths: '{include: ["/src/**", "src/", "*.py"], exclude: ["./test"]}' }),
  'versions that fit': file({ 'min-version': '1.31.0' }),
  'a document start and end': `---\n${file()}...\n`,
  'comments before the rules': `# a\n${file()}`,
  'line ends of Windows': file({ fix: '|\n      a\n      b' }).replace(/\n/g, '\r\n'),
  'a byte order mark': `\uFEFF${file()}`,
  'a tab behind a key': file().replace('message: m', 'message:\tm'),
  'tabs in a block scalar': file({ pattern: '|\n      if a:\n      \tf()' }),
  'a block scalar with trailing blanks': file({ pattern: '|\n      f()   \n\n\n' }),
  'comments in a pattern': file({ pattern: '|\n      # first\n      f()  # more' }),
  'a folded message': file({ message: '>-\n      a\n      b $X' }),
  'keys beside the rules': `x-common: {a: 1}\n${file()}`,
};

describe('rule files of collections', () => {
  for (const [what, text] of Object.entries(FILES)) {
    it(`load with ${what}`, async () => {
      const { rules, problems } = await rulesOf(text);
      assert.deepEqual(problems, []);
      assert.equal(rules.length, 1);
    });
  }

  it('share parts by anchors', async () => {
    const { rules, problems } = await rulesOf(
      'rules:\n  - {id: a, languages: &l [python], severity: ERROR, message: &m m, patterns: &p [{pattern: f()}]}\n' +
        '  - {id: b, languages: *l, severity: ERROR, message: *m, patterns: *p}\n',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rules.map(({ id }) => id),
      ['a', 'b'],
    );
  });

  it('run for the languages that can be read, and tell the others', async () => {
    const { rules, problems } = await rulesOf(file({ languages: '[ruby, python, php]' }));
    assert.deepEqual(
      rules.map(({ languages }) => languages),
      [['python']],
    );
    assert.deepEqual(
      problems.map(({ severity }) => severity),
      ['information'],
    );
    assert.match(problems[0]?.message ?? '', /`ruby` and `php`/);
  });

  it('load with anchors and merge keys', async () => {
    const { rules, problems } = await rulesOf(`common: &common
  languages: [c]
  severity: ERROR
meta: &meta { cwe: ['CWE-1: A'], why: one }
rules:
  - id: a
    <<: *common
    message: a
    metadata:
      <<: *meta
      why: two
    pattern: &call f($X)
  - id: b
    <<: [*common, { message: b }]
    patterns:
      - pattern: *call
      - metavariable-regex: { metavariable: $X, regex: a }
`);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rules.map(({ id, message, metadata: { cwe, why } }) => [id, message, cwe, why]),
      [
        ['a', 'a', ['CWE-1: A'], 'two'],
        ['b', 'b', [], undefined],
      ],
    );
  });

  it('load beside one whose merge key brings no mapping', async () => {
    const { rules, problems } = await rulesOf(`common: &common [c]
rules:
  - id: a
    <<: *common
    languages: [c]
    severity: ERROR
    message: a
    pattern: f()
  - id: b
    languages: [c]
    severity: ERROR
    message: b
    pattern: f()
`);
    assert.deepEqual(
      rules.map(({ id }) => id),
      ['b'],
    );
    assert.deepEqual(
      problems.map(({ code, message, range }) => [code, message, range?.start.line]),
      [
        ['yaml-merge', '`<<` takes a mapping, an alias of one, or a list of these.', 3],
        ['rule-invalid', 'Rule a does not load: its YAML has a mistake in line 4.', 3],
      ],
    );
  });

  for (const [what, text, message] of [
    ['two rules of one id', `${file()}${file().replace('rules:\n', '')}`, /already defined/],
    ['an option that nobody knows', file({ options: '{foo_bar: true}' }), /`foo_bar` is not a key of `options`/],
    ['a version to come', file({ 'min-version': '9.0.0' }), /passed over/],
    ['a key that a merge brings and nobody knows', file({ '<<': '{a: b}' }), /`a` is not a key of a rule/],
    ['a key of several lines', file({ '? "a\\nb"\n    ': '1' }), /`a b` is not a key of a rule/],
    ['a list for a language', file({ languages: '[[c]]' }), /entry 1 of `languages` must be a text/],
    ['only languages that cannot be read', file({ languages: '[ruby]' }), /`ruby` cannot be read/],
  ] as const) {
    it(`name ${what}`, async () => {
      const { problems } = await rulesOf(text);
      assert.match(problems.map((each) => each.message).join('\n'), message);
    });
  }
});
