import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import type { Host } from '../../server/src/host/host.ts';
import { nodeHost } from '../../server/src/host/nodeHost.ts';
import {
  CLEAN_C,
  ERROR_C,
  foundIn,
  project,
  removeWorkspace,
  RULES,
  scan,
  scanJson,
  traceward,
  workspace,
} from './cli.ts';

afterEach(removeWorkspace);

/** Scans, and checks that the good file beside the bad one was analysed as ever. */
async function scanBeside(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ err: string; json: ReturnType<typeof scanJson> }> {
  project({ 'good.c': ERROR_C, ...files });
  const text = await scan();
  assert.equal(text.code, 1);
  const outcome = await scan('--format', 'json');
  assert.ok(foundIn(outcome).includes('good.c:2 string-copy'), 'the rest goes on');
  return { err: text.err, json: scanJson(outcome) };
}

describe('a source file that is', () => {
  it('binary is named as not analysed', async () => {
    const { err, json } = await scanBeside({ 'bad.c': Uint8Array.of(0x7f, 0x45, 0, 1) });
    assert.equal(err, 'bad.c: warning: Not analysed: the file has NUL bytes, so it is not text. [binary]\n');
    assert.deepEqual(
      json.skipped.map(({ file, reason, bytes }) => [file, reason, bytes]),
      [['bad.c', 'binary', 4]],
    );
  });

  it('10 MB large is named as not analysed, or analysed when the configuration allows it', async () => {
    const { err } = await scanBeside({ 'bad.c': `/*${'x'.repeat(10_000_000)}*/\n` });
    assert.match(
      err,
      /^bad\.c: warning: Not analysed: the file has 10000005 bytes, more than maxFileBytes \(3000000\) allows/,
    );
    workspace({ 'traceward.yaml': 'maxFileBytes: 20000000\n' });
    assert.equal((await scan()).err, '');
  });

  it('a link to nothing is named', async () => {
    symlinkSync('nothing.c', join(project({}), 'bad.c'));
    const { err } = await scanBeside({});
    assert.equal(err, 'bad.c: warning: Not analysed: no such file, or a link to nothing. [unreadable]\n');
  });

  it('a link out of the workspace is not followed', async () => {
    symlinkSync('/etc/hostname', join(project({}), 'bad.c'));
    const { err } = await scanBeside({});
    assert.match(err, /^bad\.c: warning: Not analysed: the link leads out of the folder/);
  });

  it('a pipe is named, and nobody waits for it', async () => {
    execFileSync('mkfifo', [join(project({}), 'bad.c')]);
    const { err } = await scanBeside({});
    assert.match(err, /^bad\.c: warning: Not analysed: not a file but a device, pipe or socket/);
  });

  it('empty is analysed', async () => {
    const { err, json } = await scanBeside({ 'bad.c': '' });
    assert.equal(err, '');
    assert.equal(json.summary.files, 2);
  });

  it('not UTF-8 is analysed all the same, and it is said', async () => {
    const bytes = Buffer.from('/* gr\xf6\xdfe */ void f(char *a, char *b) { strcpy(a, b); }\n', 'latin1');
    const { err, json } = await scanBeside({ 'bad.c': bytes });
    assert.match(err, /^bad\.c:1:6: note: This file is not valid UTF-8; it was read as windows-1252/);
    assert.ok(json.findings.some(({ file, column }) => file === 'bad.c' && column === 40));
    assert.deepEqual(
      json.problems.map(({ code, file, line }) => [code, file, line]),
      [['encoding', 'bad.c', 1]],
    );
  });

  it('nested very deeply is dealt with in good time', async () => {
    const depth = 50_000;
    const start = Date.now();
    const { json } = await scanBeside({
      'braces.c': `void f(void) ${'{'.repeat(depth)}`,
      'parens.c': `int x = ${'('.repeat(depth)}1${')'.repeat(depth)};\n`,
    });
    assert.ok(Date.now() - start < 25_000, `${Date.now() - start} ms`);
    assert.equal(json.files.length + json.skipped.length, 3);
  });

  it('nothing but comments, tags, suppressions or calls in calls is dealt with in good time', async () => {
    const start = Date.now();
    const { json } = await scanBeside({
      'calls.c': `void f(void) { ${'g('.repeat(20_000)}${')'.repeat(20_000)}; }\n`,
      'comments.c': '//\n'.repeat(100_000),
      'suppressions.c': '// traceward-ignore: string-copy -- why\n'.repeat(5_000),
      'tags.c': `/* ${'[SR-A-1] '.repeat(5_000)}*/\nvoid f(void) {}\n`,
    });
    assert.ok(Date.now() - start < 25_000, `${Date.now() - start} ms`);
    assert.equal(json.files.length, 5);
  });

  it('full of code that is no C says how much was not parsed', async () => {
    const { json } = await scanBeside({ 'bad.c': 'int x = ) ] } else ((( rand ;\n'.repeat(50) });
    const bad = json.files.find(({ file }) => file === 'bad.c');
    assert.ok(bad !== undefined && bad.bytesNotParsed > 0 && bad.bytesNotParsed <= bad.bytes);
    assert.match((await scan()).out, /not analysed +0 +[\d.]+ % of the bytes could not be parsed/);
  });
});

describe('a rule that is wrong', () => {
  it('is named with its line, and the others run', async () => {
    project({ 'a.c': ERROR_C, 'rules.yaml': RULES.replace('pattern: rand()', 'pattern-sources: [x]') });
    const { code, err } = await scan();
    assert.equal(code, 1);
    assert.match(err, /^rules\.yaml:\d+:\d+: error: Rule weak-random does not load: .*\[rule-invalid\]\n$/s);
  });

  it('in its pattern is named with its line, and the others run', async () => {
    project({ 'a.c': ERROR_C, 'rules.yaml': RULES.replace('pattern: rand()', 'pattern: rand(') });
    const { code, err } = await scan();
    assert.equal(code, 1);
    assert.match(
      err,
      /^rules\.yaml:15:\d+: error: Rule weak-random does not run on C: .*\[rule-pattern\]\n$/s,
    );
  });

  it('is in SARIF and JSON too', async () => {
    project({ 'a.c': ERROR_C, 'rules.yaml': RULES.replace('pattern: rand()', 'pattern: rand(') });
    assert.deepEqual(
      scanJson(await scan('-f', 'json')).problems.map(({ code, file, line }) => [code, file, line]),
      [['rule-pattern', 'rules.yaml', 15]],
    );
    assert.match((await scan('-f', 'sarif')).out, /"rule-pattern"/);
  });

  it('named as one of another file goes by the name of its file too', async () => {
    project({ 'a.c': ERROR_C, 'more.yaml': RULES });
    const { code, out, err } = await scan('--rules', 'more.yaml');
    assert.equal(code, 1);
    assert.match(
      err,
      /^more\.yaml:2:\d+: note: Rule string-copy is called more\.string-copy here, because rules\.yaml/,
    );
    assert.match(out, /^error {2}more\.string-copy /m);
  });

  it('twice in one file is named', async () => {
    project({ 'a.c': ERROR_C, 'rules.yaml': RULES + RULES.replace('rules:\n', '') });
    const { err } = await scan();
    assert.match(err, /^rules\.yaml:\d+:\d+: error: Rule string-copy is already defined in rules\.yaml/m);
  });

  it('and the only one makes the run wrong', async () => {
    const only = (pattern: string) =>
      `rules:\n  - {id: x, languages: [c], severity: INFO, message: m, ${pattern}}\n`;
    for (const text of [only('pattern: "if ("'), only('wrong: key'), 'rules: []\n', '', 'a: [\n']) {
      project({ 'a.c': ERROR_C, 'rules.yaml': text });
      const { code, out, err } = await scan();
      assert.deepEqual([code, out], [2, ''], text);
      assert.match(err, /No rule could be loaded/);
    }
  });
});

describe('a configuration that is wrong', () => {
  it('makes the run wrong, with file and line', async () => {
    for (const [text, place] of [
      ['exclude: []\nexlude: [x]\n', /^traceward\.yaml:2:1: error: /],
      ['exclude: [\n', /^traceward\.yaml:\d:\d+: error: /],
      ['maxFileBytes: many\n', /^traceward\.yaml:1:\d+: error: /],
      ['severity:\n  a: deadly\n', /^traceward\.yaml:2:\d+: error: /],
    ] as const) {
      project({ 'a.c': ERROR_C, 'traceward.yaml': text });
      const { code, out, err } = await scan();
      assert.deepEqual([code, out], [2, ''], text);
      assert.match(err, place);
    }
  });

  it('does not matter with --no-config', async () => {
    project({ 'a.c': CLEAN_C, 'traceward.yaml': 'wrong: 1\n' });
    assert.equal((await scan('--no-config')).code, 0);
  });

  it('only in the id of a rule is a warning', async () => {
    project({ 'a.c': CLEAN_C, 'traceward.yaml': 'disable: [string-cpy]\n' });
    const { code, err } = await scan();
    assert.equal(code, 0);
    assert.match(
      err,
      /^traceward\.yaml: warning: There is no rule `string-cpy`.*Did you mean `string-copy`\?/,
    );
  });
});

describe('an item file that is wrong', () => {
  const GOOD = 'requirements:\n  - {id: SR-A-1, title: t, text: t, category: logging, needs: []}\n';

  it('is named with its line, and the others are read', async () => {
    project({ 'security/a.yaml': GOOD, 'security/b.yaml': 'requirements:\n  - id: [\n' });
    const { code, err, out } = await traceward(['trace', '--format', 'json']);
    assert.equal(code, 1);
    assert.equal(err, '');
    const { items, problems } = JSON.parse(out) as {
      items: { id: string }[];
      problems: { file: string; line: number }[];
    };
    assert.deepEqual(
      items.map(({ id }) => id),
      ['SR-A-1'],
    );
    assert.ok(problems.some(({ file, line }) => file === 'security/b.yaml' && line >= 2));
    const text = await traceward(['trace']);
    assert.match(text.err, /^security\/b\.yaml:\d+:\d+: error: /);
  });

  it('in its ids is named at both places', async () => {
    project({ 'security/a.yaml': GOOD, 'security/b.yaml': GOOD });
    const { code, out } = await traceward(['trace']);
    assert.equal(code, 1);
    assert.match(out, /duplicate {2}SR-A-1 {2}t\n {2}security\/a\.yaml:2/);
    assert.match(out, /duplicate {2}SR-A-1 {2}t\n {2}security\/b\.yaml:2/);
  });
});

describe('a grammar that is missing', () => {
  it('is named, with each file that was not analysed, and the rest goes on', async () => {
    const node = nodeHost();
    const host: Host = {
      ...node,
      readAsset: (name) => (name === 'cpp.wasm' ? Promise.reject(new Error('gone')) : node.readAsset(name)),
    };
    project({ 'a.c': ERROR_C, 'b.cpp': ERROR_C });
    const { code, out, err } = await traceward(['scan', '--rules', 'rules.yaml'], { host });
    assert.equal(code, 1);
    assert.match(out, /a\.c:2:3/);
    assert.match(err, /b\.cpp: warning: Not analysed: the C\+\+ grammar is not loaded\. \[no-grammar\]/);
    assert.match(err, /error: The grammar for C\+\+ is missing.*\[grammar-missing\]/);
  });
});
