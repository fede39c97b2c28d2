import assert from 'node:assert/strict';

import { removeWorkspace, RULES, traceward, workspace } from './cli.ts';

afterEach(removeWorkspace);

describe('traceward rules list', () => {
  it('lists the built-in rules', async () => {
    const { code, out } = await traceward(['rules', 'list']);
    assert.equal(code, 0);
    assert.match(out, /^rule +severity +languages +weakness\n/);
    assert.match(out, /^unbounded-string-copy +error +c, cpp +CWE-120/m);
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

  it('is wrong usage for a path without rules, or without anything', async () => {
    workspace({ 'r/copy.c': GOOD });
    assert.equal((await traceward(['rules', 'test', 'r'])).code, 2);
    const gone = await traceward(['rules', 'test', 'gone']);
    assert.deepEqual([gone.code, gone.err], [2, 'error: There is no rule file or folder gone.\n']);
  });
});
