import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import fc from 'fast-check';

import { LineIndex } from '../../server/src/core/base/lineIndex.ts';
import { applyEdits } from '../../server/src/core/match/applyFixes.ts';
import { unifiedDiff } from '../../server/src/cli/print/unifiedDiff.ts';
import { removeWorkspace, traceward, workspace, type Outcome } from './cli.ts';

afterEach(removeWorkspace);

const RULE = (id: string, pattern: string, fix: string): string =>
  `  - {id: ${id}, languages: [c], severity: ERROR, message: m, pattern: '${pattern}', fix: '${fix}'}\n`;
const RULES = `rules:\n${RULE('copy', 'strcpy($A, $B)', 'copy($A, $B)')}${RULE('get', 'gets($A)', 'fgets($A)')}  - {id: bare, languages: [c], severity: ERROR, message: m, pattern: goto_end()}\n`;

const code = (...lines: readonly string[]): string =>
  ['void f(void) {', ...lines.map((line) => `  ${line}`), '}', ''].join('\n');

function project(files: Readonly<Record<string, string | Uint8Array>>): void {
  workspace({ 'rules.yaml': RULES, ...files });
}

function fix(...args: readonly string[]): Promise<Outcome> {
  return traceward(['scan', '--rules', 'rules.yaml', '--fix', ...args]);
}

function read(path: string): string {
  return readFileSync(join(workspace(), path), 'utf8');
}

interface FixJson {
  readonly findings: readonly { readonly ruleId: string; readonly line: number }[];
  readonly fixes: {
    readonly dryRun: boolean;
    readonly applied: number;
    readonly leftOut: number;
    readonly files: readonly {
      readonly file: string;
      readonly diff: string;
      readonly fixes: readonly unknown[];
    }[];
    readonly notApplied: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
  };
}

describe('traceward scan --fix', () => {
  it('repairs what it can and reports what remains, where that is now', async () => {
    project({
      'a.c': code('strcpy(a, b);', 'goto_end();'),
      'b.c': code('gets(x);', 'strcpy(c, d);'),
      'c.c': code('ok();'),
    });
    const { code: exit, out } = await fix();
    assert.equal(read('a.c'), code('copy(a, b);', 'goto_end();'));
    assert.equal(read('b.c'), code('fgets(x);', 'copy(c, d);'));
    assert.equal(exit, 1, 'one finding is left');
    assert.match(out, /^1 finding\n/m);
    assert.match(out, /fixed {5}a\.c:2 {2}copy\n/);
    assert.match(out, /\n3 fixes applied in 2 files\n$/);
  });

  it('ends with 0 when nothing remains', async () => {
    project({ 'a.c': code('strcpy(a, b);') });
    assert.equal((await fix()).code, 0);
    const again = await fix();
    assert.deepEqual([again.code, again.out.endsWith('\n0 fixes applied in 0 files\n')], [0, true]);
  });

  it('leaves out a fix within another one and names it; a second run does it', async () => {
    project({ 'a.c': code('strcpy(a, strcpy(b, c));') });
    const { code: exit, out } = await fix();
    assert.equal(exit, 1);
    assert.equal(read('a.c'), code('copy(a, strcpy(b, c));'));
    assert.match(
      out,
      /left out {2}a\.c:2 {2}copy: it overlaps the fix of another finding; run again for it\n/,
    );
    assert.match(out, /\n1 fix applied in 1 file, 1 left out\n$/);
    assert.equal((await fix()).code, 0);
    assert.equal(read('a.c'), code('copy(a, copy(b, c));'));
  });

  it('leaves suppressed findings alone', async () => {
    const text = code('strcpy(a, b); // traceward-ignore: copy -- both are as long');
    project({ 'a.c': text });
    await fix();
    assert.equal(read('a.c'), text);
  });

  it('repairs only what the severity shows', async () => {
    workspace({
      'rules.yaml': RULES.replace('severity: ERROR', 'severity: WARNING'),
      'a.c': code('strcpy(a, b);', 'gets(x);'),
    });
    await fix('--severity', 'error');
    assert.equal(read('a.c'), code('strcpy(a, b);', 'fgets(x);'));
  });

  it('keeps line ends, byte order mark and mode', async () => {
    const text = `\ufeff${code('strcpy(a, b);')}`.replaceAll('\n', '\r\n');
    workspace({
      'rules.yaml': `rules:\n${RULE('copy', 'strcpy($A, $B);', 'one($A);\\ntwo($B);').replaceAll("fix: '", 'fix: "').replace("'}", '"}')}`,
      'a.c': text,
    });
    chmodSync(join(workspace(), 'a.c'), 0o750);
    await fix();
    assert.equal(read('a.c'), text.replace('strcpy(a, b);', 'one(a);\r\ntwo(b);'));
    assert.equal(statSync(join(workspace(), 'a.c')).mode & 0o777, 0o750);
  });

  it('keeps UTF-16', async () => {
    const encode = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
    project({ 'a.c': encode(code('strcpy(a, b); // \u00fc')) });
    assert.equal((await fix()).code, 0);
    assert.deepEqual(readFileSync(join(workspace(), 'a.c')), encode(code('copy(a, b); // \u00fc')));
  });

  it('does not touch a file in another encoding, and says so', async () => {
    const bytes = Buffer.from(code('strcpy(a, b); // \u00fc'), 'latin1');
    project({ 'a.c': bytes });
    const { code: exit, out } = await fix();
    assert.equal(exit, 1);
    assert.deepEqual(readFileSync(join(workspace(), 'a.c')), bytes);
    assert.match(
      out,
      /left out {2}a\.c:2 {2}copy: the file is not in UTF-8 or UTF-16, so it was left as it is\n/,
    );
    assert.match(out, /\n0 fixes applied in 0 files, 1 left out\n$/);
  });

  it('does not write through a link that leads out of the workspace', async () => {
    const outside = join(mkdtempSync(join(tmpdir(), 'traceward-out-')), 'a.c');
    writeFileSync(outside, code('strcpy(a, b);'));
    project({ 'b.c': code('ok();') });
    symlinkSync(outside, join(workspace(), 'a.c'));
    await fix();
    await fix('a.c');
    assert.equal(readFileSync(outside, 'utf8'), code('strcpy(a, b);'));
    rmSync(dirname(outside), { recursive: true });
  });

  it('tells programs what it did', async () => {
    project({ 'a.c': code('strcpy(a, strcpy(b, c));', 'goto_end();') });
    const { out } = await fix('--format', 'json');
    const { fixes, findings } = JSON.parse(out) as FixJson;
    assert.deepEqual([fixes.dryRun, fixes.applied, fixes.leftOut], [false, 1, 1]);
    assert.deepEqual(fixes.files[0]?.fixes, [
      { ruleId: 'copy', line: 2, column: 3, endLine: 2, endColumn: 26 },
    ]);
    assert.match(fixes.files[0].diff, /^--- a\/a\.c\n\+\+\+ b\/a\.c\n@@ -1,4 \+1,4 @@\n/);
    assert.deepEqual(
      fixes.notApplied.map(({ file, line, reason }) => [file, line, reason]),
      [['a.c', 2, 'overlap']],
    );
    assert.deepEqual(
      findings.map(({ ruleId, line }) => `${line} ${ruleId}`),
      ['2 copy', '3 bare'],
    );
  });

  it('writes SARIF of what remains, and its account beside it', async () => {
    project({ 'a.c': code('strcpy(a, b);') });
    const { out, err } = await fix('--format', 'sarif');
    const { runs } = JSON.parse(out) as { runs: { results: unknown[] }[] };
    assert.deepEqual(runs[0]?.results, []);
    assert.match(err, /1 fix applied in 1 file\n/);
  });
});

describe('traceward scan --fix --dry-run', () => {
  const LONG = code(
    ...Array.from({ length: 20 }, (_, line) => (line === 3 || line === 17 ? 'strcpy(a, b);' : `g(${line});`)),
  );

  it('shows a diff that git applies, and writes nothing', async () => {
    project({ 'src/a.c': LONG, 'b.c': code('gets(x);') });
    const { code: exit, out } = await fix('--dry-run');
    assert.equal(exit, 1, 'the findings are still there');
    assert.equal(read('src/a.c'), LONG);
    assert.match(
      out,
      /^--- a\/b\.c\n\+\+\+ b\/b\.c\n@@ -1,3 \+1,3 @@\n void f\(void\) \{\n- {2}gets\(x\);\n\+ {2}fgets\(x\);\n \}\n--- a\/src\/a\.c\n/,
    );
    assert.equal(out.match(/^@@ /gm)?.length, 3, 'changes far from each other are hunks of their own');
    assert.match(out, /\n3 fixes would be applied in 2 files\n$/);
    execFileSync('git', ['apply', '-'], { cwd: workspace(), input: out });
    assert.equal(read('src/a.c'), LONG.replaceAll('strcpy', 'copy'));
    assert.equal(read('b.c'), code('fgets(x);'));
  });

  it('gives programs the same', async () => {
    project({ 'a.c': code('strcpy(a, b);') });
    const { fixes, findings } = JSON.parse((await fix('--dry-run', '--format', 'json')).out) as FixJson;
    assert.deepEqual([fixes.dryRun, fixes.applied, findings.length], [true, 1, 1]);
    assert.equal(read('a.c'), code('strcpy(a, b);'));
  });

  it('shows control characters as their codes on a terminal', async () => {
    project({ 'a.c': code('strcpy(a, b); // \u001b[31m') });
    const { out } = await traceward(['scan', '--rules', 'rules.yaml', '--fix', '--dry-run'], {
      colour: true,
    });
    assert.match(out, /<U\+001B>/);
  });

  it('without --fix is a mistake that says what to do', async () => {
    project({});
    assert.deepEqual(await traceward(['scan', '--dry-run']), {
      code: 2,
      out: '',
      err: 'error: --dry-run shows what --fix would change: add --fix.\n',
    });
  });
});

describe('a unified diff', () => {
  const edit = (text: string, start: number, end: number, newText: string) => ({
    range: new LineIndex(text).rangeOf({ start, end }),
    newText,
  });

  it('says where a file does not end with a line end', () => {
    const text = 'a\nb';
    assert.deepEqual(unifiedDiff('x', text, [edit(text, 2, 3, 'c')]).slice(3), [
      ' a',
      '-b',
      '\\ No newline at end of file',
      '+c',
      '\\ No newline at end of file',
    ]);
    assert.deepEqual(unifiedDiff('x', text, [edit(text, 1, 3, '')]).slice(2), [
      '@@ -1,2 +1 @@',
      '-a',
      '-b',
      '\\ No newline at end of file',
      '+a',
      '\\ No newline at end of file',
    ]);
  });

  it('is empty when nothing changes', () => {
    assert.deepEqual(unifiedDiff('x', 'a\nb\n', [edit('a\nb\n', 2, 3, 'b')]), []);
  });

  it('turns one text into the other (property)', function () {
    this.timeout(60_000);
    const texts = fc.array(fc.constantFrom('a', 'bb', '\n', 'c\n', '\n\n', 'd'), {
      minLength: 1,
      maxLength: 40,
    });
    const edits = fc.array(fc.tuple(fc.nat(8), fc.nat(6), fc.constantFrom('', 'x', 'y\n', '\nz', '\n')), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(texts, edits, (parts, wanted) => {
        const text = parts.join('');
        let at = 0;
        const chosen = wanted.flatMap(([skip, length, newText]) => {
          const start = at + skip;
          const end = Math.min(text.length, start + length);
          if (start > text.length || end < start) return [];
          at = end + 1;
          return [edit(text, start, end, newText)];
        });
        assert.equal(patched(text, unifiedDiff('x', text, chosen)), applyEdits(text, chosen));
      }),
    );
  });
});

/** Applies a diff strictly: every line that it names must be there. */
function patched(text: string, diff: readonly string[]): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const out: string[] = [];
  let at = 0;
  let left = [0, 0];
  diff.slice(2).forEach((line, index, all) => {
    const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@$/.exec(line);
    if (head) {
      assert.deepEqual(left, [0, 0], 'the hunk before has as many lines as it says');
      left = [Number(head[2] ?? 1), Number(head[4] ?? 1)];
      const from = Number(head[1]) - (left[0] === 0 ? 0 : 1);
      out.push(...lines.slice(at, from));
      at = from;
      assert.equal(out.length, Number(head[3]) - (left[1] === 0 ? 0 : 1));
      return;
    }
    if (line.startsWith('\\')) return;
    const body = line.slice(1) + (all[index + 1]?.startsWith('\\') === true ? '' : '\n');
    if (!line.startsWith('+')) {
      assert.equal(lines[at], body);
      at++;
      left = [(left[0] ?? 0) - 1, left[1] ?? 0];
    }
    if (!line.startsWith('-')) {
      out.push(body);
      left = [left[0] ?? 0, (left[1] ?? 0) - 1];
    }
  });
  return [...out, ...lines.slice(at)].join('');
}
