import assert from 'node:assert/strict';

import { removeWorkspace, RULES, traceward, workspace } from './cli.ts';

afterEach(removeWorkspace);

describe('traceward rules list', () => {
  it('lists the built-in rules', async () => {
    const { code, out } = await traceward(['rules', 'list']);
    assert.equal(code, 0);
    assert.match(out, /^rule +severity +languages +weakness\n/);
    assert.match(out, /^unbounded-string-copy +warning +c, cpp +CWE-120/m);
  });

  it('lists others as JSON', async () => {
    workspace({ 'r/rules.yaml': RULES });
    const { out } = await traceward(['rules', 'list', '--rules', 'r', '--format', 'json']);
    assert.deepEqual(
      (JSON.parse(out) as { id: string; file: string }[]).map(({ id, file }) => [id, file]),
      [
        ['note-only', 'r/rules.yaml'],
        ['string-copy', 'r/rules.yaml'],
        ['weak-random', 'r/rules.yaml'],
      ],
    );
  });
});

describe('traceward rules explain', () => {
  it('tells what, why and what instead', async () => {
    const { code, out } = await traceward(['rules', 'explain', 'unbounded-string-copy']);
    assert.equal(code, 0);
    for (const part of [
      'CWE-120',
      'STR31-C',
      'What it finds',
      'Why it matters',
      'What to write instead',
      '      int needed',
    ]) {
      assert.ok(out.includes(part), part);
    }
    assert.doesNotMatch(out, /```/);
  });

  it('keeps to the width of the terminal', async () => {
    const { out } = await traceward(['rules', 'explain', 'unbounded-string-copy'], { columns: 60 });
    const prose = out.split('\n').filter((line) => /^ {2}[A-Z]/.test(line) && !line.includes('CWE'));
    assert.ok(prose.length > 3 && prose.every((line) => line.length <= 60));
  });

  it('says what a rule looks for, and how it repairs it', async () => {
    workspace({
      'x.yaml': `rules:
  - id: sample
    languages: [c]
    severity: ERROR
    message: m
    paths: {exclude: [test/**]}
    patterns:
      - pattern-either:
          - pattern: strcpy($A, $B)
          - pattern-regex: gets
      - pattern-not-inside: |
          if (x) {
            ...
          }
      - metavariable-regex: {metavariable: $A, regex: key}
      - focus-metavariable: $A
    fix: safe($A)
`,
    });
    const { out } = await traceward(['rules', 'explain', 'x.yaml']);
    assert.ok(
      out.includes(`What it looks for
  all of
    - any of
        - code like  strcpy($A, $B)
        - text that matches  gets
    - but not inside code like
          if (x) {
            ...
          }
    - where $A begins with a match of  key
    - reported: $A

Where it looks
  not in test/**

Fix
  safe($A)
`),
      out,
    );
  });

  it('suggests the nearest id for a wrong one', async () => {
    workspace({ 'rules.yaml': RULES });
    const { code, err } = await traceward(['rules', 'explain', 'string-cpy', '--rules', 'rules.yaml']);
    assert.deepEqual([code, err], [2, 'error: There is no rule string-cpy. Did you mean string-copy?\n']);
  });
});

describe('traceward rules test', () => {
  const RULE = 'rules:\n  - {id: copy, languages: [c], severity: ERROR, message: m, pattern: strcpy(...)}\n';
  const GOOD =
    'void f(char *a, char *b) {\n  // ruleid: copy\n  strcpy(a, b);\n  // ok: copy\n  g(a, b);\n}\n';

  it('passes when the code is annotated as the rule reports', async () => {
    workspace({ 'r/copy.yaml': RULE, 'r/copy.c': GOOD });
    const { code, out } = await traceward(['rules', 'test', 'r']);
    assert.equal(code, 0);
    assert.equal(out, 'pass  copy  r/copy.c\n\n1 test: 1 passed, 0 failed\n');
  });

  it('takes one rule file', async () => {
    workspace({ 'r/copy.yaml': RULE, 'r/copy.c': GOOD, 'r/other.yaml': RULE.replace('copy', 'other') });
    const { code, out } = await traceward(['rules', 'test', 'r/copy.yaml']);
    assert.equal(code, 0);
    assert.match(out, /^1 test: 1 passed/m);
  });

  it('fails with the line where it is not', async () => {
    workspace({
      'r/copy.yaml': RULE,
      'r/copy.c': GOOD.replace('// ruleid: copy\n  strcpy', '// ok: copy\n  strcpy'),
    });
    const { code, out } = await traceward(['rules', 'test', 'r']);
    assert.equal(code, 1);
    assert.match(out, /^FAIL {2}copy {2}r\/copy\.c\n +r\/copy\.c:3 /);
    assert.match(out, /1 test: 0 passed, 1 failed/);
  });

  it('names rules without a test', async () => {
    workspace({ 'r/copy.yaml': RULE, 'r/copy.c': GOOD, 'r/bare.yaml': RULE.replace('copy', 'bare') });
    const { code, out } = await traceward(['rules', 'test', 'r']);
    assert.equal(code, 0);
    assert.match(out, /none {2}bare {2}no test file beside r\/bare\.yaml/);
  });

  it('fails for a rule that does not load, and runs the others', async () => {
    workspace({ 'r/copy.yaml': RULE, 'r/copy.c': GOOD, 'r/bad.yaml': RULE.replace('pattern', 'pattrn') });
    const { code, out, err } = await traceward(['rules', 'test', 'r']);
    assert.equal(code, 1);
    assert.match(out, /^pass {2}copy/);
    assert.match(err, /^r\/bad\.yaml:2:\d+: error: /);
  });

  it('takes several paths, and finds tests beside the rule only', async () => {
    workspace({
      'a/copy.yaml': RULE,
      'a/copy.test.c': GOOD,
      'b/copy.yaml': RULE,
      'b/copy.c': GOOD,
      'c/copy.c': 'x',
    });
    const { code, out } = await traceward(['rules', 'test', 'a', 'b/copy.yaml']);
    assert.equal(code, 0);
    assert.match(
      out,
      /^pass {2}copy {2}a\/copy\.test\.c\npass {2}copy {2}b\/copy\.c\n\n2 tests: 2 passed, 0 failed\n$/,
    );
  });

  it('compares what the fixes make with the .fixed file', async () => {
    const rule = RULE.replace('}', ', fix: copy()}');
    workspace({
      'r/copy.yaml': rule,
      'r/copy.c': GOOD,
      'r/copy.fixed.c': GOOD.replace('strcpy(a, b)', 'copy()'),
    });
    const good = await traceward(['rules', 'test', 'r']);
    assert.deepEqual(
      [good.code, good.out],
      [0, 'pass  copy  r/copy.c\npass  copy  r/copy.fixed.c\n\n2 tests: 2 passed, 0 failed\n'],
    );
    workspace({ 'r/copy.fixed.c': GOOD });
    const bad = await traceward(['rules', 'test', 'r']);
    assert.equal(bad.code, 1);
    assert.match(
      bad.out,
      /\n {6}r\/copy\.fixed\.c:3 The fixes make this line ` {2}copy\(\);`; this file says ` {2}strcpy\(a, b\);`\.\n/,
    );
  });

  it('counts what is known to be wrong', async () => {
    workspace({ 'r/copy.yaml': RULE, 'r/copy.c': GOOD.replace('ok: copy', 'todoruleid: copy') });
    assert.match((await traceward(['rules', 'test', 'r'])).out, /; 1 line known to be wrong\n$/);
  });

  it('tells programs', async () => {
    workspace({ 'r/copy.yaml': RULE, 'r/copy.c': GOOD, 'r/bare.yaml': RULE.replace('copy', 'bare') });
    const { out } = await traceward(['rules', 'test', 'r', '--json']);
    const { summary, results, withoutTest } = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual(summary, { rules: 2, tests: 1, passed: 1, failed: 0, withoutTest: 1, known: 0 });
    assert.deepEqual(results, [
      {
        ruleId: 'copy',
        kind: 'findings',
        passed: true,
        ruleFile: 'r/copy.yaml',
        testFile: 'r/copy.c',
        failures: [],
        known: 0,
      },
    ]);
    assert.deepEqual(withoutTest, [{ ruleId: 'bare', ruleFile: 'r/bare.yaml' }]);
  });

  it('does not take x.test.yaml beside x.yaml for rules', async () => {
    workspace({ 'r/copy.yaml': RULE, 'r/copy.c': GOOD, 'r/copy.test.yaml': 'rules:\n  - nonsense\n' });
    assert.equal((await traceward(['rules', 'test', 'r'])).code, 0);
  });

  it('is wrong usage for a path without rules, or without anything', async () => {
    workspace({ 'r/copy.c': GOOD });
    assert.equal((await traceward(['rules', 'test', 'r'])).code, 2);
    const gone = await traceward(['rules', 'test', 'gone']);
    assert.deepEqual([gone.code, gone.err], [2, 'error: There is no rule file or folder gone.\n']);
  });
});

describe('traceward rules validate', () => {
  const GOOD =
    'rules:\n  - {id: copy, languages: [c, cpp], severity: ERROR, message: m, pattern: strcpy(...)}\n';

  it('loads and compiles every rule and counts them', async () => {
    workspace({ 'r/a.yaml': GOOD, 'r/b.yaml': GOOD.replace('copy', 'other') });
    assert.deepEqual(await traceward(['rules', 'validate', 'r']), {
      code: 0,
      out: '2 rules valid, 0 refused\n',
      err: '',
    });
  });

  it('names each problem with its place', async () => {
    workspace({
      'r/a.yaml': `${GOOD}  - id: typo\n    languages: [c]\n    severity: ERROR\n    message: m\n    pattrn: x\n`,
      'r/b.yaml': GOOD.replace('strcpy(...)', "'strcpy(('").replace('copy', 'broken'),
    });
    const { code, out } = await traceward(['rules', 'validate', 'r']);
    assert.equal(code, 1);
    assert.match(out, /^r\/a\.yaml:7:5: error: .*pattrn/m);
    assert.match(out, /^r\/b\.yaml:2:\d+: error: Rule broken does not run on C: /m);
    assert.match(out, /^r\/b\.yaml:2:\d+: error: Rule broken does not run on C\+\+: /m);
    assert.match(out, /\n1 rule valid, 2 refused\n$/);
  });

  it('tells programs', async () => {
    workspace({ 'a.yaml': GOOD, 'b.yaml': 'rules:\n  - {id: x}\n' });
    const { code, out } = await traceward(['rules', 'validate', 'a.yaml', 'b.yaml', '--json']);
    const { valid, refused, files, problems } = JSON.parse(out) as {
      valid: number;
      refused: number;
      files: number;
      problems: { file: string; line: number }[];
    };
    assert.deepEqual([code, valid, refused, files], [1, 1, 1, 2]);
    assert.ok(problems.length > 0 && problems.every(({ file, line }) => file === 'b.yaml' && line === 2));
  });

  it('is wrong usage where there is no rule', async () => {
    workspace({ 'a.yaml': 'x: 1\n' });
    const { code, err } = await traceward(['rules', 'validate', 'a.yaml']);
    assert.deepEqual(
      [code, err],
      [2, 'error: There is no rule in a.yaml: a rule file has a list `rules`.\n'],
    );
  });
});
