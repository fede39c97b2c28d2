import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import * as z from 'zod';

import { nearestAmong } from '../../../server/src/core/base/nearest.ts';
import { checkShape, readYaml } from '../../../server/src/core/base/yamlDocument.ts';

/** Edit distance with swaps of neighbours, the plain way. */
function distance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_unused, column) => (row === 0 ? column : row)),
  );
  const at = (row: number, column: number) => table[row]?.[column] ?? Infinity;
  for (let row = 1; row <= a.length; row++) {
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const line = table[row];
      if (line === undefined) continue;
      line[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Infinity,
      );
    }
  }
  return at(a.length, b.length);
}

describe('did you mean', () => {
  it('finds exactly the words within reach', () => {
    const word = fc.stringMatching(/^[AB1-]{1,14}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 40 }), word, (words, written) => {
        const reach = Math.min(3, Math.max(1, Math.floor(written.length / 4)));
        const expected = words.filter((each) => distance(each, written) <= reach);
        const found = nearestAmong(words)(written, words.length);
        assert.deepEqual([...found].sort(), expected.sort());
        const distances = found.map((each) => distance(each, written));
        assert.deepEqual(
          distances,
          [...distances].sort((a, b) => a - b),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('ignores case, and finds nothing for nothing', () => {
    const nearest = nearestAmong(['category', 'title']);
    assert.deepEqual(nearest('Catgeory'), ['category']);
    assert.deepEqual(nearest(''), []);
    assert.deepEqual(nearest('x'.repeat(1000)), []);
  });
});

describe('checking the shape of a document', () => {
  const schema = z.strictObject({
    name: z.string(),
    size: z.union([z.int(), z.array(z.int())]).optional(),
    steps: z
      .array(z.union([z.strictObject({ run: z.string() }), z.strictObject({ wait: z.int().min(1) })]))
      .optional(),
    levels: z.record(z.string(), z.enum(['low', 'high'])).optional(),
  });
  const cases: readonly (readonly [text: string, expected: readonly string[]])[] = [
    ['name: a\nsize: [1, 2]\nsteps: [{run: x}, {wait: 2}]\nlevels: {a: low}\n', []],
    ['- name\n', ['1:1-1:7 This must be a mapping (`key: value` lines), not a list.']],
    ['', ['1:1-1:1 This must be a mapping (`key: value` lines), but it is empty.']],
    [
      'nmae: a\n',
      [
        '1:1-1:8 The key `name` is missing: add it (text).',
        '1:1-1:5 Unknown key `nmae`: did you mean `name`?',
      ],
    ],
    ['name: true\n', ['1:7-1:11 `name` must be text: put quotes around true.']],
    ['name: a\nsize: big\n', ['2:7-2:10 `size` must be a number or a list, not text.']],
    ['name: a\nsize: [1, x]\n', ['2:11-2:12 Entry 2 of `size` must be a number, not text.']],
    ['name: a\nsteps:\n  - wait: 0\n', ['3:11-3:12 `wait` must be at least 1.']],
    ['name: a\nlevels: {a: hihg}\n', ['2:13-2:17 `a` must be one of `low`, `high`; did you mean `high`?']],
    ['name:\n  first: a\n  last: b\n', ['2:3-2:11 `name` must be text, not a mapping.']],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => {
      const { document } = readYaml('a.yaml', text);
      assert.ok(document);
      const { value, problems } = checkShape(document, schema, 'a.yaml', 'shape');
      assert.equal(value === undefined, expected.length > 0);
      const lines = problems.map(({ message, range, path, code }) => {
        assert.deepEqual([path, code], ['a.yaml', 'shape']);
        assert.ok(range);
        const place = ({ line, column }: { line: number; column: number }) => `${line + 1}:${column + 1}`;
        return `${place(range.start)}-${place(range.end)} ${message}`;
      });
      assert.deepEqual(lines, expected);
    });
  }
});
