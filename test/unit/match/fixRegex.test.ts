import assert from 'node:assert/strict';

import { fixRegexText } from '../../../server/src/core/match/fixRegex.ts';

describe('fix-regex', () => {
  for (const [what, fix, before, after] of [
    [
      'adds an argument',
      { regex: '(.*)\\)$', replacement: '\\1, timeout=30)' },
      'get(url)',
      'get(url, timeout=30)',
    ],
    ['replaces every match', { regex: 'a', replacement: 'b' }, 'banana', 'bbnbnb'],
    ['replaces as many as it says', { regex: 'a', replacement: 'o', count: 2 }, 'banana', 'bonona'],
    [
      'swaps groups',
      { regex: '(\\w+)\\((\\w+), (\\w+)\\)', replacement: '\\1(\\3, \\2)' },
      'f(a, b)',
      'f(b, a)',
    ],
    [
      'knows the other spellings of a group',
      { regex: '(?P<x>b)(c)', replacement: '\\g<x>\\g<2>\\g<0>\\0' },
      'abcd',
      'abcbcbcd',
    ],
    ['leaves a group that took no part empty', { regex: 'a(x)?', replacement: '[\\1]' }, 'a', '[]'],
    ['leaves a group that does not exist empty', { regex: 'a', replacement: '[\\7]' }, 'a', '[]'],
    ['writes line ends and backslashes', { regex: ';', replacement: ';\\n\\t\\\\' }, 'a;', 'a;\n\t\\'],
    ['takes a dollar for itself', { regex: 'a', replacement: '$1 $& $$' }, 'a', '$1 $& $$'],
    ['keeps a backslash that means nothing', { regex: 'a', replacement: '\\.\\d' }, 'a', '\\.\\d'],
    ['works over several lines', { regex: '^', replacement: '> ' }, 'a\nb', '> a\n> b'],
    ['takes a count of 0 for no limit', { regex: 'a', replacement: 'b', count: 0 }, 'aa', 'bb'],
  ] as const) {
    it(what, () => assert.equal(fixRegexText(before, fix), after));
  }

  it('has nothing to repair where it does not match', () => {
    assert.equal(fixRegexText('abc', { regex: 'x', replacement: 'y' }), undefined);
  });

  it('repairs nothing with an expression that is not valid', () => {
    assert.equal(fixRegexText('abc', { regex: '(', replacement: 'y' }), undefined);
  });
});
