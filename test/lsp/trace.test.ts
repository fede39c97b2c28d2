import assert from 'node:assert/strict';

import type { SymbolInformation } from 'vscode-languageserver/node';

import type {
  ItemEntry,
  RuleTestsResult,
  ScanResult,
  TraceNode,
  TraceTree,
  UnitTrace,
} from '../../server/src/protocol/messages.ts';
import { closeEditors, openEditor } from './fakeEditor.ts';
import { CODE, ITEMS, RULES, TEST_CODE } from './rules.ts';
import { placesOf } from './screen.ts';

const FILES = { 'security/items.yaml': ITEMS, 'src/pin.c': CODE, 'tests/test_pin.c': TEST_CODE };

describe('code lenses', () => {
  afterEach(closeEditors);

  it('say which requirement, threats and tests stand behind a function', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    assert.equal(
      await editor.open('src/pin.c').screen(),
      '» SR-AUTH-003 | mitigates T-004 | 1 test\nint pin_check(const char *pin) {',
    );
    assert.equal(
      await editor.open('tests/test_pin.c').screen(),
      '» TC-AUTH-003 | verifies SR-AUTH-003\nvoid test_pin_lock(void) {',
    );
  });

  it('join several requirements and say gaps plainly', async () => {
    const code = `// [SR-AUTH-003@1, SR-CRYPTO-001]\n// [SR-AUTH-999]\nvoid f(void) {\n}\n`;
    const editor = await openEditor({ files: { ...FILES, 'src/pin.c': code } });
    assert.deepEqual(
      (await editor.open('src/pin.c').lenses()).map((lens) => lens.command?.title),
      [
        'SR-AUTH-003 | mitigates T-004 | 1 test | outdated: the tag names revision 1 of 2 · ' +
          'SR-CRYPTO-001 | mitigates T-004 | no test · SR-AUTH-999 | does not exist',
      ],
    );
  });

  it('stand above a file whose first comment carries the tag', async () => {
    const code = `/* Records. [SR-CRYPTO-001] */\n\n#include <stdint.h>\n\nint x;\n`;
    const editor = await openEditor({ files: { ...FILES, 'src/records.c': code } });
    const [lens] = await editor.open('src/records.c').lenses();
    assert.deepEqual(
      [lens?.range.start.line, lens?.command?.title],
      [0, 'SR-CRYPTO-001 | mitigates T-004 | no test'],
    );
  });

  it('call the client, and can be switched off', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const file = editor.open('src/pin.c');
    const [lens] = await file.lenses();
    assert.equal(lens?.command?.command, 'traceward.showTrace');
    assert.deepEqual(lens.command.arguments, [{ uri: file.uri, position: file.at('pin_check', 0) }]);
    await editor.changeSettings({ '': { codeLens: false } });
    await editor.until('the lens is gone', async () => (await file.lenses()).length === 0);
  });

  it('follow a change in the item file', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const file = editor.open('src/pin.c');
    const items = editor.open('security/items.yaml');
    const refreshes = () => editor.messages('workspace/codeLens/refresh').length;
    const before = refreshes();
    await items.replace('verifies: [SR-AUTH-003]', 'verifies: [SR-CRYPTO-001]');
    await editor.until('lenses are refreshed', () => refreshes() > before);
    assert.match(await file.screen(), /^» SR-AUTH-003 \| mitigates T-004 \| no test\n/);
  });
});

describe('hovers', () => {
  afterEach(closeEditors);

  it('explain a finding: what, why, how to fix, where to read, and what stands behind the code', async () => {
    const code = CODE.replace('return 0', 'strcpy(last_pin, pin)');
    const editor = await openEditor({ files: { ...FILES, 'src/pin.c': code } });
    const text = await editor.open('src/pin.c').hover('strcpy');
    assert.equal(
      text,
      [
        '**unbounded-string-copy** (error)',
        '`strcpy` writes to `last_pin` without knowing its size.',
        '**Why** The copy runs past the end of the buffer and overwrites what follows.',
        '**How to fix** Use a copy that takes the size of the target.',
        '[CWE-120: Buffer Copy without Checking Size of Input](https://cwe.mitre.org/data/definitions/120.html) · ' +
          '[CERT STR31-C](https://cmu-sei.github.io/secure-coding-standards/rules/str31-c)',
        '---',
        'Behind `pin_check`:\n- [SR-AUTH-003](file:///ws/security/items.yaml#L15) Lock after wrong PINs. **Covered**',
      ].join('\n\n'),
    );
  });

  it('show the item behind a tag', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const text = await editor.open('src/pin.c').hover('SR-AUTH-003');
    for (const part of [
      '**SR-AUTH-003** Lock after wrong PINs',
      'requirement · authentication · revision 2',
      '> The pump shall refuse further PIN entry after three wrong PINs.',
      '**Covered**',
      'Threats: [T-004](file:///ws/security/items.yaml#L5) Guessing the PIN',
      'Controls: [C-AUTH-02]',
      'Tests: [TC-AUTH-003]',
      'Code: [pin\\_check](file:///ws/src/pin.c#L2) src/pin.c:2',
      'Test code: [test\\_pin\\_lock](file:///ws/tests/test_pin.c#L1)',
    ]) {
      assert.ok(text.includes(part), `${part}\nis not in\n${text}`);
    }
  });

  it('show an item where it is declared and where a list names it, with its gap', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const items = editor.open('security/items.yaml');
    assert.match(await items.hover('SR-CRYPTO-001'), /\*\*Not covered\*\*: No code implements it\./);
    assert.match(await items.hover('[T-004]', 2), /^\*\*T-004\*\* Guessing the PIN\n\nthreat · spoofing/);
  });

  it('say what is wrong with a tag', async () => {
    const editor = await openEditor({ files: { ...FILES, 'src/pin.c': CODE.replace('003]', '003@1]') } });
    assert.match(
      await editor.open('src/pin.c').hover('SR-AUTH-003'),
      /^\*\*SR-AUTH-003 is outdated\*\*: .*@2/,
    );
  });

  it('take no markup, image or link from an item file', async () => {
    const hostile = ITEMS.replace(
      'Lock after wrong PINs',
      '"![x](https://evil.example/x.png) [a](command:b) <img src=x>"',
    );
    const editor = await openEditor({ files: { ...FILES, 'security/items.yaml': hostile } });
    const text = await editor.open('src/pin.c').hover('SR-AUTH-003');
    assert.ok(
      text.includes('\\!\\[x\\](https:\u200b//evil.example/x.png) \\[a\\](command:b) \\<img src=x\\>'),
      text,
    );
  });

  it('are plain for a client that shows no Markdown', async () => {
    const editor = await openEditor({ files: { ...FILES }, client: 'bare' });
    const file = editor.open('src/pin.c');
    await editor.until('the scan has ended', async () =>
      (await file.hover('SR-AUTH-003')).includes('Covered'),
    );
    const text = await file.hover('SR-AUTH-003');
    assert.ok(text.startsWith('SR-AUTH-003 Lock after wrong PINs\n\nrequirement · authentication'), text);
    assert.ok(text.includes('Code: pin_check src/pin.c:2'), text);
  });
});

describe('ways through the trace', () => {
  afterEach(closeEditors);

  it('lead from a tag to its requirement, and on to threats', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    assert.deepEqual(await editor.open('src/pin.c').definition('SR-AUTH-003'), ['security/items.yaml:15']);
    const items = editor.open('security/items.yaml');
    assert.deepEqual(
      await items.definition('[C-AUTH-02]'),
      ['security/items.yaml:10'],
      'from an entry to its item',
    );
    assert.deepEqual(
      await items.definition('SR-AUTH-003'),
      ['security/items.yaml:10'],
      'from a declaration upstream',
    );
    assert.deepEqual(await items.definition('C-AUTH-02'), ['security/items.yaml:5']);
  });

  it('lead back from an id to everything that names it', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const expected = ['security/items.yaml:15', 'security/items.yaml:29', 'src/pin.c:2'];
    assert.deepEqual(await editor.open('security/items.yaml').references('SR-AUTH-003'), expected);
    assert.deepEqual(await editor.open('src/pin.c').references('SR-AUTH-003', 1, false), expected.slice(1));
  });

  it('are links on ids', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    assert.deepEqual(await editor.open('src/pin.c').links(), [
      'SR-AUTH-003 -> file:///ws/security/items.yaml#L15',
    ]);
    assert.deepEqual(await editor.open('security/items.yaml').links(), [
      'A-01 -> file:///ws/security/items.yaml#L2',
      'T-004 -> file:///ws/security/items.yaml#L5',
      'C-AUTH-02 -> file:///ws/security/items.yaml#L10',
      'T-004 -> file:///ws/security/items.yaml#L5',
      'SR-AUTH-003 -> file:///ws/security/items.yaml#L15',
    ]);
  });

  it('find items by letters of their id and title', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const find = async (query: string) =>
      (await editor.request<SymbolInformation[]>('workspace/symbol', { query })).map(
        ({ name, containerName, location }) =>
          `${name} (${containerName ?? ''}) ${placesOf([location])[0] ?? ''}`,
      );
    assert.deepEqual(await find('wrong'), [
      'SR-AUTH-003 Lock after wrong PINs (requirement) security/items.yaml:15',
      'TC-AUTH-003 Three wrong PINs lock (test case) security/items.yaml:27',
    ]);
    assert.deepEqual(await find('t004'), ['T-004 Guessing the PIN (threat) security/items.yaml:5']);
  });

  it('are a tree with gaps first', async () => {
    const editor = await openEditor({
      files: { ...FILES, 'src/other.c': '// [SR-NO-001]\nvoid g(void) {\n}\n' },
    });
    const { folders } = await editor.request<TraceTree>('traceward/traceTree', {});
    assert.deepEqual(folders[0]?.counts, {
      requirements: 2,
      coveredRequirements: 1,
      gaps: 1,
      brokenLinks: 1,
    });
    assert.equal(
      drawn(folders[0].nodes),
      `
SR-CRYPTO-001 Encrypt records [gap 1]
  Threats 1
    T-004 Guessing the PIN [below]
  Code missing [gap]
  Tests missing [gap]
SR-AUTH-003 Lock after wrong PINs [covered]
  Threats 1
    T-004 Guessing the PIN [below]
  Controls 1
    C-AUTH-02 PIN entry is limited [covered]
  Code 1
    pin_check src/pin.c:3 [covered]
  Tests 1
    TC-AUTH-003 Three wrong PINs lock [covered]
      test_pin_lock tests/test_pin.c:2 [covered]
Broken links 1 [below 1]
  SR-NO-001 orphaned, in g (src/other.c:1) [broken 1]`,
    );
    assert.equal(new Set(keysOf(folders[0].nodes)).size, keysOf(folders[0].nodes).length, 'keys are unique');
  });

  it('tell the editor when the tree is out of date', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const told = () => editor.messages('traceward/traceChanged').length;
    const before = told();
    await editor.open('src/pin.c').replace('// [SR-AUTH-003]', '');
    await editor.until('the trace changed', () => told() > before);
  });

  it('start at the function under the cursor', async () => {
    const editor = await openEditor({
      files: { ...FILES, 'src/pin.c': CODE.replace('return 0', 'strcpy(a, pin)') },
    });
    const file = editor.open('src/pin.c');
    const ask = (text: string) =>
      editor.request<UnitTrace | null>('traceward/traceAt', {
        textDocument: { uri: file.uri },
        position: file.at(text),
      });
    for (const place of ['strcpy', 'pin_check', 'SR-AUTH-003']) {
      const trace = await ask(place);
      assert.deepEqual([trace?.unit.name, trace?.unit.kind, trace?.findings], ['pin_check', 'function', 1]);
      assert.deepEqual(
        trace?.nodes.map((node) => node.label),
        ['SR-AUTH-003'],
      );
    }
  });

  it('list and locate items by id', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const items = await editor.request<ItemEntry[]>('traceward/listItems', { kind: 'requirement' });
    assert.deepEqual(
      items.map(({ id, status }) => [id, status]),
      [
        ['SR-AUTH-003', 'covered'],
        ['SR-CRYPTO-001', 'gap'],
      ],
    );
    assert.deepEqual(placesOf(await editor.request('traceward/locateItem', { id: 'T-004' })), [
      'security/items.yaml:5',
    ]);
    assert.deepEqual(await editor.request('traceward/locateItem', { id: 'T-999' }), []);
  });
});

describe('commands of the client', () => {
  afterEach(closeEditors);

  it('scan again and say what was found', async () => {
    const editor = await openEditor({
      files: { ...FILES, 'a.c': 'void f(void) {\n  strcpy(a, b);\n  rand();\n}\n' },
    });
    const { outcome, summary } = await editor.request<ScanResult>('traceward/scanWorkspace', {});
    assert.equal(outcome, 'done');
    assert.deepEqual(summary.folders, [
      {
        uri: 'file:///ws',
        name: 'ws',
        state: 'ready',
        filesDone: 4,
        filesTotal: 4,
        incomplete: false,
        skipped: 0,
        errors: 1,
        warnings: 1,
        infos: 0,
        gaps: 1,
        brokenLinks: 0,
      },
    ]);
  });

  it('run the tests of a rule, from the rule or its test file, as the editor has them', async () => {
    const rule = RULES.split('  - id: weak-random')[0] ?? '';
    const test = `void f(void) {\n  // ruleid: unbounded-string-copy\n  strcpy(a, b);\n  strcpy(c, d);\n}\n`;
    const editor = await openEditor({ files: { 'rules/copy.yaml': rule, 'rules/copy.c': test } });
    const ask = (uri: string) =>
      editor.request<RuleTestsResult>('traceward/runRuleTests', { textDocument: { uri } });
    const { results } = await ask('file:///ws/rules/copy.yaml');
    assert.deepEqual(
      results.map(({ ruleId, passed }) => [ruleId, passed]),
      [['unbounded-string-copy', false]],
    );
    assert.deepEqual(placesOf(results[0]?.failures.map(({ location }) => location) ?? []), [
      'rules/copy.c:4',
    ]);
    const file = editor.open('rules/copy.c');
    await file.replace('  strcpy(c, d);\n', '');
    assert.deepEqual(
      (await ask(file.uri)).results.map(({ passed }) => passed),
      [true],
    );
    assert.deepEqual((await ask('file:///ws/rules/none.yaml')).problems, [
      'There is no rule file rules/none.yaml.',
    ]);
  });
});

function drawn(nodes: readonly TraceNode[], indent = ''): string {
  return nodes
    .map(({ label, description, status, gaps, children }) => {
      const marks = [...(status === 'none' ? [] : [status]), ...(gaps > 0 ? [gaps] : [])].join(' ');
      return `\n${indent}${label} ${description}${marks === '' ? '' : ` [${marks}]`}${drawn(children, `${indent}  `)}`;
    })
    .join('');
}

function keysOf(nodes: readonly TraceNode[]): string[] {
  return nodes.flatMap((node) => [node.key, ...keysOf(node.children)]);
}
