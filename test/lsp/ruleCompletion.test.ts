import assert from 'node:assert/strict';

import fc from 'fast-check';

import { keyAt, keysOf, shapeAt, valuesOf } from '../../server/src/lsp/ruleKeys.ts';
import { yamlCursor, yamlKeyAt } from '../../server/src/lsp/yamlCursor.ts';
import { closeEditors, openEditor } from './fakeEditor.ts';

/** Where the cursor `|` stands: `path at typed`, with the other keys in brackets. */
function at(text: string): string | undefined {
  const lines = text.split('\n');
  const line = lines.findIndex((each) => each.includes('|'));
  const character = lines[line]?.indexOf('|') ?? 0;
  const cursor = yamlCursor(
    lines.map((each, index) => (index === line ? each.replace('|', '') : each)),
    line,
    character,
  );
  if (cursor === undefined) return undefined;
  const path = cursor.path.map((step) => (step === -1 ? '*' : step)).join('.');
  const others = cursor.siblings.length === 0 ? '' : ` [${[...cursor.siblings].sort().join(' ')}]`;
  return `${path} ${cursor.at} ${cursor.typed}`.trim() + others;
}

describe('a cursor in YAML', () => {
  for (const [text, expected] of [
    ['ru|', 'key ru'],
    ['rules:\n  - |', 'rules.* key'],
    ['rules:\n- i|', 'rules.* key i'],
    ['rules:\n  - id: x\n    sev|', 'rules.* key sev [id]'],
    ['rules:\n  - id: x\n    |\n    message: y\n  - id: z\n    fix: w', 'rules.* key [id message]'],
    ['rules:\n  - id: x\n  - |', 'rules.* key'],
    ['rules:\n  - id: x\n    severity: E|', 'rules.*.severity value E'],
    ['rules:\n  - id: x\n    languages: [c, p|', 'rules.*.languages.* value p'],
    ['rules:\n  - id: x\n    languages:\n      - |', 'rules.*.languages.* key'],
    ['rules:\n  - id: x\n    languages:\n    - c\n    - |', 'rules.*.languages.* key'],
    ['rules:\n  - patterns:\n      - pattern: f()\n      - pat|', 'rules.*.patterns.* key pat'],
    [
      'rules:\n  - patterns:\n      - pattern-either:\n          - |',
      'rules.*.patterns.*.pattern-either.* key',
    ],
    [
      'rules:\n  - patterns:\n      - metavariable-regex:\n          metavariable: $X\n          |',
      'rules.*.patterns.*.metavariable-regex key [metavariable]',
    ],
    ['rules:\n  # a remark\n\n  - id: x\n\n    |', 'rules.* key [id]'],
    ['a: 1\nrules:\n  - id: x\nb: 2\nru|', 'key ru [a b rules]'],
    ['rules: # a remark |', undefined],
    ['# |', undefined],
    ['rules:\n  - message: "a |', undefined],
    ['rules:\n  - options:\n      x: 1\n    paths:\n      |', 'rules.*.paths key'],
  ] as const) {
    it(JSON.stringify(text), () => assert.equal(at(text), expected));
  }

  it('in a block of text stands nowhere', () => {
    const lines = ['rules:', '  - pattern: |', '      switch (x) {', '        default:', '          f'];
    assert.equal(yamlCursor(lines, 4, 11), undefined);
    const after = [...lines.slice(0, 4), '    sev'];
    assert.deepEqual(yamlCursor(after, 4, 7)?.path, ['rules', -1]);
  });

  it('is never too much, wherever it stands and whatever was typed (property)', () => {
    const words = [
      'rules:',
      '- ',
      '  ',
      '    ',
      '\n',
      '\n',
      'id: x',
      'patterns:',
      'pattern: |',
      '[a, ',
      '"',
      '#',
      ':',
      'where:',
    ];
    const text = fc.array(
      fc.constantFrom(...words, 'pattern-either:', 'toString: ', '__proto__:', 'constructor:\n'),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(text, fc.nat(15), fc.nat(20), (parts, line, character) => {
        const lines = parts.join('').split('\n');
        const cursor = yamlCursor(lines, line, character);
        if (cursor !== undefined) {
          assert.ok(cursor.start <= character);
          const shape = shapeAt(cursor.path);
          assert.ok(Array.isArray(keysOf(shape)) && Array.isArray(valuesOf(shape)));
        }
        const key = yamlKeyAt(lines, line, character);
        if (key !== undefined)
          assert.ok(keyAt(key.path) === undefined || typeof keyAt(key.path)?.description === 'string');
      }),
      { numRuns: 2000 },
    );
  });

  it('is found in linear time', () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, line) => `${' '.repeat(line % 50)}- a${line}: ${'x'.repeat(50)}`,
    );
    const start = performance.now();
    yamlCursor(lines, 19_999, 10);
    assert.ok(performance.now() - start < 500);
  });
});

describe('completion in a rule file', () => {
  afterEach(closeEditors);

  const offered = async (text: string, path = 'my/rule.yaml'): Promise<string[]> => {
    const editor = await openEditor({ files: { [path]: text.replace('|', '') } });
    const file = editor.open(path);
    const before = text.slice(0, text.indexOf('|'));
    const labels = (await file.completion(before)).map(({ label }) => label);
    await closeEditors();
    return labels;
  };

  it('offers the keys of a rule that are not there yet', async () => {
    const keys = await offered('rules:\n  - id: x\n    |\n');
    for (const key of ['languages', 'severity', 'message', 'pattern', 'patterns', 'fix-regex', 'options']) {
      assert.ok(keys.includes(key), key);
    }
    assert.ok(!keys.includes('id'));
  });

  it('offers operators and conditions where they may stand', async () => {
    const entries = await offered('rules:\n  - id: x\n    patterns:\n      - |\n');
    assert.ok(entries.includes('pattern-not-inside') && entries.includes('metavariable-comparison'));
    assert.ok(!entries.includes('severity'));
    const alternatives = await offered('rules:\n  - id: x\n    pattern-either:\n      - |\n');
    assert.ok(alternatives.includes('pattern') && !alternatives.includes('metavariable-comparison'));
    const sources = await offered('rules:\n  - id: x\n    mode: taint\n    pattern-sources:\n      - |\n');
    assert.ok(sources.includes('by-side-effect') && sources.includes('pattern'));
    assert.deepEqual(
      await offered(
        'rules:\n  - id: x\n    patterns:\n      - metavariable-analysis:\n          metavariable: $X\n          |\n',
      ),
      ['analyzer'],
    );
  });

  it('offers values', async () => {
    assert.ok((await offered('rules:\n  - id: x\n    severity: |\n')).includes('ERROR'));
    assert.deepEqual(await offered('rules:\n  - id: x\n    mode: |\n'), ['search', 'taint', 'require-tag']);
    assert.deepEqual(await offered('rules:\n  - id: x\n    options:\n      symmetric_eq: |\n'), [
      'true',
      'false',
    ]);
    const languages = await offered('rules:\n  - id: x\n    languages: [c, |\n');
    assert.ok(languages.includes('cpp') && languages.includes('generic'));
    assert.ok((await offered('rules:\n  - id: x\n    languages:\n      - |\n')).includes('c'));
  });

  it('writes the key with its colon', async () => {
    const editor = await openEditor({ files: { 'rule.yaml': 'rules:\n  - id: x\n    sev\n' } });
    const file = editor.open('rule.yaml');
    const severity = (await file.completion('    sev')).find(({ label }) => label === 'severity');
    assert.deepEqual(severity?.textEdit, {
      range: { start: file.at('sev', 0), end: file.at('sev', 3) },
      newText: 'severity: ',
    });
    assert.equal(severity.documentation, 'How much a finding matters.');
  });

  it('offers nothing in code, in free text and in other YAML files', async () => {
    assert.deepEqual(await offered('rules:\n  - id: x\n    message: |\n'), []);
    assert.deepEqual(await offered('rules:\n  - id: x\n    metadata:\n      own:\n        |\n'), []);
    assert.deepEqual(await offered('rules:\n  - apiGroups: [""]\n    |\n'), []);
    assert.deepEqual(await offered('a: 1\n|\n'), []);
  });

  it('explains a key in its hover', async () => {
    const editor = await openEditor({
      files: {
        'rule.yaml': 'rules:\n  - id: x\n    mode: taint\n    patterns:\n      - focus-metavariable: $X\n',
      },
    });
    const file = editor.open('rule.yaml');
    assert.match(
      await file.hover('mode'),
      /^\*\*mode\*\*\n\n.*\n\nOne of `search`, `taint`, `require-tag`\.$/s,
    );
    assert.match(await file.hover('focus-metavariable'), /The range becomes this metavariable's/);
    assert.equal(await file.hover('taint'), '');
  });
});
