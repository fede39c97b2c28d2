import assert from 'node:assert/strict';

import fc from 'fast-check';

import { FileWords } from '../../../server/src/core/match/fileWords.ts';
import { Vocabulary } from '../../../server/src/core/match/vocabulary.ts';

const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'K', '_', '$', ' ', '(', '\n', 'ä', '😀'),
  maxLength: 40,
});
const edits = fc.array(fc.record({ at: fc.nat(60), removed: fc.nat(6), added: text }), {
  minLength: 1,
  maxLength: 5,
});

/** Words that the vocabulary does not have, and texts that are no words. */
const OTHERS = ['_', 'K_', 'ba', '$a', 'a b', '('];

function vocabulary(): Vocabulary {
  const all = new Vocabulary();
  for (const word of ['a', 'b', 'ab', 'K', 'a_b']) all.add(word);
  all.addText({ text: 'ab', ignoreCase: false });
  all.addText({ text: 'b(a', ignoreCase: false });
  all.addText({ text: 'kk_k', ignoreCase: true });
  return all;
}

describe('the words of a file that changes', () => {
  it('are those of the text read afresh', () => {
    fc.assert(
      fc.property(text, edits, fc.nat(40), fc.nat(40), (first, changes, from, length) => {
        const all = vocabulary();
        let now = first;
        let words = new FileWords(now, all);
        for (const { at, removed, added } of changes) {
          now = now.slice(0, at) + added + now.slice(at + removed);
          words = new FileWords(now, all, undefined, words);
          const fresh = new FileWords(now, all);
          const span = { start: from, end: from + length };
          assert.deepEqual([...words.all().ids].sort(), [...fresh.all().ids].sort());
          assert.deepEqual(
            [...words.within(span, [span]).ids].sort(),
            [...fresh.within(span, [span]).ids].sort(),
          );
          for (const word of OTHERS) {
            assert.equal(words.all().has(word), fresh.all().has(word), word);
            assert.equal(words.within(span, [span]).has(word), fresh.within(span, [span]).has(word), word);
          }
        }
      }),
    );
  });

  it('are looked for again when there are more of them to look for', () => {
    const all = vocabulary();
    const before = new FileWords('later', all);
    const id = all.add('later');
    assert.equal(new FileWords('later', all, undefined, before).all().ids.has(id), true);
  });

  it('may have a text that stands in the piece, or that nobody looks for', () => {
    const all = vocabulary();
    const words = new FileWords('f() { KK_K; } g() { ab; }', all);
    const [first, second] = [
      { start: 0, end: 13 },
      { start: 14, end: 25 },
    ];
    const mayHave = (span: typeof first, text: string, ignoreCase: boolean): boolean =>
      words.within(span, [first, second]).mayHaveText({ text, ignoreCase });
    assert.equal(mayHave(first, 'kk_k', true), true);
    assert.equal(mayHave(second, 'kk_k', true), false);
    assert.equal(mayHave(first, 'ab', false), false);
    assert.equal(mayHave(second, 'ab', false), true);
    assert.equal(words.all().mayHaveText({ text: 'b(a', ignoreCase: false }), false);
    assert.equal(mayHave(first, 'elsewhere', false), true);
  });
});
