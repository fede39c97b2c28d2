import assert from 'node:assert/strict';

import fc from 'fast-check';

import { NO_HISTORY, asksForHistory, readHistory } from '../../../server/src/core/threats/history.ts';
import { threatProblems } from '../../../server/src/core/threats/threatAnalysis.ts';
import { threatConfigSchema } from '../../../server/src/core/threats/threatConfig.ts';
import { readItemFile } from '../../../server/src/core/trace/itemFile.ts';
import type { TagLink } from '../../../server/src/core/trace/traceGraph.ts';
import { traceGraph } from '../../../server/src/core/trace/tracer.ts';

/** A commit as git writes it: `2026-01-02 Ann: a.c b.c`. */
const logOf = (...commits: readonly string[]) =>
  commits
    .map((commit) => {
      const [, day = '', author = '', files = ''] = /^(\S+) (.*?): ?(.*)$/.exec(commit) ?? [];
      const names = files === '' ? '' : `\n${files.split(' ').join('\0')}\0`;
      return `\x01${Date.parse(day) / 1000}\x02${author}\0${names}`;
    })
    .join('\0');
const historyOf = (...commits: readonly string[]) => readHistory(logOf(...commits));

const MODEL = `elements:
  - { id: E-1, title: Pump, type: process }
  - { id: E-2, title: Phone, type: external }
flows:
  - { id: F-1, title: Dose, from: E-1, to: E-2, protocol: BLE }
`;
const graphOf = (yaml: string, tags: readonly TagLink[] = []) =>
  traceGraph(
    readItemFile('m.yaml', yaml).value,
    [...new Set(tags.map(({ unit }) => unit.path))].map((path) => ({
      path,
      links: tags.filter(({ unit }) => unit.path === path),
    })),
  );
const found = (code: string, graph: ReturnType<typeof graphOf>, history = NO_HISTORY) =>
  threatProblems(
    graph,
    threatConfigSchema.parse({}),
    [],
    ['ble.c', 'usb.c'].map((path) => ({ path, interfaces: ['Bluetooth'] })),
    history,
  )
    .filter((problem) => problem.code === code)
    .map(({ severity, message, range }) => `${severity} ${(range?.start.line ?? 0) + 1}: ${message}`);

describe('the history of files', () => {
  it('is read from what git writes', () => {
    const history = historyOf('2026-03-01 Ann: a.c b.c', '2026-02-01 Bob:', '2026-01-01 Bob B.: a.c');
    assert.deepEqual(
      [...history],
      [
        ['a.c', { changed: Date.parse('2026-03-01') / 1000, authors: ['Ann', 'Bob B.'] }],
        ['b.c', { changed: Date.parse('2026-03-01') / 1000, authors: ['Ann'] }],
      ],
    );
    assert.equal(historyOf('2026-01-01 A: \u00e4 x').size, 2);
    assert.equal(readHistory('').size, 0);
  });

  it('is read from any text', () => {
    const part = fc.constantFrom('\0', '\n', '\x01', '\x02', '1', 'a.c', '999999999999999');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const history = readHistory(parts.join(''));
        assert.ok([...history.keys()].every((path) => path !== ''));
        // Days that cannot be are shown, and not thrown.
        found('TM09', graphOf(MODEL), new Map([...history, ['m.yaml', { changed: 1, authors: [] }]]));
        found(
          'TM09',
          graphOf(MODEL),
          new Map([
            ['m.yaml', { changed: 1, authors: [] }],
            ['ble.c', { changed: 1e15 - 1, authors: [] }],
          ]),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('is asked for by models and claims alone', () => {
    const asks = (yaml: string) => asksForHistory(graphOf(yaml));
    assert.equal(asks(MODEL), true);
    const requirement = (attributes: string) =>
      `requirements:\n  - { id: SR-1, title: a, text: a, attributes: { ${attributes} } }\n`;
    assert.equal(asks(requirement('independent: true')), true);
    assert.equal(asks(requirement('independence: by the test house')), true);
    for (const none of ['other: true', 'independent: false', 'independent: no', 'independence: ""']) {
      assert.equal(asks(requirement(none)), false, none);
    }
  });
});

describe('TM09', () => {
  const model = graphOf(MODEL);

  it('points out code with interfaces that was changed after the model', () => {
    assert.deepEqual(
      found('TM09', model, historyOf('2026-02-03 A: ble.c', '2026-01-02 A: m.yaml ble.c usb.c')),
      [
        'information 2: The model was last changed on 2026-01-02, code with interfaces after that (ble.c on 2026-02-03): check that the elements and flows are still those of the code.',
      ],
    );
    assert.match(
      found(
        'TM09',
        model,
        historyOf('2026-02-03 A: ble.c', '2026-02-04 A: usb.c', '2026-01-02 A: m.yaml'),
      )[0] ?? '',
      /\(usb\.c on 2026-02-04 and 1 more\)/,
    );
  });

  it('says nothing of other code, of one commit, and of what no commit is known of', () => {
    for (const history of [
      historyOf('2026-02-03 A: other.c', '2026-01-02 A: m.yaml ble.c'),
      historyOf('2026-02-03 A: m.yaml', '2026-01-02 A: ble.c'),
      historyOf('2026-02-03 A: ble.c'),
      historyOf('2026-02-03 A: m.yaml'),
      NO_HISTORY,
    ]) {
      assert.deepEqual(found('TM09', model, history), []);
    }
  });
});

describe('TR09', () => {
  const tag = (path: string, id: string, type: TagLink['type']): TagLink => ({
    ...{ unit: { path, kind: 'function', name: 'f' }, id, type },
    location: { path, range: { start: { line: 1, column: 3 }, end: { line: 1, column: 9 } } },
  });
  const items = (requirement: string, test: string) => `requirements:
  - { id: SR-1, title: a, text: a${requirement} }
tests:
  - { id: TC-1, title: b, verifies: [SR-1], method: automated${test} }
`;
  const CLAIM = ', attributes: { independent: true }';
  const tags = [tag('a.c', 'SR-1', 'implements'), tag('t.c', 'TC-1', 'implements')];
  const SAME = historyOf('2026-02-01 Ann: a.c t.c', '2026-01-01 Bob: a.c');

  it('points out tests by those who wrote the code, where a test or a requirement claims otherwise', () => {
    const message =
      'information 4: Test case `TC-1` (b) claims independence, but whoever changed the test code (Ann) changed the code of `SR-1` too: have it tested by somebody else.';
    assert.deepEqual(found('TR09', graphOf(items('', CLAIM), tags), SAME), [message]);
    assert.deepEqual(found('TR09', graphOf(items(CLAIM, ''), tags), SAME), [message]);
    const direct = [tag('a.c', 'SR-1', 'implements'), tag('t.c', 'SR-1', 'verifies')];
    assert.match(
      found('TR09', graphOf(items(CLAIM, ''), direct), SAME).join(),
      /^information 2: Requirement `SR-1`/,
    );
  });

  it('says nothing without a claim, with another author, and of what no commit is known of', () => {
    assert.deepEqual(found('TR09', graphOf(items('', ''), tags), SAME), []);
    const claimed = graphOf(items('', CLAIM), tags);
    for (const history of [
      historyOf('2026-02-01 Ann: a.c', '2026-01-01 Bob: t.c'),
      historyOf('2026-02-01 Ann: a.c t.c', '2026-01-01 Bob: t.c'),
      historyOf('2026-02-01 Ann: a.c'),
      historyOf('2026-02-01 Ann: t.c'),
      NO_HISTORY,
    ]) {
      assert.deepEqual(found('TR09', claimed, history), []);
    }
    assert.deepEqual(found('TR09', graphOf(items('', CLAIM), tags.slice(0, 1)), SAME), []);
  });
});
