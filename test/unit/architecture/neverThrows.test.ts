import assert from 'node:assert/strict';

import fc from 'fast-check';

import { DEFAULT_CONFIG } from '../../../server/src/core/config/projectConfig.ts';
import { readConfig } from '../../../server/src/core/config/readConfig.ts';
import type { Snapshot } from '../../../server/src/core/facts/snapshot.ts';
import { loadRules } from '../../../server/src/core/rules/loadRules.ts';
import { readItemFile } from '../../../server/src/core/trace/itemFile.ts';
import { createWorkspace } from '../../../server/src/core/workspace.ts';
import { loadLanguages } from '../../support/engine.ts';
import { CODE, FILES, textOf, workspace } from './samples.ts';

const YAML = textOf([
  ...[
    'requirements:\n',
    'tests:\n',
    'threats:\n',
    '  - ',
    'id: ',
    'SR-A-1',
    '\n',
    '    title: T\n',
    '&a ',
    '*a',
  ],
  ...[
    '    text: ',
    '    category: logging\n',
    '    derives: [',
    ']',
    '{',
    '}',
    ': ',
    '- ',
    '"',
    '|\n',
    '!!x ',
    '---\n',
  ],
  ...['items: [', 'exclude: ["**"]\n', 'severity: {', 'maxFileBytes: ', '99999999999', '~', '\t', '<<: *a\n'],
]);
const RULE = textOf([
  ...[
    'rules:\n',
    '  - id: a\n',
    '    languages: [c]\n',
    '    severity: ERROR\n',
    '    message: $X\n',
    '    fix: (',
  ],
  ...[
    '    pattern: ',
    '    patterns:\n',
    '      - pattern: ',
    '      - pattern-not: ',
    'f($X)\n',
    '$X\n',
    '...\n',
  ],
  ...[
    '    pattern-regex: ',
    '(a*)*$\n',
    '    tree-sitter: ',
    '(_) @match\n',
    '(((\n',
    '<... $X ...>\n',
    '($T *$X)\n',
  ],
  ...[
    '      - metavariable-regex: {metavariable: $X, regex: a}\n',
    '      - focus-metavariable: $X\n',
    '{ ... }\n',
  ],
]);

const PATTERN = textOf([
  ...[
    'f',
    '(',
    ')',
    '$X',
    '$_',
    '$...X',
    '...',
    ' ',
    ', ',
    ';',
    '{',
    '}',
    '<...',
    '...>',
    '=',
    '->',
    '+',
    '"..."',
  ],
  ...['"=~/a/"', '($T *$X)', 'if (', 'return ', 'struct s', '0x10', '/*', '\n', '$F(', 'free($P);', '[', ']'],
]);
const REGEX = textOf([
  'a',
  '(',
  ')',
  '[',
  ']',
  '*',
  '+',
  '?',
  '{2}',
  '|',
  '\\',
  '(?=',
  '(?i)',
  '^',
  '$',
  '.',
  '(?P<n>',
]);
const QUERY = textOf([
  ...[
    '(',
    ')',
    '_',
    'call_expression',
    'identifier',
    ' @match',
    ' @X',
    'function: ',
    '"',
    '#eq? ',
    '*',
    '?',
    '[',
  ],
  ...[
    '(_) @match',
    '(call_expression function: (_) @F) @match',
    '(#match? @F "a")',
    '(#eq? @F @match)',
    '!name',
  ],
]);

/** A rule that is right but for its operators. */
const OPERATORS = fc
  .record({ pattern: PATTERN, not: PATTERN, inside: PATTERN, regex: REGEX, query: QUERY })
  .map(({ pattern, not, inside, regex, query }) => {
    const text = (each: string): string => JSON.stringify(each);
    const rule = (id: string, operators: string): string =>
      `  - {id: ${id}, languages: [c, cpp], severity: ERROR, message: $X, fix: ${text(not)}, ${operators}}\n`;
    return [
      'rules:\n',
      rule('one', `pattern: ${text(pattern)}`),
      rule('two', `patterns: [{pattern: ${text(pattern)}}, {pattern-not: ${text(not)}}]`),
      rule('three', `patterns: [{pattern: ${text(pattern)}}, {pattern-inside: ${text(inside)}}]`),
      rule(
        'four',
        `patterns: [{pattern: f($X)}, {metavariable-pattern: {metavariable: $X, pattern: ${text(not)}}}]`,
      ),
      rule(
        'five',
        `patterns: [{pattern: f($X)}, {metavariable-regex: {metavariable: $X, regex: ${text(regex)}}}]`,
      ),
      rule('six', `pattern-regex: ${text(regex)}`),
      rule('seven', `tree-sitter: ${text(query)}`),
    ].join('');
  });

/** What Traceward itself did wrong: nothing that a user wrote may lead there. */
function ownFailures(snapshot: Snapshot): string[] {
  return [
    ...snapshot.skipped.filter(({ reason }) => reason === 'failed').map(({ detail }) => detail),
    ...[...snapshot.files.values()]
      .flatMap(({ problems }) => problems)
      .map(({ message }) => message)
      .filter((message) => message.includes('internal error')),
  ];
}

describe('invariant: the core never throws for anything that a user can type', () => {
  it('in source files', async () => {
    const ws = await workspace();
    fc.assert(
      fc.property(CODE, fc.constantFrom('a.c', 'a.h', 'a.cpp'), (text, path) => {
        ws.applyChange({ kind: 'file', path, text });
        const snapshot = ws.snapshot();
        snapshot.report(path);
        assert.deepEqual(ownFailures(snapshot), []);
      }),
      { numRuns: 400 },
    );
  });

  it('in edits of open files, at places that need not exist', async () => {
    const place = fc.record({
      line: fc.integer({ min: -1, max: 9 }),
      column: fc.integer({ min: -1, max: 99 }),
    });
    const edit = fc.record({ range: fc.record({ start: place, end: place }), text: CODE });
    const ws = await workspace();
    fc.assert(
      fc.property(CODE, fc.array(edit, { maxLength: 4 }), (text, edits) => {
        ws.applyChange({ kind: 'open', path: 'a.c', text });
        ws.snapshot();
        for (const each of edits) ws.applyChange({ kind: 'edit', path: 'a.c', edits: [each] });
        const snapshot = ws.snapshot();
        snapshot.report('a.c');
        assert.deepEqual(ownFailures(snapshot), []);
      }),
      { numRuns: 300 },
    );
    ws.dispose();
  });

  it('in item files', async () => {
    const ws = await workspace();
    ws.applyChange({ kind: 'file', path: 'a.c', text: FILES['src/a.c'] ?? '' });
    fc.assert(
      fc.property(YAML, (text) => {
        readItemFile('x.yaml', text);
        ws.applyChange({ kind: 'file', path: 'security/x.yaml', text });
        assert.deepEqual(ownFailures(ws.snapshot()), []);
      }),
      { numRuns: 400 },
    );
  });

  it('in the configuration', () => {
    fc.assert(
      fc.property(YAML, (text) => {
        assert.ok(readConfig('traceward.yaml', text).value.maxFileBytes > 0);
      }),
      { numRuns: 400 },
    );
  });

  it('in the operators of rules', async () => {
    const languages = await loadLanguages();
    let loaded = 0;
    fc.assert(
      fc.property(OPERATORS, CODE, (text, code) => {
        const rules = loadRules([{ path: 'r.yaml', text }], languages);
        loaded += rules.rules.length;
        const ws = createWorkspace({ languages, rules, config: DEFAULT_CONFIG });
        ws.applyChange({ kind: 'file', path: 'a.c', text: `void g(void) { f(a); ${code} }` });
        const snapshot = ws.snapshot();
        snapshot.report('a.c');
        assert.deepEqual(ownFailures(snapshot), []);
      }),
      { numRuns: 150 },
    );
    assert.ok(loaded > 300, 'most of the rules are rules');
  });

  it('in rules', async () => {
    const languages = await loadLanguages();
    fc.assert(
      fc.property(RULE, CODE, (rule, text) => {
        const rules = loadRules([{ path: 'r.yaml', text: rule }], languages);
        const ws = createWorkspace({ languages, rules, config: DEFAULT_CONFIG });
        ws.applyChange({ kind: 'file', path: 'a.c', text });
        const snapshot = ws.snapshot();
        snapshot.report('a.c');
        assert.deepEqual(ownFailures(snapshot), []);
      }),
      { numRuns: 400 },
    );
  });
});

describe('invariant: code that is nested without end costs little', () => {
  const SHAPES: readonly [title: string, open: string, close: string][] = [
    ['calls', 'f(', ')'],
    ['calls over lines', 'f(\n', ')'],
    ['sums', '(1 + ', ')'],
    ['blocks', '{', '}'],
    ['ifs', 'if (x) {', '}'],
  ];
  const NESTED = `rules:
  - {id: call, languages: [c], severity: INFO, message: $X, pattern: f($X), fix: g($X)}
  - {id: twice, languages: [c], severity: INFO, message: $X, pattern: f(f($X))}
  - {id: sum, languages: [c], severity: INFO, message: $A, pattern: $A + $B}
  - {id: run, languages: [c], severity: INFO, message: m, pattern: a(); ... b();}
  - {id: inside, languages: [c], severity: INFO, message: m, patterns: [{pattern: b()}, {pattern-inside: "if (x) { ... }"}]}
`;

  for (const [title, open, close] of SHAPES) {
    it(`in ${title}`, async () => {
      const ws = await workspace(loadRules([{ path: 'r.yaml', text: NESTED }], await loadLanguages()));
      const depth = 20_000;
      const nested = open.repeat(depth) + (close === ')' ? '1' : 'b();') + close.repeat(depth);
      const text = `void g(void) { a(); ${close === ')' ? `y = ${nested};` : nested} }\nvoid h(void) { f(1); }`;
      ws.applyChange({ kind: 'file', path: 'a.c', text });
      const snapshot = ws.snapshot();
      assert.deepEqual(ownFailures(snapshot), []);
      const report = snapshot.report('a.c');
      assert.ok(report?.findings.some(({ ruleId, range }) => ruleId === 'call' && range.start.line > 0));
    });
  }
});
