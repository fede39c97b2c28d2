import assert from 'node:assert/strict';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { openFactsCache } from '../../../server/src/host/factsCache.ts';
import type { CacheStore, Host } from '../../../server/src/host/host.ts';
import { memoryHost } from '../../../server/src/host/memoryHost.ts';
import { nodeCache } from '../../../server/src/host/nodeCache.ts';
import { loadProject, type Project, type ProjectOptions } from '../../../server/src/host/projectLoader.ts';
import { builtInRules } from '../../support/builtIn.ts';

const asset = (name: string) => readFileSync(new URL(`../../../dist/assets/${name}`, import.meta.url));

const RULES = `rules:
  - id: string-copy
    languages: [c]
    severity: ERROR
    message: $A is copied
    pattern: strcpy($A, $B)
    fix: copy($A, $B)
  - id: flow
    languages: [c]
    severity: WARNING
    message: m
    mode: taint
    pattern-sources: [{pattern: getenv(...)}]
    pattern-sinks: [{pattern: system(...)}]
  - id: tagged
    languages: [c]
    severity: WARNING
    message: m
    mode: require-tag
    pattern: encrypt(...)
    require: {link: implements, to: requirement, category: [cryptography]}
`;
const ASSETS: Record<string, string | Uint8Array> = {
  'languages.json': asset('languages.json'),
  'tree-sitter.wasm': asset('tree-sitter.wasm'),
  'c.wasm': asset('c.wasm'),
  'c.prepared.json': '{}',
  'rules.json': builtInRules('rules/a.yaml', RULES),
  'engine.json': '{"digest":"one"}',
};
const FILES = {
  'traceward.yaml': 'trace:\n  tags: [traceward, oft]\n',
  'a.c': 'void f(char *a, char *b) {\n  strcpy(a, b);\n  system(getenv("A"));\n}\n',
  'b.c':
    '// [SR-1@2], [impl->dsn~pin~1>>utest]\nvoid g(void) { encrypt(1); }\n// traceward-ignore: string-copy -- known\nint broken( { ;\n',
  'c.c': '#include "h.h"\n// nosemgrep\n// [SR-1 ]\n',
  'h.h': 'struct s { char a[4]; };\n',
};

interface Entries extends CacheStore {
  readonly all: Map<string, Uint8Array>;
  readonly log: string[];
}

function entries(): Entries {
  const all = new Map<string, Uint8Array>();
  const log: string[] = [];
  return {
    all,
    log,
    read: (name) => {
      log.push(all.has(name) ? 'hit' : 'miss');
      return Promise.resolve(all.get(name));
    },
    write: (name, bytes) => {
      log.push('write');
      all.set(name, bytes);
      return Promise.resolve();
    },
    trim: () => Promise.resolve(),
  };
}

async function load(
  store: CacheStore,
  files: Readonly<Record<string, string>> = FILES,
  options: Partial<ProjectOptions> = {},
  assets = ASSETS,
): Promise<Project> {
  const host: Host = { ...memoryHost({ files, assets }), openCache: () => store };
  const outcome = await loadProject(host, { folder: 'memory:/w', cache: 'c', ...options });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.project;
}

function seen({ snapshot, inputs, problems }: Project): unknown {
  const files = [...snapshot.files].map(([path, facts]) => [path, facts, snapshot.report(path)]);
  return [files, snapshot.skipped, snapshot.problems, inputs, problems];
}

describe('the cache of facts', () => {
  it('gives what the analysis gave, and then nothing is analysed', async () => {
    const store = entries();
    const cold = await load(store);
    assert.deepEqual(store.log, Array.from({ length: 4 }, () => ['miss', 'write']).flat());
    const { a, b } = { a: cold.snapshot.files.get('a.c'), b: cold.snapshot.files.get('b.c') };
    assert.ok(a?.findings.some(({ trace }) => trace) && a.findings.some(({ fix }) => fix));
    assert.ok(b && b.demands.length > 0 && b.suppressions.length > 0 && b.tags.length > 0);
    assert.ok(b.items.length > 0 && b.unparsed.bytes > 0);
    store.log.length = 0;
    const warm = await load(store);
    assert.deepEqual(store.log, ['hit', 'hit', 'hit', 'hit']);
    assert.deepEqual(seen(warm), seen(cold));
  });

  for (const [what, files, options, assets] of [
    ['the text', { ...FILES, 'a.c': 'int x;' }, {}, ASSETS],
    ['the path', { ...FILES, 'd.c': FILES['a.c'] }, {}, ASSETS],
    ['the rules', FILES, { rules: [{ path: 'r.yaml', text: RULES.replace('m\n', 'n\n') }] }, ASSETS],
    ['a severity', { ...FILES, 'traceward.yaml': 'severity: {flow: info}\n' }, {}, ASSETS],
    ['the prefixes', { ...FILES, 'traceward.yaml': 'prefixes: [XX]\n' }, {}, ASSETS],
    ['what counts as a test', { ...FILES, 'traceward.yaml': 'tests: ["a.c"]\n' }, {}, ASSETS],
    ['the engine', FILES, {}, { ...ASSETS, 'engine.json': '{"digest":"two"}' }],
  ] as const) {
    it(`misses when ${what} is another`, async () => {
      const store = entries();
      await load(store);
      store.log.length = 0;
      const project = await load(store, files, options, assets);
      assert.ok(store.log.includes('miss'));
      assert.deepEqual(seen(project), seen(await load(entries(), files, options, assets)));
    });
  }

  it('misses for what includes a header that changed, and for nothing else', async () => {
    const store = entries();
    await load(store);
    store.log.length = 0;
    await load(store, { ...FILES, 'h.h': 'struct s { char a[5]; };\n' });
    assert.deepEqual(store.log, ['hit', 'hit', 'miss', 'write', 'miss', 'write']);
  });

  it('refuses an entry that is broken or hostile, says so, and analyses anew', async () => {
    const whole = entries();
    const cold = await load(whole);
    const [name = '', bytes = new Uint8Array()] =
      [...whole.all].find(([, each]) => new TextDecoder().decode(each).includes('"path":"a.c"')) ?? [];
    const text = new TextDecoder().decode(bytes);
    const other = [...whole.all].find(([each]) => each !== name)?.[1] ?? new Uint8Array();
    const edits = fc.oneof(
      fc.constantFrom(
        new Uint8Array(),
        other,
        Uint8Array.of(0xff, 0xfe),
        ...[
          'null',
          '[]',
          '{"key":1}',
          '['.repeat(100_000),
          text.slice(0, -1),
          text.replace('"path"', '"pith"'),
        ],
        text.replace('"a.c"', '"b.c"'),
        text.replace('"findings":[', '"findings":[{"ruleId":1},'),
        text.replace('"findings"', '"extra":[],"findings"'),
        text.replace('"line":0', '"line":-1'),
        text.replace('"severity":"error"', '"severity":"fatal"'),
        text.replace('"facts":{', '"facts":{"__proto__":{"bytes":1},'),
      ),
      fc
        .tuple(fc.nat(text.length - 1), fc.nat(40))
        .map(([at, length]) => text.slice(0, at) + text.slice(at + length + 1)),
    );
    await fc.assert(
      fc.asyncProperty(edits, async (edited) => {
        const broken = typeof edited === 'string' ? new TextEncoder().encode(edited) : edited;
        const store = entries();
        whole.all.forEach((each, at) => store.all.set(at, each));
        store.all.set(name, broken);
        const project = await load(store);
        const refusals = project.problems.filter(({ code }) => code === 'cache-entry-refused');
        // A cut within a text of the entry leaves facts: who can write to the cache is trusted.
        if (refusals.length === 0) return;
        assert.deepEqual(
          refusals.map(({ path }) => path),
          ['a.c'],
        );
        assert.deepEqual(project.snapshot.files, cold.snapshot.files);
        assert.deepEqual(store.all.get(name), bytes, 'the entry is whole again');
      }),
      { numRuns: 30 },
    );
  });

  it('says once that it cannot be written to', async () => {
    const store: CacheStore = { ...entries(), write: () => Promise.reject(new Error('the disk is full')) };
    const { problems } = await load(store);
    assert.deepEqual(
      problems.map(({ code, message }) => [code, message]),
      [['cache-not-written', 'Nothing can be kept in the cache: the disk is full.']],
    );
  });

  it('is not used when the build does not say which it is', async () => {
    const assets = Object.fromEntries(Object.entries(ASSETS).filter(([name]) => name !== 'engine.json'));
    const store = entries();
    const { problems } = await load(store, FILES, {}, assets);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['cache-unavailable'],
    );
    assert.deepEqual(store.log, []);
    assert.equal(await openFactsCache(memoryHost({ files: {}, assets: ASSETS }), 'c', () => ''), undefined);
  });
});

describe('a cache in a folder', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'traceward-cache-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const name = (digit: string): string => `ab/${digit.repeat(62)}.json`;

  it('keeps bytes, and reads nothing that is too large', async () => {
    const store = nodeCache(join(folder, 'made', 'when', 'needed'));
    assert.equal(await store.read(name('1'), 10), undefined);
    await store.write(name('1'), Uint8Array.of(1, 2, 3));
    assert.deepEqual([...((await store.read(name('1'), 10)) ?? [])], [1, 2, 3]);
    await assert.rejects(store.read(name('1'), 2), /3 bytes/);
  });

  it('leaves nothing half-written, and replaces a link instead of following it', async () => {
    const store = nodeCache(folder);
    await store.write(name('1'), Uint8Array.of(1));
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'precious');
    rmSync(join(folder, name('1')));
    symlinkSync(victim, join(folder, name('1')));
    await store.write(name('1'), Uint8Array.of(2));
    assert.equal(readFileSync(victim, 'utf8'), 'precious');
    assert.deepEqual(readdirSync(join(folder, 'ab')), [name('1').slice(3)]);
  });

  it('gives up the oldest entries first, and touches nothing else', async () => {
    const store = nodeCache(folder);
    for (const [age, digit] of ['1', '2', '3'].entries()) {
      await store.write(name(digit), new Uint8Array(10));
      utimesSync(join(folder, name(digit)), age, age);
    }
    writeFileSync(join(folder, 'ab', 'own.txt'), 'x'.repeat(100));
    writeFileSync(join(folder, 'own.txt'), 'x'.repeat(100));
    await store.trim(20);
    assert.deepEqual(readdirSync(join(folder, 'ab')).sort(), [
      ...['2', '3'].map((each) => name(each).slice(3)),
      'own.txt',
    ]);
    assert.ok(readdirSync(folder).includes('own.txt'));
  });
});
