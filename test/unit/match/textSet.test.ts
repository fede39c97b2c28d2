import assert from 'node:assert/strict';

import fc from 'fast-check';

import { lowered } from '../../../server/src/core/rules/regexLiterals.ts';
import { TextSet, type SoughtText } from '../../../server/src/core/match/textSet.ts';

/** Each occurrence as `place of the last character:number of the text`. */
function found(sought: readonly SoughtText[], text: string): string[] {
  const set = new TextSet();
  sought.forEach((each, index) => set.add(each, index));
  const { ids, offsets } = set.occurrencesIn(text);
  assert.deepEqual(
    [...offsets],
    [...offsets].sort((a, b) => a - b),
  );
  return ids.map((id, index) => `${offsets[index]}:${id}`).sort();
}

describe('texts that are looked for all at once', () => {
  it('are those that are found one by one', () => {
    const letters = fc.constantFrom('a', 'b', 'A', 'B', 's', '_');
    const texts = fc.uniqueArray(fc.string({ unit: letters, minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 8,
      selector: (text) => text.toLowerCase(),
    });
    const more = fc.constantFrom('a', 'b', 'A', 'B', 's', 'S', 'ſ', '_', ' ', 'ä');
    fc.assert(
      fc.property(texts, fc.boolean(), fc.string({ unit: more, maxLength: 30 }), (list, ignoreCase, text) => {
        const sought = list.map((each) => ({ text: ignoreCase ? each.toLowerCase() : each, ignoreCase }));
        const where = ignoreCase ? lowered(text) : text;
        const expected = sought.flatMap((each, id) =>
          Array.from({ length: where.length }, (_, at) => at)
            .filter((at) => where.startsWith(each.text, at))
            .map((at) => `${at + each.text.length - 1}:${id}`),
        );
        assert.deepEqual(found(sought, text), expected.sort());
      }),
    );
  });

  it('have one number each, and none that would take too much memory', () => {
    const set = new TextSet();
    assert.equal(set.add({ text: 'key', ignoreCase: false }, 0), 0);
    assert.equal(set.add({ text: 'key', ignoreCase: true }, 1), 1);
    assert.equal(set.add({ text: 'key', ignoreCase: false }, 2), 0);
    assert.equal(set.add({ text: 'schlüssel', ignoreCase: false }, 2), undefined);
    assert.equal(set.add({ text: 'k'.repeat(50_000), ignoreCase: false }, 2), undefined);
    assert.deepEqual(set.occurrencesIn('my Key, key').ids, [1, 0, 1]);
  });
});
