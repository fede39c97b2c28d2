import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import { handOut, handOutMemory } from '../../../server/src/host/handOut.ts';
import type { FolderHost, Host, Threads } from '../../../server/src/host/host.ts';
import { memoryHost } from '../../../server/src/host/memoryHost.ts';
import { nodeHost } from '../../../server/src/host/nodeHost.ts';
import { loadProject, type Project } from '../../../server/src/host/projectLoader.ts';
import { builtInRules } from '../../support/builtIn.ts';
import { pretendThreads, withThreads } from '../../support/pretendThreads.ts';

const asset = (name: string) => readFileSync(new URL(`../../../dist/assets/${name}`, import.meta.url));

const RULES = `rules:
  - id: string-copy
    languages: [c]
    severity: ERROR
    message: $A is copied
    pattern: strcpy($A, $B)
  - id: number
    languages: [python, c]
    severity: INFO
    message: a number
    metadata: {cwe: ["CWE-1: x"]}
    pattern: f(7)
  - id: broken
    languages: [python]
    severity: INFO
    message: m
    pattern: "def (:"
`;
const ASSETS: Record<string, string | Uint8Array> = {
  'languages.json': asset('languages.json'),
  'tree-sitter.wasm': asset('tree-sitter.wasm'),
  'c.wasm': asset('c.wasm'),
  'c.prepared.json': '{}',
  'python.wasm': asset('python.wasm'),
  'python.prepared.json': '{}',
  'rules.json': builtInRules('rules/a.yaml', RULES),
};
/** Things that a file may hold, each with something for the results to differ by. */
const PIECES = [
  'void f(char *a, char *b) { strcpy(a, b); }\n',
  '/* [SR-1] */ int g(void) { return f(7); }\n',
  'int broken( { ;\n',
  '// traceward-ignore: number -- known\nint h(void) { f(7); }\n',
  '\u0000',
  '\n',
];

type Files = Readonly<Record<string, string>>;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A memory host that lists its files in another order and takes some turns of the event loop to read each of them. */
function slowHost(files: Files, turnsOf: (path: string) => number, order: readonly string[]): Host {
  const host = memoryHost({ files, assets: ASSETS });
  return {
    ...host,
    openFolder: (uri): FolderHost => {
      const folder = host.openFolder(uri);
      return {
        ...folder,
        list: () => Promise.resolve(order),
        read: async (path, options) => {
          for (let left = turnsOf(path); left > 0; left--) await turn();
          return folder.read(path, options);
        },
      };
    },
  };
}

async function load(host: Host, threads: number): Promise<Project> {
  const rules = [{ path: 'rules/a.yaml', text: RULES }];
  const outcome = await loadProject(host, { folder: 'memory:/w', rules, hashInputs: true, threads });
  assert.ok(outcome.ok);
  return outcome.project;
}

/** All that can be seen of a project. */
function seen({ snapshot, inputs, problems }: Project): string {
  const files = [...snapshot.files].map(([path, facts]) => [path, facts, snapshot.report(path)]);
  return JSON.stringify([files, snapshot.skipped, snapshot.problems, inputs, problems]);
}

describe('threads', () => {
  it('come to the results of one, whatever their number, the order of the files and who is slow', async () => {
    const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join(''));
    const names = fc.constantFrom('a.c', 'b.c', 'c/d.c', 'c/e.py', 'f.py', 'g.c', 'h.txt');
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(names, texts, { minKeys: 1 }),
        fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 2, max: 4 }),
        fc.infiniteStream(fc.nat()),
        async (given, turns, count, random) => {
          const files: Files = { ...given };
          const paths = Object.keys(files);
          const alone = await load(
            slowHost(files, () => 0, [...paths].sort()),
            1,
          );
          const key = new Map(paths.map((path) => [path, random.next().value]));
          const shuffled = [...paths].sort((a, b) => Number(key.get(a)) - Number(key.get(b)));
          const host = slowHost(files, (path) => turns[path.length % 8] ?? 0, shuffled);
          const { threads, started } = pretendThreads(host);
          const together = await load(withThreads(host, threads), count);
          assert.equal(started(), Math.max(1, Math.min(count, sourcesOf(paths))) - 1);
          assert.equal(seen(together), seen(alone));
        },
      ),
      { numRuns: 8 },
    );
  });

  it('are none where few bytes are to be analysed, unless they are asked for', async () => {
    const host = memoryHost({ files: { 'a.c': PIECES[0] ?? '', 'b.c': '' }, assets: ASSETS });
    const { threads, started } = pretendThreads(host);
    assert.ok((await loadProject(withThreads(host, threads), { folder: 'memory:/w' })).ok);
    assert.equal(started(), 0);
    await load(withThreads(host, threads), 2);
    assert.equal(started(), 1);
  });

  it('that die take down the file that they were at, and no other', async () => {
    const files = {
      'a.c': PIECES[0] ?? '',
      'bad.c': '// long, so that it is handed out early '.repeat(9),
      'c.c': '',
      'first.c': '// the longest of all '.repeat(30),
    };
    const host = memoryHost({ files, assets: ASSETS });
    const content = host.openFolder('memory:/w');
    const reading = (instead: FolderHost['read']): Host => ({
      ...host,
      openFolder: (uri) => ({ ...host.openFolder(uri), read: instead }),
    });
    const doomed = reading((path, options) =>
      path === 'bad.c' ? Promise.reject(new Error('out of memory')) : content.read(path, options),
    );
    let died: () => void = () => undefined;
    const death = new Promise<void>((resolve) => (died = resolve));
    const threads: Threads = {
      cores: 2,
      start: (data, { onMessage, onEnd }) =>
        pretendThreads(doomed).threads.start(data, {
          onMessage,
          onEnd: (failure) => {
            onEnd(failure);
            died();
          },
        }),
    };
    // The own thread waits with its first file until the other one has met its own. Before that all files tell what they declare.
    let readings = 0;
    const patient = reading(async (path, options) => {
      if (path === 'first.c' && ++readings > 1) await death;
      return content.read(path, options);
    });
    const project = await load(withThreads(patient, threads), 2);
    assert.deepEqual([...project.snapshot.files.keys()], ['a.c', 'c.c', 'first.c']);
    assert.deepEqual(
      project.snapshot.skipped.map(({ path, reason, detail }) => [path, reason, detail]),
      [['bad.c', 'failed', 'the thread that analysed it ended: out of memory']],
    );
    assert.deepEqual(
      project.problems.map(({ code, severity, path }) => [code, severity, path]),
      [['thread-ended', 'warning', 'bad.c']],
    );
  });

  it('that do not even start leave the work to the others, and this is said', async () => {
    const host = memoryHost({ files: { 'a.c': PIECES[0] ?? '', 'b.c': '' }, assets: ASSETS });
    const { threads } = pretendThreads(memoryHost({ files: {} }));
    const project = await load(withThreads(host, threads), 3);
    assert.deepEqual([...project.snapshot.files.keys()], ['a.c', 'b.c']);
    assert.deepEqual(
      project.problems.map(({ code, path }) => [code, path]),
      [['thread-ended', undefined]],
    );
  });

  it('stop when the user cancels', async () => {
    const files = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${index}.c`, 'int x;']));
    const host = slowHost(files, () => 1, Object.keys(files));
    const { threads, stopped } = pretendThreads(host);
    const controller = new AbortController();
    let seenFiles = 0;
    const loading = loadProject(
      withThreads(host, threads),
      { folder: 'memory:/w', threads: 3 },
      (done) => {
        seenFiles = done;
        controller.abort();
      },
      controller.signal,
    );
    await assert.rejects(loading, { name: 'AbortError' });
    assert.ok(seenFiles < 100, String(seenFiles));
    assert.ok(stopped() >= 2);
  });

  it('of Node tell why they ended', async () => {
    const { threads } = nodeHost().openFolder('file:///w');
    assert.ok(threads, 'the bundle of the thread is built');
    const failure = await new Promise<string | undefined>((resolve) => {
      threads.start({ job: {} }, { onMessage: () => undefined, onEnd: resolve });
    });
    assert.match(failure ?? '', /undefined/);
  });
});

describe('the hand-out', () => {
  it('gives each file to one thread, and knows who is at which', () => {
    const memory = handOutMemory(2);
    const [one, other] = [handOut(memory, 3), handOut(memory, 3)];
    assert.deepEqual([one.at(0), one.at(1)], [undefined, undefined]);
    assert.deepEqual([one.take(0), other.take(1), one.take(0)], [0, 1, 2]);
    assert.deepEqual([other.at(0), one.at(1)], [2, 1]);
    assert.deepEqual([one.take(0), other.take(1)], [undefined, undefined]);
    assert.deepEqual([one.at(0), one.at(1)], [undefined, undefined]);
  });

  it('gives nothing more once it is closed', () => {
    const files = handOut(handOutMemory(1), 3);
    files.take(0);
    files.close();
    assert.equal(files.take(0), undefined);
  });
});

/** The sources among some paths: those that a thread can take. */
function sourcesOf(paths: readonly string[]): number {
  return paths.filter((path) => !path.endsWith('.txt')).length;
}
