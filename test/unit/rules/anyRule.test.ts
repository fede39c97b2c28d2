import assert from 'node:assert/strict';
import fc from 'fast-check';

import { load } from './reading.ts';

const RULES = `rules:
  - id: r
    languages: [c, python]
    severity: ERROR
    message: m
    patterns:
      - pattern: f($X)
      - pattern-either:
          - pattern-inside: g(...)
          - patterns: [{pattern: $X}, {pattern-not: 1}]
      - pattern-not-regex: a+
      - metavariable-regex: {metavariable: $X, regex: a}
      - metavariable-pattern: {metavariable: $X, language: c, any: [a, b]}
      - metavariable-comparison: {comparison: $X > 1, base: 10, strip: true}
      - metavariable-type: {metavariable: $X, types: [int]}
      - metavariable-analysis: {metavariable: $X, analyzer: entropy}
      - focus-metavariable: [$X]
    options: {ac_matching: true, generic_braces: [["(", ")"]]}
    fix-regex: {regex: a, replacement: b, count: 1}
    paths: {include: [a], exclude: ["*.c"]}
    min-version: 1.0.0
    metadata: {cwe: [CWE-1], references: a}
  - id: s
    languages: [c]
    severity: LOW
    message: m
    taint:
      sources: [{pattern: a($X), label: A, by-side-effect: only, where: [{metavariable: $X, regex: b}, {focus: $X}]}]
      sinks: [{all: [b, {not: {anywhere: c}}], requires: A and not B}, "b(...)"]
      sanitizers: [{all: [c, {not: {inside: d}}], exact: true}]
      propagators: [{pattern: "p($A, $B)", from: $A, to: $B, label: B, requires: A}]
`;

const WORDS = [
  ...['pattern', 'patterns', 'pattern-either', 'pattern-not', 'where', 'not', 'inside', 'anywhere', 'any', 'all', 'regex', 'focus'],
  ...['metavariable', 'comparison', '$X', '$_', '$1', '...', '1', '-1', '1e400', 'true', 'null', '~', '""', '(', '{}', '[]', '[a]'],
  ...['{a: b}', '&a', '*a', '!!map', '<<', '__proto__', 'constructor', '- ', ': ', '\n', '    ', '#', '|', '>', "'", '"', '\u0000', '\uD800'],
];

/** A stretch of the rules that is taken out, and what stands there instead. */
const CHANGE = fc.record({
  at: fc.integer({ min: 7, max: RULES.length }),
  length: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 })),
  text: fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 6 })),
});
/** A value in one line that becomes something else: the rest stays the YAML that it was. */
const VALUE = fc.record({ line: fc.integer({ min: 1, max: RULES.split('\n').length - 2 }), text: fc.constantFrom(...WORDS) });

function without(text: string, { at, length, text: instead }: { at: number; length: number; text: string }): string {
  return text.slice(0, at) + instead + text.slice(at + length);
}

function withValue(text: string, { line, text: instead }: { line: number; text: string }): string {
  const lines = text.split('\n');
  lines[line] = (lines[line] ?? '').replace(/:.*$/, `: ${instead}`);
  return lines.join('\n');
}

/** Every entry of `rules` is a rule or is named; nothing is lost without a word. */
function accountsForAll(text: string): void {
  const { rules, problems } = load(text);
  assert.ok(rules.length === 2 || problems.length > 0, text);
  for (const { message, path, range } of problems) {
    assert.ok(message.length > 10 && path === 'rules.yaml' && range !== undefined, message);
  }
  for (const { id } of rules) {
    assert.ok(!problems.some(({ message }) => message.startsWith(`Rule ${id} does not load`)), text);
  }
}

describe('any change of a rule file', () => {
  it('begins with rules that load', () => {
    const { rules, problems } = load(RULES);
    assert.equal(rules.length, 2);
    assert.deepEqual(problems, []);
  });

  it('of characters leaves rules and problems, and never throws', () => {
    fc.assert(
      fc.property(fc.array(CHANGE, { minLength: 1, maxLength: 3 }), (changes) => {
        accountsForAll(changes.reduce(without, RULES));
      }),
      { numRuns: 500 },
    );
  });

  it('of values does too', () => {
    fc.assert(
      fc.property(fc.array(VALUE, { minLength: 1, maxLength: 2 }), (changes) => {
        accountsForAll(changes.reduce(withValue, RULES));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a rule file without measure', () => {
  const started = (): number => performance.now();

  it('of 5 MB is refused with a message', () => {
    const from = started();
    const { rules, problems } = load(`rules:\n${'  - {id: a, languages: [c], severity: INFO, message: m, pattern: f()}\n'.repeat(75_000)}`);
    assert.deepEqual([rules.length, problems.map(({ code }) => code)], [0, ['yaml-too-large']]);
    assert.ok(started() - from < 1_000);
  });

  it('of 100,000 levels is refused with a message', () => {
    const from = started();
    for (const [open, close] of [
      ['[', ']'],
      ['{not: ', '}'],
    ] as const) {
      const text = `rules:\n  - id: a\n    match: ${open.repeat(100_000)}a${close.repeat(100_000)}\n`;
      const { rules, problems } = load(text);
      assert.deepEqual([rules.length, problems.map(({ code }) => code)], [0, ['yaml-too-deep']]);
    }
    assert.ok(started() - from < 3_000);
  });

  it('of nested operators as deep as YAML may be is read', () => {
    const { rules } = load(
      `rules:\n  - id: a\n    languages: [c]\n    severity: INFO\n    message: m\n    match: ${'{any: ['.repeat(40)}a${']}'.repeat(40)}\n`,
    );
    assert.equal(rules.length, 1);
  });

  it('with thousands of wrong keys says so a bounded number of times', () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => `    key-${index}: 1\n`).join('');
    const { problems } = load(`rules:\n  - id: a\n${keys}`);
    assert.ok(problems.length > 0 && problems.length <= 60);
  });
});
