import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Log } from 'sarif';

import { sarifErrors } from '../unit/evidence/sarifSchema.ts';
import {
  CLEAN_C,
  ERROR_C,
  LINE_INPUT_C,
  foundIn,
  project,
  removeWorkspace,
  RULES,
  scan,
  scanJson,
  traceward,
  WARNING_C,
  workspace,
} from './cli.ts';

afterEach(removeWorkspace);

describe('traceward scan', () => {
  it('shows each finding with its code, and a summary', async () => {
    project({ 'src/a.c': ERROR_C });
    const { code, out, err } = await scan();
    assert.equal(code, 1);
    assert.equal(err, '');
    assert.equal(
      out.replace(/seconds +[\d.]+/, 'seconds 0'),
      `src/a.c

error  string-copy  CWE-120  src/a.c:2:3
  a may overflow

    1 | void f(char *a, char *b) {
  > 2 |   strcpy(a, b);
      |   ^^^^^^^^^^^^
    3 | }
    4 |

  fix: Use a copy that knows the size.

1 finding
  files            1   3 rules
  lines            3
  errors           1
  warnings         0
  notes            0
  broken links     0
  suppressed       0   by comments and reviews
  not analysed     0
  seconds 0
`,
    );
  });

  it('looks at files of no language with rules for any text', async () => {
    project({
      'a.c': CLEAN_C,
      'etc/device.conf': 'password = secret\n',
      'logo.png': 'password = \0',
      'rules/text.yaml':
        'rules: [{id: plain-password, languages: [generic], severity: ERROR, message: m, pattern: password = $X}]',
    });
    const outcome = await traceward(['scan', '--rules', 'rules/text.yaml', '--format', 'json']);
    assert.deepEqual([outcome.code, ...foundIn(outcome)], [1, 'etc/device.conf:1 plain-password']);
    const { skipped } = JSON.parse(outcome.out) as { skipped: unknown[] };
    assert.deepEqual(skipped, []);
  });

  it('reads what is in a string as another language, of which there is no file', async () => {
    project({
      'a.c': 'void f(void) { lua("import os"); py("import os"); py("import re"); }\n',
      'rules/embedded.yaml': `rules:
  - id: embedded
    languages: [c]
    severity: ERROR
    message: m
    patterns:
      - pattern: py($S)
      - metavariable-pattern: { metavariable: $S, language: python, pattern: import os }
`,
    });
    const outcome = await traceward(['scan', '--rules', 'rules/embedded.yaml', '--format', 'json']);
    assert.deepEqual([outcome.err, ...foundIn(outcome)], ['', 'a.c:1 embedded']);
  });

  it('says so when there is nothing to find', async () => {
    project({ 'a.c': CLEAN_C });
    const { code, out } = await scan();
    assert.equal(code, 0);
    assert.match(out, /^No findings\./);
  });

  it('says so when there is nothing to analyse', async () => {
    project({ 'readme.md': '' });
    const { code, out } = await scan();
    assert.equal(code, 0);
    assert.match(out, /^Nothing to analyse here/);
  });

  it('groups by file in path order', async () => {
    project({ 'b.c': WARNING_C, 'a/z.c': ERROR_C, 'a.c': ERROR_C });
    const { out } = await scan();
    assert.deepEqual(out.match(/^\S+\.c$/gm), ['a.c', 'a/z.c', 'b.c']);
  });

  it('names places as seen from where the user is', async () => {
    const root = project({ 'src/a.c': ERROR_C, 'traceward.yaml': '' });
    const { out } = await traceward(['scan', '--rules', '../rules.yaml'], { cwd: join(root, 'src') });
    assert.match(out, /string-copy {2}CWE-120 {2}a\.c:2:3/);
  });

  it('uses colour only where it is wanted', async () => {
    project({ 'a.c': ERROR_C });
    const plain = await scan();
    assert.ok(!(plain.out + plain.err).includes('\u001b'));
    const coloured = await traceward(['scan', '--rules', 'rules.yaml'], { colour: true });
    assert.ok(coloured.out.includes('\u001b[31m'));
  });

  it('shows control characters of the code as their codes: a terminal would obey them', async () => {
    project({ 'a.c': 'void f(char *a, char *b) { strcpy(a, b); /* \u001b]0;x\u0007 \u202e */ }\n' });
    const { out } = await scan();
    for (const harmful of ['\u001b', '\u0007', '\u202e']) assert.ok(!out.includes(harmful));
    assert.match(out, /<U\+001B>\]0;x<U\+0007> <U\+202E>/);
  });

  it('cuts long lines so that the finding is seen', async () => {
    project({ 'a.c': `void f(char *a, char *b) { int x = ${'1 + '.repeat(500)}1; strcpy(a, b); }\n` });
    const { out } = await scan();
    const [code, carets] = out.split('\n').filter((line) => line.includes(' | '));
    assert.ok(code !== undefined && carets !== undefined && code.length <= 101, code);
    assert.equal(code.indexOf('strcpy'), carets.indexOf('^'));
  });

  it('puts carets under the code also after tabs and wide characters', async () => {
    project({ 'a.c': 'void f(char *a, char *b) {\n\t/* 漢字 */\tstrcpy(a, b);\n}\n' });
    const { out } = await scan();
    const lines = out.split('\n');
    const at = lines.findIndex((line) => line.includes('^'));
    // Two of the characters take two columns each.
    assert.equal(lines[at]?.indexOf('^'), (lines[at - 1]?.indexOf('strcpy') ?? 0) + 2);
  });
});

describe('what is scanned', () => {
  it('is the current folder by default', async () => {
    project({ 'a.c': ERROR_C, 'd/b.cpp': ERROR_C });
    assert.deepEqual(foundIn(await scan('-f', 'json')), ['a.c:2 string-copy', 'd/b.cpp:2 string-copy']);
  });

  it('is what the paths name', async () => {
    project({ 'a.c': ERROR_C, 'd/b.c': ERROR_C, 'e/c.c': ERROR_C, 'traceward.yaml': '' });
    assert.deepEqual(foundIn(await scan('-f', 'json', 'a.c', 'd')), [
      'a.c:2 string-copy',
      'd/b.c:2 string-copy',
    ]);
    assert.deepEqual(foundIn(await scan('-f', 'json', 'd/b.c')), ['d/b.c:2 string-copy']);
  });

  it('is named from the nearest folder with a configuration', async () => {
    project({ 'fw/traceward.yaml': '', 'fw/src/a.c': ERROR_C });
    assert.deepEqual(foundIn(await scan('-f', 'json', 'fw/src/a.c')), ['src/a.c:2 string-copy']);
  });

  it('is named from the folder given when there is no configuration', async () => {
    project({ 'fw/src/a.c': ERROR_C });
    assert.deepEqual(foundIn(await scan('-f', 'json', 'fw')), ['src/a.c:2 string-copy']);
    assert.deepEqual(foundIn(await scan('-f', 'json', 'fw/src/a.c')), ['a.c:2 string-copy']);
  });

  it('leaves out what .gitignore and the configuration name, and takes test code for its tags only', async () => {
    project({
      '.gitignore': 'ignored.c\n',
      'traceward.yaml': 'exclude: [third]\n',
      'a.c': CLEAN_C,
      'ignored.c': ERROR_C,
      'third/b.c': ERROR_C,
      'test/c.c': ERROR_C,
    });
    const { code, out } = await scan();
    assert.equal(code, 0);
    assert.match(out, /1 test file for tags only/);
    assert.deepEqual(foundIn(await scan('-f', 'json', '--no-ignore')), [
      'ignored.c:2 string-copy',
      'test/c.c:2 string-copy',
      'third/b.c:2 string-copy',
    ]);
  });

  it('takes a file that is named although it is ignored', async () => {
    project({ '.gitignore': 'a.c\n', 'a.c': ERROR_C });
    assert.deepEqual(foundIn(await scan('-f', 'json', 'a.c')), ['a.c:2 string-copy']);
  });

  it('does not heed the configuration with --no-config', async () => {
    project({ 'traceward.yaml': 'disable: [string-copy]\n', 'a.c': ERROR_C });
    assert.equal((await scan()).code, 0);
    assert.equal((await scan('--no-config')).code, 1);
  });
});

describe('the rules of a scan', () => {
  it('are the built-in ones by default', async () => {
    workspace({ 'a.c': LINE_INPUT_C });
    const found = foundIn(await traceward(['scan', '-f', 'json']));
    assert.deepEqual(found, ['a.c:2 unbounded-line-input-to-pointer']);
  });

  it('are those of --rules instead, of several files and folders', async () => {
    const one = (id: string) =>
      `rules:\n  - {id: ${id}, languages: [c], severity: INFO, message: m, pattern: strcpy(...)}\n`;
    project({
      'a.c': ERROR_C,
      'x/one.yaml': one('one'),
      'x/deep/two.yml': one('two'),
      'x/no.yaml': 'jobs: []\n',
    });
    const outcome = await traceward(['scan', '-f', 'json', '--rules', 'x', '--rules', 'rules.yaml']);
    assert.deepEqual(foundIn(outcome), ['a.c:2 one', 'a.c:2 string-copy', 'a.c:2 two']);
    assert.deepEqual(
      scanJson(outcome).rules.map(({ id }) => id),
      ['note-only', 'one', 'string-copy', 'two', 'weak-random'],
    );
  });
});

describe('severities', () => {
  const files = { 'a.c': ERROR_C, 'b.c': WARNING_C, 'c.c': 'void f(void) { note(); }\n' };

  it('are all shown by default', async () => {
    project(files);
    assert.deepEqual(scanJson(await scan('-f', 'json')).summary.findings, { error: 1, warning: 1, info: 1 });
  });

  it('are shown from --severity on', async () => {
    project(files);
    for (const [severity, expected] of [
      ['warning', ['a.c:2 string-copy', 'b.c:2 weak-random']],
      ['error', ['a.c:2 string-copy']],
    ] as const) {
      assert.deepEqual(foundIn(await scan('-f', 'json', '--severity', severity)), expected);
      assert.equal(
        (await scan('--severity', severity)).out.match(/\n\n(error|warning|info) {2}/g)?.length,
        expected.length,
      );
      const log = JSON.parse((await scan('-f', 'sarif', '--severity', severity)).out) as Log;
      assert.equal(log.runs[0]?.results?.length, expected.length);
    }
  });

  it('fail a run from --fail-on on', async () => {
    project({ 'b.c': WARNING_C });
    const codes = await Promise.all(
      ['error', 'warning', 'info', 'never'].map(async (severity) => (await scan('--fail-on', severity)).code),
    );
    assert.deepEqual(codes, [0, 1, 1, 0]);
  });

  it('never fail a run with --fail-on never', async () => {
    project({ 'a.c': ERROR_C });
    assert.equal((await scan('--fail-on', 'never')).code, 0);
  });
});

describe('broken links in a scan', () => {
  const ITEMS = 'requirements:\n  - {id: SR-A-1, title: t, text: t, category: logging}\n';

  it('are shown with their code, and fail it', async () => {
    project({ 'security/r.yaml': ITEMS, 'a.c': '/* [SR-A-2] */\nvoid f(void) {}\n' });
    const { code, out } = await scan();
    assert.equal(code, 1);
    assert.match(out, /error {2}trace-orphaned {2}a\.c:1:5\n {2}There is no item `SR-A-2`.*SR-A-1/);
    assert.match(out, /> 1 \| \/\* \[SR-A-2\] \*\//);
    assert.match(out, /\n1 broken link\n/);
  });

  it('of files that were not asked for are none of its business', async () => {
    project({ 'security/r.yaml': ITEMS, 'a.c': '/* [SR-A-2] */\nvoid f(void) {}\n', 'b.c': CLEAN_C });
    assert.equal((await scan('b.c')).code, 0);
  });

  it('do not include gaps', async () => {
    project({ 'security/r.yaml': ITEMS, 'b.c': CLEAN_C });
    const { code, out } = await scan();
    assert.equal(code, 0);
    assert.match(out, /^No findings/);
  });
});

describe('scan --format json', () => {
  it('lists findings, files with the bytes not parsed, suppressions and rules', async () => {
    const other =
      'int g(void) {\n  return rand(); // traceward-ignore: weak-random -- screen saver\n}\nint x = ) ]\n';
    project({ 'a.c': ERROR_C, 'b.c': other });
    const json = scanJson(await scan('--format', 'json'));
    assert.deepEqual(
      json.findings.map(({ file, line, column, endLine, endColumn, unit, cwe }) => [
        [file, line, column, endLine, endColumn, unit],
        cwe,
      ]),
      [[['a.c', 2, 3, 2, 15, 'f'], ['CWE-120: Buffer Copy without Checking Size of Input']]],
    );
    assert.deepEqual(
      json.files.map(({ file, language, bytes, bytesNotParsed }) => [
        file,
        language,
        bytes,
        bytesNotParsed > 0,
      ]),
      [
        ['a.c', 'c', Buffer.byteLength(ERROR_C), false],
        ['b.c', 'c', Buffer.byteLength(other), true],
      ],
    );
    assert.deepEqual(
      json.suppressed.map(({ ruleId, reason }) => [ruleId, reason]),
      [['weak-random', 'screen saver']],
    );
    assert.equal(json.summary.bytesNotParsed, json.files[1]?.bytesNotParsed);
  });

  it('is the same for every run', async () => {
    project({ 'a.c': ERROR_C, 'b.c': WARNING_C });
    assert.equal((await scan('-f', 'json')).out, (await scan('-f', 'json')).out);
  });
});

describe('scan --format sarif', () => {
  it('validates against the schema, with hashes of the files', async () => {
    project({ 'a.c': ERROR_C, 'b.c': WARNING_C });
    const log = JSON.parse((await scan('--format', 'sarif')).out) as Log;
    assert.deepEqual(sarifErrors(log), []);
    assert.deepEqual(
      log.runs[0]?.results?.map(({ ruleId }) => ruleId),
      ['string-copy', 'weak-random'],
    );
    assert.match(log.runs[0].artifacts?.[0]?.hashes?.['sha-256'] ?? '', /^[0-9a-f]{64}$/);
  });

  it('of the built-in rules over real code validates too', async () => {
    const { out } = await traceward(['scan', '--format', 'sarif', 'examples/infusion-pump'], {
      cwd: process.cwd(),
    });
    const log = JSON.parse(out) as Log;
    assert.deepEqual(sarifErrors(log), []);
    assert.ok((log.runs[0]?.results?.length ?? 0) > 25);
  });
});

describe('scan --output', () => {
  it('writes the result to the file and nothing to the screen', async () => {
    const root = project({ 'a.c': ERROR_C });
    const { code, out } = await scan('--format', 'json', '--output', 'out/deep/result.json');
    assert.deepEqual([code, out], [1, '']);
    const text = readFileSync(join(root, 'out/deep/result.json'), 'utf8');
    assert.deepEqual(foundIn({ code, out: text, err: '' }), ['a.c:2 string-copy']);
  });

  it('leaves no half-written and no temporary file', async () => {
    const root = project({ 'a.c': ERROR_C });
    writeFileSync(join(root, 'out.txt'), 'old');
    await scan('--output', 'out.txt');
    assert.match(readFileSync(join(root, 'out.txt'), 'utf8'), /^a\.c\n/);
    assert.deepEqual(readdirSync(root).sort(), ['a.c', 'out.txt', 'rules.yaml']);
  });

  it('keeps the old file when the run fails', async () => {
    const root = project({ 'a.c': ERROR_C, 'traceward.yaml': 'unknown: 1\n', 'out.txt': 'old' });
    assert.equal((await scan('--output', 'out.txt')).code, 2);
    assert.equal(readFileSync(join(root, 'out.txt'), 'utf8'), 'old');
  });

  it('is refused where no file can be written', async () => {
    const root = project({ 'a.c': ERROR_C });
    mkdirSync(join(root, 'folder'));
    const intoFolder = await scan('--output', 'folder');
    assert.deepEqual([intoFolder.code, intoFolder.err], [2, 'error: folder is a folder: name a file.\n']);
    const below = await scan('--output', 'a.c/out.txt');
    assert.deepEqual([below.code, below.err], [2, 'error: a.c/out.txt cannot be written (ENOTDIR).\n']);
    assert.ok(existsSync(join(root, 'a.c')));
  });
});

describe('cancelling a scan', () => {
  it('ends it with the code that shells use', async () => {
    project({ 'a.c': ERROR_C });
    const { code, out, err } = await traceward(['scan'], { signal: AbortSignal.abort() });
    assert.deepEqual([code, out, err], [130, '', 'Cancelled.\n']);
  });
});

describe('a rule set', () => {
  it('for tests is one that loads whole', async () => {
    workspace({ 'rules.yaml': RULES, 'a.c': CLEAN_C });
    assert.equal((await scan()).err, '');
  });
});
