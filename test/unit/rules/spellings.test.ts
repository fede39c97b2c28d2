import assert from 'node:assert/strict';

import { fileWith, formulaOf, load, rule } from './reading.ts';

/** Each case: what it shows, the classic spelling, and one or more others of the same meaning. */
const PAIRS: readonly [title: string, ...spellings: [string, string, ...string[]]][] = [
  ['a pattern', 'pattern: f($X)', 'match: f($X)', 'match: {pattern: f($X)}'],
  ['a regular expression', 'pattern-regex: a(b)', 'match: {regex: a(b)}'],
  ['alternatives', 'pattern-either: [{pattern: f()}, {pattern-regex: g}]', 'match: {any: ["f()", {regex: g}]}'],
  ['a conjunction', 'patterns: [{pattern: f($X)}, {pattern: "$X"}]', 'match: {all: ["f($X)", "$X"]}'],
  [
    'inside',
    'patterns: [{pattern: f()}, {pattern-inside: "def $F(): ..."}]',
    'match: {all: ["f()", {inside: "def $F(): ..."}]}',
  ],
  [
    'inside of a formula',
    'patterns: [{pattern: f()}, {pattern-inside: {pattern-either: [{pattern: a}, {pattern: b}]}}]',
    'match: {all: [f(), {inside: {any: [a, b]}}]}',
    'patterns: [{pattern: f()}, {pattern-either: [{pattern-inside: a}, {pattern-inside: b}]}]',
  ],
  [
    'not',
    'patterns: [{pattern: f($X)}, {pattern-not: f(1)}]',
    'match: {all: ["f($X)", {not: f(1)}]}',
    'match: {all: ["f($X)", {not: {pattern: f(1)}}]}',
  ],
  [
    'not inside',
    'patterns: [{pattern: f()}, {pattern-not-inside: "g(...)"}]',
    'match: {all: [f(), {not: {inside: "g(...)"}}]}',
    'patterns: [{pattern: f()}, {pattern-not: {pattern-inside: "g(...)"}}]',
  ],
  [
    'not a regular expression',
    'patterns: [{pattern: f()}, {pattern-not-regex: g}]',
    'match: {all: [f(), {not: {regex: g}}]}',
    'patterns: [{pattern: f()}, {pattern-not: {pattern-regex: g}}]',
  ],
  [
    'not one of several',
    'patterns: [{pattern: f()}, {pattern-not: a}, {pattern-not-regex: b}, {pattern-not-inside: c}]',
    'match: {all: [f(), {not: {any: [a, {regex: b}, {inside: c}]}}]}',
  ],
  [
    'not anywhere',
    'patterns: [{pattern: f()}, {not: {anywhere: g()}}]',
    'match: {all: [f(), {not: {anywhere: {pattern: g()}}}]}',
  ],
  [
    'a regular expression on a metavariable',
    'patterns: [{pattern: f($X)}, {metavariable-regex: {metavariable: $X, regex: a, constant-propagation: true}}]',
    'match: {pattern: f($X), where: [{metavariable: $X, regex: a, constant-propagation: true}]}',
    'match: {all: ["f($X)"], where: [{metavariable: $X, regex: a, constant-propagation: true}]}',
  ],
  [
    'a pattern on a metavariable',
    'patterns: [{pattern: f($X)}, {metavariable-pattern: {metavariable: $X, language: js, patterns: [{pattern: a}, {pattern-not: b}]}}]',
    'match: {pattern: f($X), where: [{metavariable: $X, language: javascript, all: [a, {not: b}]}]}',
  ],
  [
    'a comparison',
    'patterns: [{pattern: f($X)}, {metavariable-comparison: {metavariable: $X, comparison: $X > 7, base: 8, strip: true}}]',
    'match: {pattern: f($X), where: [{comparison: $X > 7, metavariable: $X, base: 8, strip: true}]}',
  ],
  [
    'a type',
    'patterns: [{pattern: f($X)}, {metavariable-type: {metavariable: $X, types: [int, "char *"]}}]',
    'match: {pattern: f($X), where: [{metavariable: $X, types: [int, "char *"]}]}',
  ],
  [
    'one type',
    'patterns: [{pattern: f($X)}, {metavariable-type: {metavariable: $X, type: int}}]',
    'match: {pattern: f($X), where: [{metavariable: $X, type: int}]}',
    'match: {pattern: f($X), where: [{metavariable: $X, types: [int]}]}',
  ],
  [
    'an analysis',
    'patterns: [{pattern: f($X)}, {metavariable-analysis: {metavariable: $X, analyzer: redos}}]',
    'match: {pattern: f($X), where: [{metavariable: $X, analyzer: redos}]}',
  ],
  [
    'the focus',
    'patterns: [{pattern: "f($X, $Y)"}, {focus-metavariable: $X}, {focus-metavariable: [$X, $Y]}]',
    'match: {pattern: "f($X, $Y)", where: [{focus: $X}, {focus: [$X, $Y]}]}',
    'match: {pattern: "f($X, $Y)", where: [{focus-metavariable: $X}], focus: [$X, $Y]}',
  ],
  [
    'conditions and focus of a part',
    `patterns:
  - pattern-inside: g(...)
  - pattern-either:
      - patterns:
          - pattern: f($X)
          - metavariable-regex: {metavariable: $X, regex: a}
          - focus-metavariable: $X
      - pattern: h()`,
    `match:
  all:
    - inside: g(...)
    - any:
        - pattern: f($X)
          where: [{metavariable: $X, regex: a}, {focus: $X}]
        - h()`,
  ],
  [
    'a taint rule',
    `mode: taint
pattern-sources:
  - pattern: recv($S)
    by-side-effect: only
    exact: true
    control: true
    label: NET
    requires: A and not (B or C)
pattern-sinks:
  - patterns: [{pattern: sink($X)}, {focus-metavariable: $X}]
    requires: NET
    at-exit: true
pattern-sanitizers: [{pattern: clamp($X), exact: true, by-side-effect: true, not-conflicting: true}]
pattern-propagators:
  - {pattern: "copy($TO, $FROM)", from: $FROM, to: $TO, by-side-effect: false, label: L, replace-labels: [NET], requires: NET}`,
    `taint:
  sources: [{pattern: recv($S), by-side-effect: only, exact: true, control: true, label: NET, requires: A and not (B or C)}]
  sinks:
    - pattern: sink($X)
      where: [{focus: $X}]
      requires: NET
      at-exit: true
  sanitizers: [{pattern: clamp($X), exact: true, by-side-effect: true, not-conflicting: true}]
  propagators:
    - {pattern: "copy($TO, $FROM)", from: $FROM, to: $TO, by-side-effect: false, label: L, replace-labels: [NET], requires: NET}`,
  ],
  [
    'a taint rule of plain patterns',
    'mode: taint\npattern-sources: [{pattern: a()}]\npattern-sinks: [{pattern: "b(...)"}]',
    'mode: taint\ntaint: {sources: [a()], sinks: ["b(...)"]}',
  ],
];

describe('both spellings say the same:', () => {
  for (const [title, classic, ...others] of PAIRS) {
    it(title, () => {
      const expected = formulaOf(classic);
      for (const other of others) assert.deepEqual(formulaOf(other), expected, other);
    });
  }
});

const clause = (role: string, text: string) => ({ role, formula: { op: 'pattern', text } });
const all = (...clauses: unknown[]) => ({ op: 'all', clauses, conditions: [], focus: [] });

describe('a formula', () => {
  it('keeps the order of its clauses and their roles', () => {
    assert.deepEqual(
      formulaOf(`patterns:
  - pattern-not: a
  - pattern: b
  - pattern-inside: c
  - pattern-not-inside: d
  - not: {anywhere: e}`),
      all(clause('not', 'a'), clause('match', 'b'), clause('inside', 'c'), clause('not-inside', 'd'), clause('not-anywhere', 'e')),
    );
  });

  it('takes alternatives of which some are insides', () => {
    assert.deepEqual(formulaOf('patterns: [{pattern: a}, {pattern-either: [{pattern-inside: b}, {pattern: c}]}]'), {
      ...all(clause('match', 'a'), {
        role: 'match',
        formula: {
          op: 'any',
          of: [
            { op: 'inside', of: { op: 'pattern', text: 'b' } },
            { op: 'pattern', text: 'c' },
          ],
        },
      }),
    });
  });

  it('of insides alone only narrows, however deep it stands', () => {
    const nested = formulaOf(`patterns:
  - pattern: a
  - pattern-either:
      - patterns: [{pattern-inside: b}, {pattern-not-inside: c}]
      - pattern-inside: d`);
    const expected = {
      op: 'any',
      of: [all(clause('inside', 'b'), clause('not-inside', 'c')), { op: 'pattern', text: 'd' }],
    };
    assert.deepEqual(nested, all(clause('match', 'a'), { role: 'inside', formula: expected }));
  });

  it('that stands alone has no inside to narrow', () => {
    assert.deepEqual(formulaOf('pattern-either: [{pattern-inside: a}, {pattern: b}]'), {
      op: 'any',
      of: [
        { op: 'pattern', text: 'a' },
        { op: 'pattern', text: 'b' },
      ],
    });
  });

  it('may be negative alone below metavariable-pattern', () => {
    const formula = formulaOf(
      'patterns: [{pattern: f($X)}, {metavariable-pattern: {metavariable: $X, patterns: [{pattern-not: "1"}]}}]',
    ) as { conditions: { formula: unknown }[] };
    assert.deepEqual(formula.conditions[0]?.formula, all(clause('not', '1')));
  });

  it('takes patterns as they are written, whatever YAML makes of them', () => {
    for (const text of ['1', '0x10', '1.50', 'true', 'null', '-7']) {
      assert.deepEqual(formulaOf(`pattern: ${text}`), { op: 'pattern', text });
    }
  });

  it('takes metavariables of groups and of runs in conditions', () => {
    const formula = formulaOf(`patterns:
  - pattern-regex: (a+)(b+)
  - metavariable-regex: {metavariable: $1, regex: aa}
  - metavariable-regex: {metavariable: $...ARGS, regex: aa}`) as { conditions: { metavariable: string }[] };
    assert.deepEqual(
      formula.conditions.map(({ metavariable }) => metavariable),
      ['$1', '$...ARGS'],
    );
  });
});

describe('a rule', () => {
  it('has the defaults of its options but for those that it sets', () => {
    const { options } = rule(
      'pattern: f()\noptions: {symmetric_eq: true, generic_ellipsis_max_span: 3, generic_braces: [["<", ">"]], taint_focus_on: source}',
    );
    assert.deepEqual(
      [options.symmetric_eq, options.ac_matching, options.generic_ellipsis_max_span, options.generic_braces, options.taint_focus_on],
      [true, true, 3, [['<', '>']], 'source'],
    );
  });

  it('has a fix, which may be empty, or a fix-regex', () => {
    assert.equal(rule('pattern: f()\nfix: ""').fix, '');
    assert.equal(rule('pattern: f()\nfix: |\n  g()\n  h()').fix, 'g()\nh()');
    assert.deepEqual(rule('pattern: f()\nfix-regex: {regex: (a)b, replacement: "\\\\1", count: 2}').fixRegex, {
      regex: '(a)b',
      replacement: '\\1',
      count: 2,
    });
  });

  it('for typescript runs on tsx too, and other names of a language are its own', () => {
    assert.deepEqual(rule('pattern: f()', '[ts, python3, golang, C++]').languages, ['typescript', 'tsx', 'python', 'go', 'cpp']);
  });

  it('keeps the metadata that is shown, and loads with any other', () => {
    const { metadata } = rule(`pattern: f()
metadata:
  cwe: 'CWE-79: x'
  references: [a, 7, '']
  technology: {deep: [1, 2]}
  category: security
  confidence: HIGH`);
    assert.deepEqual([metadata.cwe, metadata.references, metadata.confidence], [['CWE-79: x'], ['a', '7'], 'HIGH']);
  });

  it('has severities of both scales', () => {
    const words = ['CRITICAL', 'HIGH', 'ERROR', 'MEDIUM', 'WARNING', 'LOW', 'INFO', 'INVENTORY', 'experiment'];
    assert.deepEqual(
      words.map((word) => load(fileWith('pattern: f()').replace('ERROR', word)).rules[0]?.severity),
      ['error', 'error', 'error', 'warning', 'warning', 'info', 'info', 'info', 'info'],
    );
  });
});
