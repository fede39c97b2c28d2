import assert from 'node:assert/strict';

import fc from 'fast-check';

import { BOX_HEIGHT, layOut, spread } from '../../../client/webview/graphLayout.ts';
import type { GraphBox, GraphLine } from '../../../server/src/protocol/panels.ts';

function box(label: string, kind: GraphBox['kind']): GraphBox {
  return {
    ...{ key: label, folder: 'f', end: { kind: 'item', id: label } },
    ...{ kind, label, description: '', status: 'covered', reasons: [] },
  };
}

/** `code SR-1 implements`, ... */
function lines(...texts: readonly string[]): GraphLine[] {
  return texts.map((text) => {
    const [from = '', to = '', type = 'derives'] = text.split(' ');
    return { from, to, type, isSound: true };
  });
}

const KINDS = ['asset', 'threat', 'control', 'requirement', 'unit', 'test', 'link'] as const;

describe('the layout of the graph', () => {
  it('has a column for each kind, in the order of the chain; test code stands behind tests', () => {
    const boxes = [
      ...[box('test_f', 'unit'), box('f', 'unit'), box('TC', 'test'), box('SR', 'requirement')],
      ...[box('C', 'control'), box('T', 'threat'), box('A', 'asset'), box('gone', 'link')],
    ];
    const { places, headings, edges } = layOut(
      boxes,
      lines('test_f TC verifies', 'f SR implements', 'TC SR verifies', 'SR C', 'C T', 'T A', 'C nowhere'),
    );
    const order = boxes
      .map(({ label }, index) => ({ label, x: places[index]?.x ?? 0 }))
      .sort((a, b) => a.x - b.x);
    assert.deepEqual(
      order.map(({ label }) => label),
      ['gone', 'A', 'T', 'C', 'SR', 'f', 'TC', 'test_f'],
    );
    assert.deepEqual(
      headings.map(({ text }) => text),
      ['Unknown ids', 'Assets', 'Threats', 'Controls', 'Requirements', 'Code', 'Tests', 'Test code'],
    );
    assert.equal(edges.length, 6, 'a line to a box that is not there is left out');
  });

  it('puts what derives from something of its kind to the right of it, and survives circles', () => {
    const boxes = ['SR-1', 'SR-2', 'SR-3', 'X', 'Y'].map((label) => box(label, 'requirement'));
    const { places } = layOut(boxes, lines('SR-3 SR-2', 'SR-2 SR-1', 'X Y', 'Y X', 'X X'));
    const [one = 0, two = 0, three = 0, x = 0, y = 0] = places.map((place) => place.x);
    assert.ok(one < two && two < three);
    assert.notEqual(x, y);
  });

  it('orders boxes by their neighbours, so that lines do not cross', () => {
    const boxes = [
      ...['A', 'B', 'C'].map((label) => box(label, 'control')),
      ...['c', 'b', 'a'].map((label) => box(label, 'requirement')),
    ];
    const { columns } = layOut(boxes, lines('a A', 'b B', 'c C'));
    const labels = columns.map((column) => column.map((index) => boxes[index]?.label.toUpperCase()));
    assert.deepEqual(labels[0], labels[1]);
  });

  it('folds a column that is much longer than the others', () => {
    const boxes = Array.from({ length: 3000 }, (_, n) => box(`SR-${n}`, 'requirement'));
    const { width, height, columns } = layOut(boxes, []);
    assert.ok(columns.length > 10);
    assert.ok(width / height > 0.8 && width / height < 4, `${width} x ${height}`);
  });

  it('lays no box on another, and none outside; each is in one column', () => {
    const arbitrary = fc.record({
      kinds: fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 150 }),
      links: fc.array(fc.tuple(fc.nat(149), fc.nat(149)), { maxLength: 200 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ kinds, links }) => {
        const boxes = kinds.map((kind, index) => box(String(index), kind));
        const { places, columns, width, height } = layOut(
          boxes,
          lines(...links.map(([from, to]) => `${from} ${to}`)),
        );
        assert.deepEqual(
          columns.flat().sort((a, b) => a - b),
          [...boxes.keys()],
        );
        for (const place of places) {
          assert.ok(place.x >= 0 && place.x + place.width <= width);
          assert.ok(place.y >= 0 && place.y + BOX_HEIGHT <= height);
        }
        for (const column of columns) {
          for (const [at, index] of column.entries()) {
            const next = places[column[at + 1] ?? -1];
            const y = places[index]?.y ?? 0;
            assert.ok(next === undefined || next.y - y >= BOX_HEIGHT, 'from top to bottom, apart');
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('spreads heights as near as possible to what is wanted', () => {
    assert.deepEqual(spread([100, 100, 100], 10, 1000), [90, 100, 110]);
    assert.deepEqual(spread([0, 0, 500], 10, 1000), [5, 15, 500]);
    assert.deepEqual(spread([990, 995], 10, 1000), [985, 995]);
    assert.deepEqual(spread([], 10, 1000), []);
  });
});
