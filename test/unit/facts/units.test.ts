import assert from 'node:assert/strict';

import fc from 'fast-check';

import { unitsOf, type KnownUnits, type UnitsOfFile } from '../../../server/src/core/facts/units.ts';
import {
  editTree,
  freeTree,
  parseText,
  type SyntaxTree,
} from '../../../server/src/core/syntax/syntaxTree.ts';
import { readTags } from '../../../server/src/core/trace/tags.ts';
import { grammar } from '../../support/engine.ts';

const PREFIXES = ['SR'];

function read({ grammar: c, table, text, lines }: SyntaxTree, known?: KnownUnits): UnitsOfFile {
  return unitsOf('a.c', c, table, text, lines, known);
}

/** What an edited file has, with all that is known from before. */
function readAgain(tree: SyntaxTree, { later }: UnitsOfFile): UnitsOfFile {
  assert.ok(tree.earlier?.table === later.table);
  return read(tree, { ...later, unchanged: tree.earlier.unchanged });
}

function plain({ units, comments, nodes, later }: UnitsOfFile): unknown {
  const tags = comments.map((comment) => readTags({ ...comment }, PREFIXES));
  return { units, comments, nodes, placed: later.placed, tags };
}

const FUNCTION = (name: string): string =>
  `/* [SR-A-1] of ${name} */\nstatic int ${name}(int a)\n{\n${'  one(a); /* [SR-B-1] */ two(a);\n'.repeat(6)}  return 0;\n}\n`;
const SOURCE = `#include <a.h>\n${FUNCTION('f')}int x; /* of x */ int y;\n${FUNCTION('g')}struct s { int a; };${FUNCTION('h')}`;
const PIECES = ['', 'a', '\n', '\n\n', '/* [SR-C-1] */', '{', '}', '"', 'int z;', ' ', '/*', '*/', 'é'];

describe('units and comments of a text that changes', () => {
  it('are those of a fresh reading, and so are their tags', async () => {
    const c = await grammar('c');
    const edit = fc.record({
      at: fc.nat(SOURCE.length),
      remove: fc.nat(3),
      add: fc.array(fc.constantFrom(...PIECES), { maxLength: 2 }).map((pieces) => pieces.join('')),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let tree = parseText(c, SOURCE);
        try {
          let units = read(tree);
          for (const { at, remove, add } of edits) {
            tree = editTree(tree, tree.text.slice(0, at) + add + tree.text.slice(at + remove));
            units = readAgain(tree, units);
            assert.deepEqual(plain(units), plain(read(tree)));
            for (const comment of units.comments)
              assert.deepEqual(readTags(comment, PREFIXES), readTags({ ...comment }, PREFIXES));
          }
        } finally {
          freeTree(tree);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are the same objects where they stand in the same place', async () => {
    const c = await grammar('c');
    let tree = parseText(c, SOURCE);
    const before = read(tree);
    tree = editTree(tree, SOURCE.replace('int x;', 'int xx;'));
    const units = readAgain(tree, before);
    freeTree(tree);
    for (const name of ['f', 'g', 'h']) {
      const unit = units.units.find((each) => each.name === name);
      assert.ok(unit !== undefined && before.units.includes(unit), name);
    }
    const inside = units.comments.filter(({ text }) => text.includes('SR-B-1'));
    assert.equal(inside.length, 18);
    assert.ok(inside.every((comment) => before.comments.includes(comment)));
  });

  it('are read again where only what the grammar is not shown has changed', async () => {
    const c = await grammar('c');
    const shown = SOURCE.replaceAll('[SR-A-1]', '        ');
    let tree = parseText(c, SOURCE, shown);
    const before = read(tree);
    const text = SOURCE.replace('[SR-A-1] of g', '[SR-A-2] of g');
    tree = editTree(tree, text, shown);
    const units = readAgain(tree, before);
    const fresh = read(tree);
    freeTree(tree);
    assert.deepEqual(plain(units), plain(fresh));
    assert.ok(units.comments.some((comment) => comment.text.includes('[SR-A-2]')));
  });
});
