import assert from 'node:assert/strict';

import fc from 'fast-check';

import { newItem, type Item } from '../../../server/src/core/trace/item.ts';
import { rewordingsOf } from '../../../server/src/core/trace/rewording.ts';
import { indexReviews, itemFingerprint } from '../../../server/src/core/trace/reviews.ts';
import { createTraceIndex, traceGraph } from '../../../server/src/core/trace/tracer.ts';
import type { FileLinks, TagLink, TraceGraph } from '../../../server/src/core/trace/traceGraph.ts';
import { nativeItems } from './arbitraryItems.ts';

/** Everything of a graph as plain data. */
const plain = ({ items, byId, links, linksByPath, problems }: TraceGraph) => ({
  items,
  byId: [...byId].map(([id, found]) => [id, found]).sort(),
  links,
  linksByPath: [...linksByPath],
  problems,
});

const PATHS = ['a.c', 'b.c', 'c.c', 'd_test.c'];
const tag = fc.record({
  target: fc.nat(20),
  type: fc.constantFrom('implements' as const, 'verifies' as const),
  revision: fc.constantFrom(undefined, undefined, 1, 2),
  line: fc.nat(30),
  fingerprint: fc.constantFrom('aa', 'bb'),
});
type TagSeed = typeof tag extends fc.Arbitrary<infer Seed> ? Seed : never;

function fileLinks(path: string, seeds: readonly TagSeed[], ids: readonly string[]): FileLinks {
  return {
    path,
    links: seeds.map(({ target, type, revision, line, fingerprint }): TagLink => {
      const start = { line, column: 0 };
      return {
        unit: { path, name: `f${line % 3}`, kind: 'function' },
        // Some ids do not exist.
        id: ids[target] ?? `SR-${target}`,
        type,
        fingerprint,
        location: { path, range: { start, end: { line, column: 9 } } },
        ...(revision !== undefined && { revision }),
      };
    }),
  };
}

/** The item further down in its file. */
function moved(item: Item, lines: number): Item {
  const down = ({ path, range }: Item['location']) => ({
    path,
    range: {
      start: { ...range.start, line: range.start.line + lines },
      end: { ...range.end, line: range.end.line + lines },
    },
  });
  return {
    ...item,
    location: down(item.location),
    links: item.links.map((link) => ({ ...link, location: down(link.location) })),
  };
}

describe('linking again after an edit', () => {
  it('gives what linking everything gives, whatever is edited, in whatever order files come', () => {
    const edits = fc.array(
      fc.tuple(fc.constantFrom(...PATHS), fc.array(tag, { maxLength: 4 }), fc.boolean()),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(nativeItems, edits, (items, changes) => {
        const ids = items.map(({ id }) => id);
        const index = createTraceIndex(items);
        const files = new Map<string, FileLinks>();
        // Links that say the same are the same object, as those that an edit leaves as they are.
        const said = new Map<string, TagLink>();
        for (const [path, seeds, turned] of changes) {
          const { links } = fileLinks(path, seeds, ids);
          const same = links.map((link) => {
            const text = JSON.stringify(link);
            const known = said.get(text) ?? link;
            said.set(text, known);
            return known;
          });
          files.set(path, { path, links: same });
          const listed = [...files.values()];
          const found = index.trace(turned ? [...listed].reverse() : listed);
          assert.deepEqual(plain(found), plain(traceGraph([...items].reverse(), listed)));
        }
      }),
    );
  });

  it('gives what linking everything gives when words and places of items change', () => {
    const edits = fc.array(
      fc.record({
        from: fc.nat(20),
        to: fc.nat(20),
        title: fc.constantFrom('A', 'B'),
        lines: fc.nat(2),
        tags: fc.option(fc.array(tag, { maxLength: 3 }), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    let taken = 0;
    fc.assert(
      fc.property(nativeItems, fc.array(tag, { maxLength: 6 }), edits, (start, seeds, changes) => {
        let items = start;
        const ids = items.map(({ id }) => id);
        let file = fileLinks('a.c', seeds, ids);
        const index = createTraceIndex(items);
        index.trace([file]);
        for (const { from, to, title, lines, tags } of changes) {
          const next = items.map((item, at) =>
            at < from || at > to ? item : { ...moved(item, lines), title: `${title}${at}` },
          );
          const changed = rewordingsOf(items, next);
          assert.ok(changed);
          if (!index.reword(changed)) continue;
          taken++;
          items = next;
          if (tags !== undefined) file = fileLinks('a.c', tags, ids);
          assert.deepEqual(plain(index.trace([file])), plain(traceGraph([...items].reverse(), [file])));
        }
      }),
    );
    assert.ok(taken > 50, String(taken));
  });

  it('does not take for words what changes more', () => {
    const location = {
      path: 'i.yaml',
      range: { start: { line: 0, column: 0 }, end: { line: 0, column: 1 } },
    };
    const item = newItem({ id: 'SR-1', kind: 'requirement', origin: { format: 'x' }, location });
    const twice = newItem({ id: 'SR-2', kind: 'requirement', origin: { format: 'x' }, location });
    for (const other of [
      { ...item, revision: 2 },
      { ...item, id: 'SR-3' },
      { ...item, approval: 'draft' as const },
      { ...item, links: [{ type: 'derives' as const, to: 'SR-2', location }] },
      { ...item, attributes: { class: 'C' } },
    ])
      assert.equal(rewordingsOf([item], [other]), undefined);
    assert.equal(rewordingsOf([item], [item, twice]), undefined);
    const index = createTraceIndex([item, twice, { ...twice }]);
    index.trace([]);
    assert.equal(
      index.reword([{ before: twice, after: { ...twice, title: 'x' } }]),
      false,
      'an id is there twice',
    );
    assert.equal(index.reword([{ before: item, after: { ...item, title: 'x' } }]), true);
    assert.equal(index.trace([]).byId.get('SR-1')?.[0]?.item.title, 'x');
  });

  it('takes words of items beside reviewed links, but not those that a review is about', () => {
    const location = {
      path: 'i.yaml',
      range: { start: { line: 0, column: 0 }, end: { line: 0, column: 1 } },
    };
    const [from, to, other] = ['SR-1', 'SR-2', 'SR-3'].map((id) =>
      newItem({
        id,
        kind: 'requirement',
        origin: { format: 'x' },
        location,
        links: id === 'SR-1' ? [{ type: 'derives', to: 'SR-2', location }] : [],
      }),
    );
    assert.ok(from !== undefined && to !== undefined && other !== undefined);
    const fingerprints = { from: itemFingerprint(from), to: itemFingerprint(to) };
    const subject = { kind: 'link', from: 'SR-1', type: 'derives', to: 'SR-2', fingerprints } as const;
    const reviews = indexReviews([{ subject, by: 'N.N.', at: '2026-01-02', location }]);
    const index = createTraceIndex([from, to, other], { reviews });
    index.trace([]);
    const reword = (before: Item, words: Partial<Item>): boolean =>
      index.reword([{ before, after: { ...before, ...words } }]);
    assert.equal(reword(from, { text: 'x' }), false);
    assert.equal(reword(to, { title: 'x' }), false);
    assert.equal(reword(other, { title: 'x' }), true);
    const moved = { ...location, range: { ...location.range, end: { line: 0, column: 2 } } };
    assert.equal(reword(to, { location: moved }), true);
    const now = [from, { ...to, location: moved }, { ...other, title: 'x' }];
    assert.deepEqual(plain(index.trace([])), plain(traceGraph(now, [], { reviews })));
  });

  it('looks at nothing again when no links changed', () => {
    const index = createTraceIndex([]);
    const files = [fileLinks('a.c', [], [])];
    assert.equal(index.trace(files), index.trace([...files]));
  });

  it('leaves earlier states as they were', () => {
    const at = (line: number) => ({
      path: 'i.yaml',
      range: { start: { line, column: 0 }, end: { line, column: 1 } },
    });
    const items: readonly Item[] = ['SR-1', 'SR-2'].map((id, line) =>
      newItem({
        id,
        kind: 'requirement',
        asks: 'needs',
        needs: [{ anyOf: ['code'] }],
        origin: { format: 'x' },
        location: at(line),
      }),
    );
    const index = createTraceIndex(items);
    const link = (target: number): FileLinks =>
      fileLinks(
        'a.c',
        [{ target, type: 'implements', revision: undefined, line: 1, fingerprint: 'aa' }],
        ['SR-1', 'SR-2'],
      );
    const first = index.trace([link(0)]);
    const before = JSON.stringify(plain(first));
    const second = index.trace([link(1)]);
    assert.equal(JSON.stringify(plain(first)), before);
    assert.deepEqual(
      second.items.map(({ item, status }) => `${item.id} ${status}`),
      ['SR-1 uncovered', 'SR-2 covered'],
    );
  });

  it('moves suggestions when the first orphans change', () => {
    const location = {
      path: 'i.yaml',
      range: { start: { line: 0, column: 0 }, end: { line: 0, column: 1 } },
    };
    const index = createTraceIndex([
      newItem({ id: 'SR-001', kind: 'requirement', origin: { format: 'x' }, location }),
    ]);
    const orphans = (from: number, count: number, path: string): FileLinks => ({
      path,
      links: Array.from({ length: count }, (_, at): TagLink => ({
        unit: { path, name: path, kind: 'file' },
        id: `SR-${String(from + at).padStart(3, '0')}`,
        type: 'implements',
        location: { path, range: { start: { line: at, column: 0 }, end: { line: at, column: 9 } } },
      })),
    });
    const many = orphans(300, 200, 'z.c');
    const suggestionsOf = (graph: TraceGraph, id: string) =>
      graph.links.find(({ to }) => to === id)?.suggestions.length ?? -1;
    const before = index.trace([many]);
    const after = index.trace([many, orphans(2, 1, 'a.c')]);
    assert.deepEqual([suggestionsOf(before, 'SR-301') > 0, suggestionsOf(after, 'SR-002') > 0], [true, true]);
    assert.equal(suggestionsOf(after, 'SR-499'), 0, 'the last is no longer among the first');
    assert.deepEqual(plain(index.trace([many])), plain(before));
  });
});
