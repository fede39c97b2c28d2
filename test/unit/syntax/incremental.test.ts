import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { SyntaxTable } from '../../../server/src/core/syntax/syntaxTable.ts';
import { readTable } from '../../../server/src/core/syntax/readTable.ts';
import { editTree, freeTree, parseText } from '../../../server/src/core/syntax/syntaxTree.ts';
import { grammar } from '../../support/engine.ts';

const FUNCTION = (name: string): string =>
  `/* [SR-A-1] */\nstatic int ${name}(const uint8_t *data, size_t length)\n{\n    int sum = 0;\n    for (size_t i = 0; i < length; i++) {\n        sum += data[i] * 31;\n    }\n    if (sum > 10) { log_event("sum", sum); return -1; }\n    return sum;\n}\n\n`;
const SOURCE = `#ifndef A_H\n#define A_H\n${['a', 'b', 'c', 'd'].map(FUNCTION).join('')}#endif\n${['e', 'f'].map(FUNCTION).join('')}`;
const PIECES = [
  'x',
  ';',
  '{',
  '}',
  '(',
  ')',
  '"',
  '/*',
  '*/',
  '\n',
  ' if (y) { f(); } ',
  'int z = 1;',
  '#if A\n',
  'é',
  '𝛼',
];

/** The table as comparable data. */
function plain(table: SyntaxTable): unknown {
  const { count, ...columns } = table;
  return {
    count,
    ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [...column]])),
  };
}

describe('an incremental parse', () => {
  it('gives the same table whether read whole or with the unchanged parts copied', async () => {
    const c = await grammar('c');
    const edit = fc.record({
      from: fc.nat(SOURCE.length + 200),
      length: fc.nat(40),
      text: fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join('')),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        (batches) => {
          let tree = parseText(c, SOURCE);
          let expected = SOURCE;
          try {
            for (const batch of batches) {
              for (const { from, length, text } of batch) {
                expected = expected.slice(0, from) + text + expected.slice(from + length);
              }
              tree = editTree(tree, expected);
              assert.equal(tree.text, expected);
              assert.ok(tree.tree);
              assert.deepEqual(plain(tree.table), plain(readTable(c, tree.tree)));
            }
          } finally {
            freeTree(tree);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('frees the tree it replaces', async () => {
    const c = await grammar('c');
    const before = c.liveTrees;
    let tree = parseText(c, SOURCE);
    for (let times = 0; times < 5; times++) {
      tree = editTree(tree, `int q;\n${tree.text}`);
    }
    assert.equal(c.liveTrees, before + 1);
    freeTree(tree);
    assert.equal(c.liveTrees, before);
  });
});
