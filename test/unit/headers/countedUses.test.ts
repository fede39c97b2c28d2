import assert from 'node:assert/strict';

import fc from 'fast-check';

import { countedUses, type CountedUses } from '../../../server/src/core/headers/countedUses.ts';
import { usesIn } from '../../../server/src/core/headers/declarations.ts';

const PIECES = fc.constantFrom(
  ...[
    'f',
    'g',
    ' ',
    '\n',
    '(',
    ')',
    ';',
    '#',
    'include',
    ' "a.h"',
    '<b.h>',
    'if',
    'sizeof',
    '_',
    '1',
    '.',
    '\t',
  ],
  ...['f(x)', 'g (', 'if (f(', '#include "c.h"\n', '/* h( */', 'int f(void) {\n'],
);

describe('what a file asks others for', () => {
  it('is counted after edits as it is read anew', () => {
    const edit = fc.record({ at: fc.nat(99), removed: fc.nat(6), text: PIECES });
    const source = fc.array(PIECES, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(source, fc.array(edit, { minLength: 1, maxLength: 6 }), (start, edits) => {
        let text = start;
        let known: CountedUses = countedUses(text);
        assert.deepEqual(known.uses, usesIn(text));
        for (const each of edits) {
          const at = Math.floor((each.at * (text.length + 1)) / 100);
          text = text.slice(0, at) + each.text + text.slice(at + each.removed);
          known = countedUses(text, known);
          assert.deepEqual(known.uses, usesIn(text), JSON.stringify(text));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('stays the same object while neither calls nor includes change', () => {
    const known = countedUses('#include "a.h"\nvoid f(void) { g(1); }\n');
    const after = countedUses('#include "a.h"\nvoid f(void) { g(12); }\n', known);
    assert.equal(after.uses, known.uses);
  });
});
