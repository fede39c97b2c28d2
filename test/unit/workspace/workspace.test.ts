import assert from 'node:assert/strict';

import { DEFAULT_CONFIG, type ProjectConfig } from '../../../server/src/core/config/projectConfig.ts';
import { createWorkspace, type Workspace } from '../../../server/src/core/workspace.ts';
import { loadLanguages, rulesOf } from '../../support/engine.ts';

const RULES = `rules:
  - id: unbounded-copy
    languages: [c, cpp]
    severity: ERROR
    message: copies $S
    pattern: strcpy($D, $S)
  - id: untraced-crypto
    languages: [c]
    severity: WARNING
    message: "\`$UNIT\` is not traced"
    mode: require-tag
    require: { link: implements, to: requirement, category: [cryptography] }
    pattern: aes($X)
`;
const ITEMS = `requirements:
  - id: SR-CRYPTO-001
    title: Encrypt
    text: Encrypt it.
    category: cryptography
  - id: SR-LOG-001
    title: Log
    text: Log it.
    category: logging
`;

/** @param config `nothing` for a workspace without a file of its configuration */
async function workspace(
  config: Partial<ProjectConfig> | 'nothing' = {},
  includeTests = false,
): Promise<Workspace> {
  return createWorkspace({
    languages: await loadLanguages(),
    rules: await rulesOf(RULES),
    config:
      config === 'nothing'
        ? { ...DEFAULT_CONFIG, exclude: [] }
        : { ...DEFAULT_CONFIG, prefixes: [...DEFAULT_CONFIG.prefixes, 'XX'], ...config },
    includeTests,
  });
}

/** What the file's report says, as `line rule`. */
function found(ws: Workspace, path: string): string[] {
  return (ws.snapshot().report(path)?.findings ?? []).map(
    ({ range, ruleId }) => `${range.start.line + 1} ${ruleId}`,
  );
}

function file(ws: Workspace, path: string, text: string): void {
  ws.applyChange({ kind: 'file', path, text });
}

/** An edit that inserts text at a zero-based line. */
function insert(ws: Workspace, path: string, line: number, text: string): void {
  const place = { line, column: 0 };
  ws.applyChange({ kind: 'edit', path, edits: [{ range: { start: place, end: place }, text }] });
}

describe('a file without a language', () => {
  const ANY_TEXT = `rules:
  - id: plain-password
    languages: [generic]
    severity: WARNING
    message: a password
    pattern: password = $X
    paths: { exclude: ['*.md'] }
  - id: private-key
    languages: [regex]
    severity: ERROR
    message: a key
    pattern-regex: BEGIN PRIVATE KEY
    paths: { include: ['*.pem', '*.c'] }
`;
  async function withText(): Promise<Workspace> {
    return createWorkspace({
      languages: await loadLanguages(),
      rules: await rulesOf(ANY_TEXT),
      config: DEFAULT_CONFIG,
    });
  }

  it('is looked at by rules for any text, as their paths say', async () => {
    const ws = await withText();
    file(ws, 'etc/device.ini', '[net]\npassword = secret\nBEGIN PRIVATE KEY\n');
    file(ws, 'key.pem', '\nBEGIN PRIVATE KEY\n');
    file(ws, 'README.md', 'password = secret\n');
    file(ws, 'main.c', 'char *k = "BEGIN PRIVATE KEY";\n');
    assert.deepEqual(found(ws, 'etc/device.ini'), ['2 plain-password']);
    assert.deepEqual(found(ws, 'key.pem'), ['2 private-key']);
    assert.deepEqual(found(ws, 'main.c'), ['1 private-key']);
    assert.deepEqual(
      ['etc/device.ini', 'README.md', 'main.c'].map((path) => ws.roleOf(path)),
      ['text', 'other', 'source'],
    );
  });

  it('is no matter of ours without such rules', async () => {
    const ws = await workspace();
    file(ws, 'etc/device.ini', 'password = secret\n');
    assert.equal(ws.roleOf('etc/device.ini'), 'other');
    assert.equal(ws.snapshot().files.size, 0);
  });

  it('honours suppressions in any of its lines', async () => {
    const ws = await withText();
    file(ws, 'a.ini', '# traceward-ignore: plain-password -- a placeholder\npassword = secret\n');
    file(ws, 'b.ini', 'password = secret ; nosemgrep\n');
    const suppressed = (path: string) =>
      ws
        .snapshot()
        .report(path)
        ?.suppressed.map(({ finding }) => finding.ruleId);
    assert.deepEqual([suppressed('a.ini'), suppressed('b.ini')], [['plain-password'], ['plain-password']]);
  });

  it('is edited like any other', async () => {
    const ws = await withText();
    ws.applyChange({ kind: 'open', path: 'a.ini', text: 'x\n' });
    insert(ws, 'a.ini', 1, 'password = y\n');
    assert.deepEqual(found(ws, 'a.ini'), ['2 plain-password']);
    ws.applyChange({ kind: 'settle', path: 'a.ini' });
    assert.deepEqual(found(ws, 'a.ini'), ['2 plain-password']);
    ws.dispose();
  });

  it('is passed over without a word when it is no text at all', async () => {
    const ws = await withText();
    ws.applyChange({ kind: 'skip', file: { path: 'logo.png', reason: 'binary', detail: 'binary' } });
    ws.applyChange({ kind: 'skip', file: { path: 'huge.ini', reason: 'too-large', detail: 'large' } });
    assert.deepEqual(
      ws.snapshot().skipped.map(({ path }) => path),
      ['huge.ini'],
    );
  });
});

describe('an open file', () => {
  it('shows findings as its text changes', async () => {
    const ws = await workspace();
    ws.applyChange({ kind: 'open', path: 'a.c', text: 'void f(void) {\n}\n' });
    assert.deepEqual(found(ws, 'a.c'), []);
    insert(ws, 'a.c', 1, 'strcpy(a, b);\n');
    assert.deepEqual(found(ws, 'a.c'), ['2 unbounded-copy']);
    const line = { start: { line: 1, column: 0 }, end: { line: 2, column: 0 } };
    ws.applyChange({ kind: 'edit', path: 'a.c', edits: [{ range: line, text: '' }] });
    assert.deepEqual(found(ws, 'a.c'), []);
    assert.equal(ws.textOf('a.c'), 'void f(void) {\n}\n');
    ws.dispose();
  });

  it('is not replaced by what is on disk', async () => {
    const ws = await workspace();
    ws.applyChange({ kind: 'open', path: 'a.c', text: 'void f(void) { strcpy(a, b); }' });
    file(ws, 'a.c', 'int x;');
    ws.applyChange({ kind: 'remove', path: 'a.c' });
    assert.deepEqual(found(ws, 'a.c'), ['1 unbounded-copy']);
    ws.applyChange({ kind: 'close', path: 'a.c' });
    file(ws, 'a.c', 'int x;');
    assert.deepEqual(found(ws, 'a.c'), []);
  });

  it('frees its tree when it is closed: 200 files leave nothing', async () => {
    const ws = await workspace();
    const languages = await loadLanguages();
    const before = languages.liveTrees();
    for (let index = 0; index < 200; index++) {
      const path = `f${index}.c`;
      ws.applyChange({ kind: 'open', path, text: 'void f(void) { strcpy(a, b); }' });
      insert(ws, path, 0, '/* x */\n');
      ws.snapshot();
      ws.applyChange({ kind: 'settle', path });
      ws.snapshot();
      ws.applyChange({ kind: 'close', path });
    }
    assert.equal(languages.liveTrees(), before);
    assert.equal(ws.snapshot().files.size, 200);
  });

  it('that is an item file counts with its unsaved text', async () => {
    const ws = await workspace();
    file(ws, 'a.c', '// [SR-CRYPTO-001]\nvoid f(void) { aes(1); }');
    assert.deepEqual(found(ws, 'a.c'), ['2 untraced-crypto']);
    ws.applyChange({ kind: 'open', path: 'security/r.yaml', text: ITEMS });
    assert.deepEqual(found(ws, 'a.c'), []);
    ws.dispose();
  });
});

describe('suppressions', () => {
  const CASES: readonly [title: string, code: string, expected: string[]][] = [
    ['on the line above', '// traceward-ignore: unbounded-copy -- bounded by caller\nstrcpy(a, b);', []],
    ['on the line itself', 'strcpy(a, b); /* traceward-ignore: unbounded-copy -- bounded by caller */', []],
    [
      'of nosemgrep count without a reason',
      'strcpy(a, b); // nosemgrep: pack.unbounded-copy',
      ['2 suppression-without-reason'],
    ],
    [
      'without a reason are findings',
      '// traceward-ignore: unbounded-copy\nstrcpy(a, b);',
      ['2 suppression-without-reason'],
    ],
    [
      'with a reason still to be written are findings',
      '// traceward-ignore: unbounded-copy -- TODO: why this is acceptable\nstrcpy(a, b);',
      ['2 suppression-without-reason'],
    ],
    [
      'that hide nothing are findings',
      '// traceward-ignore: unbounded-copy -- why\nx = 1;',
      ['2 unused-suppression'],
    ],
    [
      'of another rule hide nothing',
      '// traceward-ignore: other -- why\nstrcpy(a, b);',
      ['2 unused-suppression', '3 unbounded-copy'],
    ],
    [
      'behind code cover their own line only',
      'x = 1; // traceward-ignore: unbounded-copy -- why\nstrcpy(a, b);',
      ['2 unused-suppression', '3 unbounded-copy'],
    ],
  ];
  for (const [title, code, expected] of CASES) {
    it(title, async () => {
      const ws = await workspace();
      file(ws, 'a.c', `void f(void) {\n${code}\n}\n`);
      assert.deepEqual(found(ws, 'a.c'), expected);
    });
  }
});

describe('code that needs a tag', () => {
  const CASES: readonly [title: string, code: string, expected: string[]][] = [
    ['without one is a finding on the function’s name', 'void f(void)\n{ aes(1); }', ['1 untraced-crypto']],
    ['with one of the category is fine', '/* [SR-CRYPTO-001] */\nvoid f(void) { aes(1); }', []],
    ['with one on its file is fine', '/* [SR-CRYPTO-001] */\n#include "a.h"\nvoid f(void) { aes(1); }', []],
    [
      'with one of another category is a weaker finding',
      '/* [SR-LOG-001] */\nvoid f(void) { aes(1); }',
      ['2 untraced-crypto'],
    ],
    [
      'with one that leads nowhere is a finding',
      '/* [SR-GONE-001] */\nvoid f(void) { aes(1); }',
      ['2 untraced-crypto'],
    ],
  ];
  for (const [title, code, expected] of CASES) {
    it(title, async () => {
      const ws = await workspace();
      file(ws, 'security/r.yaml', ITEMS);
      file(ws, 'a.c', code);
      assert.deepEqual(found(ws, 'a.c'), expected);
    });
  }

  it('names what made it security-relevant', async () => {
    const ws = await workspace();
    file(ws, 'a.c', 'void f(void) {\n  aes(1);\n  aes(2);\n}');
    const [finding] = ws.snapshot().report('a.c')?.findings ?? [];
    assert.equal(finding?.message, '`f` is not traced');
    assert.deepEqual(
      finding.related.map(({ range, message }) => `${range.start.line + 1} ${message}`),
      ['2 makes it security-relevant: aes(1)', '3 makes it security-relevant: aes(2)'],
    );
  });

  it('is told once where nothing is traced at all', async () => {
    const code = 'void f(void) { aes(1); }\nvoid g(void) { aes(1); }';
    const plain = await workspace('nothing');
    file(plain, 'a.c', code);
    assert.deepEqual(found(plain, 'a.c'), []);
    const [problem, ...others] = plain.snapshot().problems;
    assert.deepEqual(others, []);
    assert.match(problem?.message ?? '', /untraced-crypto would ask for a tag at 2 places/);

    file(plain, 'b.c', '/* [SR-CRYPTO-001] */\nvoid h(void) {}');
    assert.deepEqual(found(plain, 'a.c'), ['1 untraced-crypto', '2 untraced-crypto'], 'a tag');
    assert.deepEqual(plain.snapshot().problems, []);
    file(plain, 'b.c', '');
    assert.deepEqual(found(plain, 'a.c'), []);
    const configured = await workspace();
    file(configured, 'a.c', code);
    assert.deepEqual(found(configured, 'a.c'), ['1 untraced-crypto', '2 untraced-crypto'], 'configuration');
  });
});

describe('configuration', () => {
  const BAD = 'void f(void) { strcpy(a, b); }';

  it('switches rules off and changes severities', async () => {
    const off = await workspace({ disable: ['unbounded-copy'] });
    file(off, 'a.c', BAD);
    assert.deepEqual(found(off, 'a.c'), []);
    const mild = await workspace({ severity: { 'unbounded-copy': 'info' } });
    file(mild, 'a.c', BAD);
    assert.equal(mild.snapshot().report('a.c')?.findings[0]?.severity, 'info');
  });

  it('keeps findings of test code back, but reads its tags', async () => {
    const ws = await workspace();
    file(ws, 'test/a.c', `/* [SR-LOG-001] */\n${BAD}`);
    assert.deepEqual(found(ws, 'test/a.c'), []);
    assert.equal(ws.snapshot().files.get('test/a.c')?.tags.length, 1);
    const all = await workspace({}, true);
    file(all, 'test/a.c', BAD);
    assert.deepEqual(found(all, 'test/a.c'), ['1 unbounded-copy']);
  });

  it('tells what a path is', async () => {
    const ws = await workspace({ exclude: ['vendor/**'] });
    const paths = ['traceward.yaml', 'security/a/b.yml', 'src/a.c', 'vendor/a.c', 'a.hpp', 'README.md'];
    assert.deepEqual(
      paths.map((path) => ws.roleOf(path)),
      ['config', 'items', 'source', 'other', 'source', 'other'],
    );
  });

  it('that changes makes closed files be sent again', async () => {
    const ws = await workspace();
    file(ws, 'a.c', BAD);
    ws.applyChange({ kind: 'open', path: 'b.c', text: BAD });
    assert.deepEqual(found(ws, 'b.c'), ['1 unbounded-copy']);
    ws.applyChange({ kind: 'config', config: { ...DEFAULT_CONFIG, disable: ['unbounded-copy'] } });
    assert.deepEqual(found(ws, 'b.c'), []);
    assert.equal(ws.snapshot().files.has('a.c'), false);
    ws.dispose();
  });
});

describe('languages', () => {
  it('of a header follow its content', async () => {
    const ws = await workspace();
    file(ws, 'a.h', 'int f(void);\n');
    file(ws, 'b.h', 'namespace n {\nclass A { public: int x; };\n}\n');
    const { files } = ws.snapshot();
    assert.deepEqual([files.get('a.h')?.language, files.get('b.h')?.language], ['c', 'cpp']);
  });

  it('report what they could not read', async () => {
    const ws = await workspace();
    file(ws, 'a.c', 'void f(void) { if (x { é } }\nint ok;\n');
    const facts = ws.snapshot().files.get('a.c');
    assert.ok((facts?.unparsed.bytes ?? 0) > 0);
    assert.equal(facts?.unparsed.ranges[0]?.start.line, 0);
  });
});
