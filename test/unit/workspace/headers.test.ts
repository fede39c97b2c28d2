import assert from 'node:assert/strict';

import { DEFAULT_CONFIG, type ProjectConfig } from '../../../server/src/core/config/projectConfig.ts';
import { declarationsIn } from '../../../server/src/core/headers/declarations.ts';
import { preprocessConfigSchema } from '../../../server/src/core/preprocess/preprocessConfig.ts';
import { createWorkspace, type Workspace } from '../../../server/src/core/workspace.ts';
import { loadLanguages, rulesOf } from '../../support/engine.ts';

const RULES = `rules:
  - id: overflow
    languages: [c]
    severity: ERROR
    message: too far
    pattern-fact: out-of-bounds-write
  - id: weak-key
    languages: [c]
    severity: ERROR
    message: weak
    pattern: set_key("=~/secret/")
  - id: only-cpp
    languages: [cpp]
    severity: WARNING
    message: of C++
    pattern: strcpy($D, $S)
  - id: copy
    languages: [c]
    severity: WARNING
    message: copies
    pattern: strcpy($D, $S)
`;

async function workspace(c: Partial<ProjectConfig['c']> = {}): Promise<Workspace> {
  return createWorkspace({
    languages: await loadLanguages(),
    rules: await rulesOf(RULES),
    config: { ...DEFAULT_CONFIG, c: { ...DEFAULT_CONFIG.c, ...c } },
  });
}

function found(ws: Workspace, path: string): string[] {
  return (ws.snapshot().report(path)?.findings ?? []).map(
    ({ range, ruleId }) => `${range.start.line + 1} ${ruleId}`,
  );
}

function header(ws: Workspace, path: string, text: string): void {
  ws.applyChange({ kind: 'declarations', path, declarations: declarationsIn(text) });
}

const MAIN = '#include "frame.h"\nvoid f(void) { struct frame a; a.data[8] = 0; set_key(KEY); }\n';
const FRAME = '#define KEY "my secret"\nstruct frame { char data[8]; };\n';

describe('what a file includes', () => {
  it('is known to facts and to constants of patterns', async () => {
    const ws = await workspace();
    header(ws, 'frame.h', FRAME);
    ws.applyChange({ kind: 'file', path: 'main.c', text: MAIN });
    assert.deepEqual(found(ws, 'main.c'), ['2 overflow', '2 weak-key']);
  });

  it('is known wherever the header comes from', async () => {
    const ws = await workspace();
    ws.applyChange({ kind: 'file', path: 'frame.h', text: FRAME });
    ws.applyChange({ kind: 'file', path: 'main.c', text: MAIN });
    assert.deepEqual(found(ws, 'main.c'), ['2 overflow', '2 weak-key']);
  });

  it('names the files that are to be read again when it changes', async () => {
    const ws = await workspace();
    header(ws, 'frame.h', FRAME);
    for (const path of ['main.c', 'other.c']) {
      ws.applyChange({ kind: 'file', path, text: path === 'main.c' ? MAIN : 'int x;' });
    }
    assert.deepEqual(ws.outdated(), []);
    header(ws, 'frame.h', `/* why */ ${FRAME}`);
    assert.deepEqual(ws.outdated(), [], 'a comment changes nothing');
    header(ws, 'frame.h', FRAME.replace('8', '16'));
    assert.deepEqual(ws.outdated(), ['main.c']);
    ws.applyChange({ kind: 'file', path: 'main.c', text: MAIN });
    assert.deepEqual(found(ws, 'main.c'), ['2 weak-key']);
    assert.deepEqual(ws.outdated(), []);
    ws.applyChange({ kind: 'remove', path: 'frame.h' });
    assert.deepEqual(ws.outdated(), ['main.c']);
    header(ws, 'new/frame.h', FRAME);
    ws.applyChange({ kind: 'file', path: 'main.c', text: MAIN });
    assert.deepEqual(found(ws, 'main.c'), ['2 overflow', '2 weak-key']);
  });

  it('counts as it stands in the editor, for open files too', async () => {
    const ws = await workspace();
    header(ws, 'frame.h', FRAME);
    // The one that includes is opened first.
    ws.applyChange({ kind: 'open', path: 'main.c', text: MAIN });
    ws.applyChange({ kind: 'open', path: 'frame.h', text: FRAME });
    assert.deepEqual(found(ws, 'main.c'), ['2 overflow', '2 weak-key']);
    const range = { start: { line: 1, column: 25 }, end: { line: 1, column: 26 } };
    ws.applyChange({ kind: 'edit', path: 'frame.h', edits: [{ range, text: '16' }] });
    assert.equal(ws.textOf('frame.h')?.includes('data[16]'), true);
    assert.deepEqual(found(ws, 'main.c'), ['2 weak-key']);
    header(ws, 'frame.h', FRAME);
    assert.deepEqual(found(ws, 'main.c'), ['2 weak-key'], 'what is on disk does not count');
  });
});

describe('a macro of a header that stands for a function', () => {
  const use = (own = ''): string =>
    `#include "port.h"\n${own}\nvoid f(char *a, char *b) { port_copy(a, b); }\n`;
  const PORT = '#define port_copy strcpy\n';
  const NAME = { start: { line: 0, column: 18 }, end: { line: 0, column: 27 } };

  const CASES: readonly (readonly [
    what: string,
    headers: Readonly<Record<string, string>>,
    expected: readonly string[],
    own?: string,
  ])[] = [
    ['is that function to rules', { 'port.h': PORT }, ['3 copy']],
    ['may have parameters', { 'port.h': '#define port_copy(d, s) strcpy(d, s)\n' }, ['3 copy']],
    [
      'may lead through another macro',
      { 'port.h': '#include "os.h"\n#define port_copy os_copy\n', 'os.h': '#define os_copy strcpy\n' },
      ['3 copy'],
    ],
    [
      'may lead through one of the file',
      { 'port.h': '#define os_copy strcpy\n' },
      ['3 copy'],
      '#define port_copy os_copy',
    ],
    ['is none where definitions differ', { 'port.h': `${PORT}#define port_copy(d, s) copy(d, s, 8)\n` }, []],
    ['counts only where the header is included', { 'os.h': PORT }, []],
    ['counts less than one of the file', { 'port.h': PORT }, [], '#define port_copy safe_copy'],
  ];
  for (const [what, headers, expected, own = ''] of CASES) {
    it(what, async () => {
      const ws = await workspace();
      for (const [path, text] of Object.entries(headers)) header(ws, path, text);
      ws.applyChange({ kind: 'file', path: 'main.c', text: use(own) });
      assert.deepEqual(found(ws, 'main.c'), expected);
    });
  }

  it('is looked at again when the header changes', async () => {
    const ws = await workspace();
    header(ws, 'port.h', PORT);
    ws.applyChange({ kind: 'open', path: 'main.c', text: use() });
    assert.deepEqual(found(ws, 'main.c'), ['3 copy']);
    ws.applyChange({ kind: 'open', path: 'port.h', text: PORT.replace('strcpy', 'safe_copy') });
    assert.deepEqual(found(ws, 'main.c'), []);
    ws.applyChange({ kind: 'edit', path: 'port.h', edits: [{ range: NAME, text: 'strcpy' }] });
    assert.deepEqual(found(ws, 'main.c'), ['3 copy']);
  });
});

describe('a function of another file', () => {
  const USE = 'void f(void) { char a[8]; fill(a); }\n';
  const FILL = 'void fill(char *p) { set(p); }\n';
  const SET = '#define LEN 9\nvoid set(char *p) { memset(p, 0, LEN); }\n';

  async function filled(): Promise<Workspace> {
    const ws = await workspace();
    for (const [path, text] of Object.entries({ 'fill.c': FILL, 'set.c': SET })) header(ws, path, text);
    for (const [path, text] of Object.entries({
      'use.c': USE,
      'fill.c': FILL,
      'set.c': SET,
      'x.c': 'int x;',
    }))
      ws.applyChange({ kind: 'file', path, text });
    return ws;
  }

  it('is known to what calls it', async () => {
    assert.deepEqual(found(await filled(), 'use.c'), ['1 overflow']);
  });

  it('names the files that depend on it when it changes, near and far', async () => {
    const ws = await filled();
    assert.deepEqual(ws.outdated(), []);
    header(ws, 'set.c', SET.replace('9', '8'));
    assert.deepEqual(ws.outdated(), ['fill.c', 'use.c']);
    ws.applyChange({ kind: 'file', path: 'use.c', text: USE });
    assert.deepEqual(found(ws, 'use.c'), []);
    header(ws, 'x.c', 'int y;');
    header(ws, 'fill.c', `/* why */ ${FILL}`);
    assert.deepEqual(ws.outdated(), ['fill.c'], 'nothing else');
  });

  it('counts as it stood when its editor was last idle', async () => {
    const ws = await filled();
    ws.applyChange({ kind: 'open', path: 'use.c', text: USE });
    ws.applyChange({ kind: 'open', path: 'set.c', text: SET });
    const range = { start: { line: 0, column: 12 }, end: { line: 0, column: 13 } };
    ws.applyChange({ kind: 'edit', path: 'set.c', edits: [{ range, text: '8' }] });
    assert.deepEqual(found(ws, 'use.c'), ['1 overflow']);
    ws.applyChange({ kind: 'settle', path: 'set.c' });
    assert.deepEqual(found(ws, 'use.c'), []);
  });
});

describe('the key `c` of the configuration', () => {
  it('says how macros read', async () => {
    const unparsed = async (c: Partial<ProjectConfig['c']>): Promise<number | undefined> => {
      const ws = await workspace(c);
      ws.applyChange({ kind: 'file', path: 'main.c', text: 'int x placed(3) = 4;\n' });
      return ws.snapshot().files.get('main.c')?.unparsed.bytes;
    };
    assert.notEqual(await unparsed({}), 0);
    assert.equal(await unparsed({ macros: { 'placed()': 'attribute' } }), 0);
  });

  it('says what the build defines, and what it does not', async () => {
    const text = 'void f(void) {\n#ifdef DEBUG\n  strcpy(a, b);\n#else\n  strcpy(c, d);\n#endif\n}\n';
    const lines = async (c: Partial<ProjectConfig['c']>): Promise<readonly string[]> => {
      const ws = await workspace(c);
      ws.applyChange({ kind: 'file', path: 'main.c', text });
      return found(ws, 'main.c');
    };
    assert.deepEqual(await lines({}), ['3 copy', '5 copy']);
    assert.deepEqual(await lines({ defines: ['DEBUG'] }), ['3 copy']);
    assert.deepEqual(await lines({ undefines: ['DEBUG'] }), ['5 copy']);
  });

  it('leaves all arms of a conditional to be followed, also where their code reads alike', async () => {
    const ws = await workspace({});
    const text = 'void f(void) {\n  char a[8];\n#if A\n  a[7] = 1;\n#else\n  a[9] = 1;\n#endif\n}\n';
    ws.applyChange({ kind: 'file', path: 'main.c', text });
    assert.deepEqual(found(ws, 'main.c'), ['6 overflow']);
  });

  it('says what functions do, and what is wrong with that', async () => {
    const text = 'void f(void) { char a[8]; radio_receive(a, 16); }\n';
    const { models } = preprocessConfigSchema.parse({
      models: {
        functions: {
          radio_receive: { does: [{ writes: 'arg1', bytes: 'arg2' }] },
          other: { does: [{ writes: 'arg1', butes: 'arg2' }] },
        },
      },
    });
    const ws = await workspace({ models });
    ws.applyChange({ kind: 'file', path: 'main.c', text });
    assert.deepEqual(found(ws, 'main.c'), ['1 overflow']);
    assert.deepEqual(
      ws.snapshot().problems.map(({ path, message }) => `${path} ${message}`),
      [
        'traceward.yaml `butes` is no key of `writes` of other: `bytes`? This model is not used.',
        'traceward.yaml The model of other has no `bytes`. This model is not used.',
      ],
    );
    const without = await workspace();
    without.applyChange({ kind: 'file', path: 'main.c', text });
    assert.deepEqual(found(without, 'main.c'), []);
    assert.deepEqual(without.snapshot().problems, []);
  });

  it('says what constants, threads, handlers and names are', async () => {
    const { models } = preprocessConfigSchema.parse({
      models: {
        constants: { LENGTH: 8, ROOM: 'LENGTH', ROUND: 'CIRCLE', CIRCLE: 'ROUND' },
        'unsafe-in-handlers': 'log_line',
        'starts-threads': { spawn: 'arg1' },
        names: { 'never-returns': ['^enter_safe_state$'] },
      },
    });
    const text =
      'void f(void) { char a[8]; a[ROOM] = 0; if (a[0] == ROUND) a[0] = CIRCLE; }\n' +
      'void g(int n) { char a[8]; int i = 9; if (n) i = 0; else enter_safe_state(); a[i] = 0; }\n';
    const lines = async (c: Partial<ProjectConfig['c']>): Promise<readonly string[]> => {
      const ws = await workspace(c);
      ws.applyChange({ kind: 'file', path: 'main.c', text });
      assert.deepEqual(ws.snapshot().problems, []);
      return found(ws, 'main.c');
    };
    assert.deepEqual(await lines({}), ['2 overflow']);
    assert.deepEqual(await lines({ models }), ['1 overflow']);
  });

  it('gives defined macros their values', async () => {
    const ws = await workspace({ defines: ['SIZE=8'] });
    ws.applyChange({ kind: 'file', path: 'main.c', text: 'void f(void) { char a[SIZE]; a[8] = 0; }\n' });
    assert.deepEqual(found(ws, 'main.c'), ['1 overflow']);
  });
});

describe('the language of a header named .h', () => {
  const INLINE = 'static inline void put(char *d, const char *s) {\n  strcpy(d, s);\n}\n';
  const file = (ws: Workspace, path: string, text: string): void => {
    ws.applyChange({ kind: 'file', path, text });
  };
  const languageOf = (ws: Workspace): string | undefined => ws.snapshot().files.get('put.h')?.language;
  const INCLUDES = '#include "put.h"\n';

  it('is C, when nothing or a file of C includes it', async () => {
    const ws = await workspace();
    file(ws, 'put.h', INLINE);
    assert.equal(languageOf(ws), 'c');
    file(ws, 'main.c', INCLUDES);
    file(ws, 'gui.cpp', INCLUDES);
    file(ws, 'put.h', INLINE);
    assert.equal(languageOf(ws), 'c');
    assert.deepEqual(found(ws, 'put.h'), ['2 copy']);
  });

  it('is C++, when only files of C++ include it', async () => {
    const ws = await workspace();
    header(ws, 'gui.cpp', INCLUDES);
    file(ws, 'put.h', INLINE);
    assert.equal(languageOf(ws), 'cpp');
    assert.deepEqual(found(ws, 'put.h'), ['2 only-cpp']);
  });

  it('is asked again when other files include it', async () => {
    const ws = await workspace();
    file(ws, 'put.h', INLINE);
    file(ws, 'gui.cpp', INCLUDES);
    assert.deepEqual(ws.outdated(), ['put.h']);
    file(ws, 'put.h', INLINE);
    assert.deepEqual(ws.outdated(), []);
    assert.equal(languageOf(ws), 'cpp');
    // What a file declares besides says nothing of what it includes.
    file(ws, 'gui.cpp', `${INCLUDES}int more(void);\n`);
    assert.deepEqual(ws.outdated(), []);
    file(ws, 'main.c', INCLUDES);
    assert.deepEqual(ws.outdated(), ['put.h']);
  });

  it('changes in an open file, too', async () => {
    const ws = await workspace();
    ws.applyChange({ kind: 'open', path: 'put.h', text: INLINE });
    assert.deepEqual(found(ws, 'put.h'), ['2 copy']);
    file(ws, 'gui.cpp', INCLUDES);
    assert.deepEqual(found(ws, 'put.h'), ['2 only-cpp']);
    ws.applyChange({ kind: 'remove', path: 'gui.cpp' });
    assert.deepEqual(found(ws, 'put.h'), ['2 copy']);
  });
});
