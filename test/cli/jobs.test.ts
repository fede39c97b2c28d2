import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { ERROR_C, project, removeWorkspace, traceward, WARNING_C, workspace } from './cli.ts';

afterEach(removeWorkspace);

const FILES = {
  'src/a.c': ERROR_C,
  'src/b.c': `${WARNING_C}// [SR-A-1]\nint g(void) { return note(); }\n`,
  'src/c.cpp': WARNING_C.repeat(3),
  'src/by-c.h': 'static int a(void) { return rand(); }\n',
  'src/by-cpp.h': '#include "by-cpp2.h"\n',
  'src/by-cpp2.h': 'static int b(void) { return rand(); }\n',
  'src/by.c': '#include "by-c.h"\n',
  'src/by.cpp': '#include "by-c.h"\n#include "by-cpp.h"\n',
  'src/broken.c': 'int f( { ;\n',
  'src/bin.c': Uint8Array.of(0, 1),
  'src/old.c': Uint8Array.of(0x2f, 0x2f, 0xe4, 0x0a),
  'src/ignored.c':
    '// traceward-ignore: weak-random -- a test\nint f(void) { return rand(); } /* [SR-GONE] */\n',
  'security/r.yaml': 'requirements:\n  - {id: SR-A-1, title: t, text: t, category: logging}\n',
};

/** What a run with this number of threads prints and writes. */
async function run(jobs: string, ...more: readonly string[]): Promise<readonly string[]> {
  const scan = async (format: string): Promise<string> => {
    const { code, out, err } = await traceward([
      ...['scan', '--rules', 'rules.yaml', '--format', format, '--jobs', jobs],
      ...more,
    ]);
    return `${code}\n${out}\n${err}`;
  };
  const json = await scan('json');
  const sarif = await scan('sarif');
  const { code } = await traceward([
    ...['evidence', '--rules', 'rules.yaml', '--output', 'out', '--jobs', jobs],
    ...more,
  ]);
  const folder = join(workspace(), 'out');
  const files = readdirSync(folder).map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`);
  return [json, sarif, String(code), ...files];
}

describe('--jobs', () => {
  it('changes no byte of the results', async () => {
    project({ ...FILES, '.gitignore': 'out\n' });
    const alone = await run('1');
    assert.ok(alone.length > 5 && alone[0]?.includes('string-copy'));
    // A header is of the language of those that include it.
    for (const [file, language] of [
      ['by-c.h', 'c'],
      ['by-cpp.h', 'cpp'],
      ['by-cpp2.h', 'cpp'],
    ])
      assert.match(alone[0] ?? '', new RegExp(`"file": "src/${file}",\\s+"language": "${language}"`));
    assert.deepEqual(await run('2'), alone);
    assert.deepEqual(await run('3'), alone);
  });

  it('changes nothing where data is followed from file to file', async () => {
    project({
      'rules.yaml': `rules:
  - id: flow
    languages: [python, javascript]
    severity: ERROR
    message: arrives
    mode: taint
    options: { interfile: true }
    pattern-sources: [{ pattern: source() }]
    pattern-sinks: [{ pattern: sink(...) }]
`,
      'a.py': 'from lib.io import show\ndef f():\n    show(source())\n',
      'lib/io.py': 'def show(x):\n    sink(x)\n',
      'm.js': "import { read } from './n.js';\nsink(read());\n",
      'n.js': 'export function read() { return source(); }\n',
      '.gitignore': 'out\nkept\n',
    });
    const alone = await run('1');
    const { findings } = JSON.parse(alone[0]?.split('\n').slice(1).join('\n').trim() ?? '') as {
      readonly findings: readonly {
        readonly file: string;
        readonly trace: readonly { readonly file?: string }[];
      }[];
    };
    assert.deepEqual(
      findings.map(({ file, trace }) => [file, ...trace.map((step) => step.file ?? '')].join(' ')),
      ['lib/io.py a.py a.py  ', 'm.js n.js '],
    );
    assert.match(alone[1] ?? '', /"uri": ?"a\.py"/);
    const { out } = await traceward(['scan', '--rules', 'rules.yaml']);
    assert.match(out, /a\.py line 3: Source: source\(\)/);
    assert.deepEqual(await run('2'), alone);
    assert.deepEqual(await run('3', '--cache', 'kept'), alone);
    assert.deepEqual(await run('2', '--cache', 'kept'), alone);
    workspace({ 'lib/io.py': 'def show(x):\n    print(x)\n' });
    assert.notDeepEqual(await run('1', '--cache', 'kept'), alone);
  });

  it('is a number of threads', async () => {
    project(FILES);
    for (const wrong of ['0', '-1', 'two', '1.5', '65']) {
      const { code, err } = await traceward(['scan', '--jobs', wrong]);
      assert.equal(code, 2);
      assert.match(err, /Give a number from 1 to 64\./);
    }
  });
});

describe('--cache', () => {
  it('changes no byte of the results, alone and in several threads, and takes everything from the folder', async () => {
    project({ ...FILES, '.gitignore': 'out\nkept\n' });
    const kept = (): readonly string[] =>
      (readdirSync(join(workspace(), 'kept'), { recursive: true }) as string[])
        .filter((name) => name.endsWith('.json'))
        .map((name) => `${name} ${statSync(join(workspace(), 'kept', name)).mtimeMs}`)
        .sort();
    const without = await run('1');
    assert.deepEqual(await run('2', '--cache', 'kept'), without);
    const entries = kept();
    assert.equal(entries.length, 11);
    assert.deepEqual(await run('1', '--cache', 'kept'), without);
    assert.deepEqual(kept(), entries, 'nothing was analysed, so nothing was written');
  });
});
