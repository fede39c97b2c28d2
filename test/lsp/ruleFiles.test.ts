import assert from 'node:assert/strict';

import type { TryRuleResult } from '../../server/src/protocol/messages.ts';
import { closeEditors, openEditor, type FakeEditor } from './fakeEditor.ts';
import type { OpenFile } from './openFile.ts';

const RULE = `rules:
  - id: no-jump
    languages: [c]
    severity: ERROR
    message: Jump of $X
    pattern: jump($X)
`;
const TEST = `void f(void) {
  // ruleid: no-jump
  jump(1);
  // ok: no-jump
  step(1);
}
`;

/** `line severity code message` of each diagnostic. */
async function told(file: OpenFile): Promise<string[]> {
  return (await file.diagnostics())
    .map(({ range, severity, code, message }) => {
      const text = typeof message === 'string' ? message : message.value;
      return `${range.start.line + 1} ${severity ?? ''} ${String(code)} ${text}`;
    })
    .filter((line) => !line.includes('unbounded-string-copy'));
}

/** Waits until a file says something that matches, or nothing at all. */
async function saying(editor: FakeEditor, file: OpenFile, wanted: RegExp | undefined): Promise<string[]> {
  let last: string[] = [];
  await editor.until(`${file.uri} says ${String(wanted)}`, async () => {
    last = await told(file);
    return wanted === undefined ? last.length === 0 : last.some((line) => wanted.test(line));
  });
  return last;
}

describe('an open rule file', () => {
  afterEach(closeEditors);

  it('shows what does not load, at its key, while it is typed', async () => {
    const editor = await openEditor({ files: { 'my/jump.yaml': RULE } });
    const file = editor.open('my/jump.yaml');
    assert.deepEqual(await told(file), []);
    await file.replace('pattern:', 'pattrn:');
    const [first] = await saying(editor, file, /pattrn/);
    assert.match(first ?? '', /^6 1 rule-/);
    await file.replace('pattrn:', 'pattern:');
    await saying(editor, file, undefined);
  });

  it('shows what does not compile, also for a language of which no file is open', async () => {
    const editor = await openEditor({ files: { 'my/jump.yaml': RULE } });
    const file = editor.open('my/jump.yaml');
    await file.replace('pattern: jump($X)', "pattern: 'jump(('");
    const [first] = await saying(editor, file, /does not run on C:/);
    assert.match(first ?? '', /^6 1 rule-pattern Rule no-jump does not run on C: /);
    await file.replace('languages: [c]', 'languages: [cpp]');
    await saying(editor, file, /does not run on C\+\+:/);
  });

  it('is told from other YAML files with a list `rules`', async () => {
    const role = 'kind: Role\nrules:\n  - apiGroups: [""]\n    resources: [pods]\n    verbs: [get]\n';
    const editor = await openEditor({ files: { 'role.yaml': role, 'other.yaml': 'rules:\n  a: 1\n' } });
    assert.deepEqual(await told(editor.open('role.yaml')), []);
    assert.deepEqual(await told(editor.open('other.yaml')), []);
  });

  it('shows what its tests say, on its id and on the lines of the test, when either is saved', async () => {
    const editor = await openEditor({ files: { 'my/jump.yaml': RULE, 'my/jump.c': TEST } });
    const rule = editor.open('my/jump.yaml');
    const test = editor.open('my/jump.c');
    assert.deepEqual(await told(rule), []);
    await test.replace('// ok: no-jump', '// ruleid: no-jump');
    await test.save();
    assert.deepEqual(await saying(editor, rule, /rule-test/), [
      '2 2 rule-test Line 5 of jump.c is not as annotated.',
    ]);
    assert.deepEqual(await told(test), ['5 2 rule-test no-jump should report this line and does not.']);
    await rule.replace('pattern: jump($X)', 'pattern: step($X)');
    await rule.save();
    await saying(editor, rule, /Line 3 of jump\.c/);
    await rule.replace('pattern: step($X)', 'pattern: $F(1)');
    await rule.save();
    await saying(editor, rule, undefined);
    await saying(editor, test, undefined);
  });

  it('shows what its tests say as soon as it is opened, and no longer than that', async () => {
    const editor = await openEditor({
      files: { 'my/jump.yaml': RULE, 'my/jump.c': TEST.replace('ruleid', 'ok') },
    });
    const rule = editor.open('my/jump.yaml');
    await saying(editor, rule, /Line 3 of jump\.c is not as annotated/);
    assert.deepEqual(await editor.problems(), [
      'my/jump.c:3 warning rule-test',
      'my/jump.yaml:2 warning rule-test',
    ]);
    await rule.close();
    await editor.until('nothing is shown', async () => (await editor.problems()).length === 0);
  });

  it('shows what its fixes make of a .fixed file', async () => {
    const files = {
      'jump.yaml': `${RULE}    fix: step($X)\n`,
      'jump.c': TEST,
      'jump.fixed.c': TEST.replace('jump(1)', 'stop(1)'),
    };
    const editor = await openEditor({ files });
    await saying(
      editor,
      editor.open('jump.yaml'),
      /^2 2 rule-test The fixes do not make what jump\.fixed\.c says; see its line 3\./,
    );
  });

  it('of the project shows what the other rules have to do with it, too', async () => {
    const files = { 'traceward.yaml': 'rules: [my]\n', 'my/a.yaml': RULE, 'my/b.yaml': RULE };
    const editor = await openEditor({ files });
    await saying(editor, editor.open('my/b.yaml'), /rule-(renamed|duplicate)/);
  });

  it('in a folder that the project excludes says the same', async () => {
    const files = {
      'traceward.yaml': 'exclude: [my/**]\n',
      'my/jump.yaml': RULE.replace('pattern:', 'pattrn:'),
    };
    const editor = await openEditor({ files });
    await saying(editor, editor.open('my/jump.yaml'), /pattrn/);
  });

  it('is pushed to a client that does not ask', async () => {
    const editor = await openEditor({ client: 'bare', files: { 'my/jump.yaml': RULE } });
    const file = editor.open('my/jump.yaml');
    await file.replace('pattern:', 'pattrn:');
    await saying(editor, file, /pattrn/);
  });
});

describe('trying a rule', () => {
  afterEach(closeEditors);
  const TWO = `${RULE}  - id: no-step\n    languages: [c]\n    severity: INFO\n    message: Step\n    pattern: step(...)\n`;

  const ask = (editor: FakeEditor, position?: { line: number; character: number }, target = 'src/a.c') =>
    editor.request<TryRuleResult>('traceward/tryRule', {
      textDocument: { uri: 'file:///ws/my/jump.yaml' },
      ...(position === undefined ? {} : { position }),
      target: { uri: `file:///ws/${target}` },
    });

  it('runs the rule at the cursor on another file, as the editor has both', async () => {
    const editor = await openEditor({ files: { 'my/jump.yaml': TWO, 'src/a.c': TEST, 'src/b.txt': '' } });
    const rules = editor.open('my/jump.yaml');
    const first = await ask(editor, rules.at('severity: ERROR'));
    assert.deepEqual(first, {
      rules: ['no-jump'],
      matches: [
        {
          ruleId: 'no-jump',
          message: 'Jump of 1',
          range: { start: { line: 2, character: 2 }, end: { line: 2, character: 9 } },
          text: 'jump(1);',
        },
      ],
      problems: [],
    });
    const second = await ask(editor, rules.at('severity: INFO'));
    assert.deepEqual(second.rules, ['no-step']);
    const source = editor.open('src/a.c');
    await source.replace('step(1)', 'step(2); step(3)');
    const all = await ask(editor);
    assert.deepEqual(
      all.matches.map(({ ruleId, range }) => `${range.start.line + 1} ${ruleId}`),
      ['3 no-jump', '5 no-step', '5 no-step'],
    );
  });

  it('says why a rule finds nothing', async () => {
    const editor = await openEditor({ files: { 'my/jump.yaml': RULE, 'src/a.c': TEST, 'src/b.cpp': TEST } });
    const rules = editor.open('my/jump.yaml');
    assert.deepEqual((await ask(editor, undefined, 'src/b.cpp')).problems, [
      'Rule no-jump is for c and does not look at src/b.cpp.',
    ]);
    assert.deepEqual((await ask(editor, undefined, 'src/none.c')).problems, [
      'The file to try the rule on cannot be read: save it first.',
    ]);
    await rules.replace('jump($X)', "'jump(('");
    assert.match((await ask(editor)).problems.join(), /Rule no-jump does not run on C: /);
    await rules.replace('pattern:', 'pattrn:');
    assert.match((await ask(editor)).problems.join(), /pattrn/);
  });
});
