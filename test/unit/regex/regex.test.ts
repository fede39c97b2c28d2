import assert from 'node:assert/strict';
import fc from 'fast-check';

import { compileRegex, RegexLimit, type RuleRegex } from '../../../server/src/core/rules/regex.ts';
import { backtrackerOf, findFrom, searchIn } from '../../../server/src/core/rules/regexBacktrack.ts';
import { requiredTexts } from '../../../server/src/core/rules/regexLiterals.ts';
import { parseRegex } from '../../../server/src/core/rules/regexParse.ts';
import { compileProgram } from '../../../server/src/core/rules/regexProgram.ts';
import { toRe2 } from '../../../server/src/core/rules/regexToRe2.ts';
import { someNode, widthOf } from '../../../server/src/core/rules/regexTree.ts';

function regex(source: string): RuleRegex {
  const compiled = compileRegex(source);
  if ('error' in compiled) throw new Error(`${source}: ${compiled.error}`);
  return compiled.regex;
}

/** Texts of all matches, with `|` before each group. */
function found(source: string, text: string): readonly string[] {
  return Array.from(regex(source).all(text), ({ start, end, groups }) =>
    [text.slice(start, end), ...groups.map((group) => group ?? '-')].join('|'),
  );
}

const MATCHES: readonly [source: string, text: string, matches: readonly string[]][] = [
  ['a+', 'aa b a', ['aa', 'a']],
  ['^a|b$', 'a\nab\nb', ['a', 'a', 'b', 'b']],
  ['\\Aa', 'a\na', ['a']],
  ['a\\z', 'a\na', ['a']],
  ['a\\Z', 'a\na\n', ['a']],
  ['a\\Z', 'a\na\n\n', []],
  ['(?-m)^a', 'a\na', ['a']],
  ['(?-m)a$', 'a\na\n', ['a']],
  ['^', 'a\n', ['']],
  ['^$', 'a\n\nb\n', ['']],
  ['^(?!#).*', '#a\nb\n', ['b']],
  ['.', 'a\nb', ['a', 'b']],
  ['(?s).+', 'a\nb', ['a\nb']],
  ['(?s:a.)b', 'a\nb', ['a\nb']],
  ['a.(?s).', 'abc\na\nb', ['abc']],
  ['(?i)straße', 'STRAßE Straße', ['STRAßE', 'Straße']],
  ['a(?i)b|c', 'aB C c ab', ['aB', 'C', 'c', 'ab']],
  ['(a(?i)b)c', 'aBc aBC', ['aBc|aB']],
  ['(?i:a)b', 'Ab AB', ['Ab']],
  ['(?i)[a-c]+', 'aBCd', ['aBC']],
  ['(?i)[^a]', 'aAb', ['b']],
  ['(?x) a b # comment ( \n c [ ] \\ d', 'abc  d', ['abc  d']],
  ['(?x)a +', 'aaa', ['aaa']],
  ['a(?# comment )+', 'aa', ['aa']],
  ['(?U)a+', 'aa', ['a', 'a']],
  ['(?U)a+?', 'aa', ['aa']],
  ['(?n)(a)(?<x>b)', 'ab', ['ab|b']],
  ['\\d+\\D', '12a', ['12a']],
  ['\\w+', 'aé_1', ['a', '_1']],
  ['\\s+', ' \t\n\v\f\r', [' \t\n\v\f\r']],
  ['\\h+', 'a \t\u00a0\nb', [' \t\u00a0']],
  ['\\v', '\n', ['\n']],
  ['\\R', 'a\r\nb\nc', ['\r\n', '\n']],
  ['\\N+', 'a\nb', ['a', 'b']],
  ['\\bfoo\\b', 'foo food', ['foo']],
  ['\\Boo', 'foo oo', ['oo']],
  ['\\x41\\x{42}\\u0043\\103\\e?\\t?', 'ABCC', ['ABCC']],
  ['\\cA', '\u0001', ['\u0001']],
  ['\\Q.*[\\E.', '.*[x', ['.*[x']],
  ['\\Qab\\E+', 'abb', ['abb']],
  ['[\\Q^]\\E]', '^]', ['^', ']']],
  ['[]a]+', ']a', [']a']],
  ['[^]a]', ']ab', ['b']],
  ['[a-]+', 'a-b', ['a-']],
  ['[\\w-.]+', 'a-.b', ['a-.b']],
  ['[[:alpha:]_[:digit:]]+', 'a1_-', ['a1_']],
  ['[[:^alpha:]]', 'a1', ['1']],
  ['[\\d\\s]+', '1 2', ['1 2']],
  ['[\\b]', '\b', ['\b']],
  ['[^\\W\\d]+', 'ab1_', ['ab', '_']],
  ['[\\x00-\\x1f]', '\u0001', ['\u0001']],
  ['[a&&b]+', 'a&b', ['a&b']],
  ['\\p{Lu}\\pL', 'aBé', ['Bé']],
  ['\\P{L}', 'a1', ['1']],
  ['\\p{^L}', 'a1', ['1']],
  ['[\\p{Greek}x]+', 'αβx', ['αβx']],
  ['\\p{L&}', '1a', ['a']],
  ['.', '😀', ['😀']],
  ['[^a]', '😀a', ['😀']],
  ['a{2}', 'aaaaa', ['aa', 'aa']],
  ['a{2,}', 'aaaaa', ['aaaaa']],
  ['a{1,2}?', 'aa', ['a', 'a']],
  ['a{,2}', 'a{,2}', ['a{,2}']],
  ['a{x}', 'a{x}', ['a{x}']],
  ['{', '{', ['{']],
  ['(a{2}){2}', 'aaaa', ['aaaa|aa']],
  ['(a)|(b)', 'ab', ['a|a|-', 'b|-|b']],
  ['(?:a|ab)(c|bcd)', 'abcd', ['abcd|bcd']],
  ['(?|(a)|(b))c', 'acbc', ['ac|a', 'bc|b']],
  ['', 'ab', ['', '', '']],
  ['a*', 'aab', ['aa', '', '']],
  ['a(?=b)', 'abac', ['a']],
  ['a(?!b)', 'abac', ['a']],
  ['(?<=a)b', 'abcb', ['b']],
  ['(?<!a)b', 'abcb', ['b']],
  ['(?<=a|bc)d', 'ad bcd xd', ['d', 'd']],
  ['(?<=^|,)x', 'x,x x', ['x', 'x']],
  ['(?<=😀)x', '😀x', ['x']],
  ['(?<!\\w{2})c', 'abc ac', ['c']],
  ['(?=(a+))a*b\\1', 'aaab aba', ['aba|a']],
  ['(a)(?=(b))', 'ab', ['a|a|b']],
  ['(?!(a)b)a', 'ac', ['a|-']],
  ['(["\']).*?\\1', "\"a' \" 'b'", ['"a\' "|"', "'b'|'"]],
  ['(a)?\\1b', 'b aab', ['aab|a']],
  ['(?i)(a)\\1', 'aA', ['aA|a']],
  ['(?P<x>a)(?P=x)', 'aa', ['aa|a']],
  ["(?<x>a)\\k<x>\\k{x}\\k'x'\\g{x}\\g1\\g{-1}", 'aaaaaaa', ['aaaaaaa|a']],
  ["(?'x'a)", 'a', ['a|a']],
  ['(?>a+)a', 'aaa', []],
  ['(?>a|ab)c', 'abc ac', ['ac']],
  ['a++a', 'aaa', []],
  ['"[^"]*+"', '"a" "b', ['"a"']],
  ['(?:ab)*+a', 'ababa', ['ababa']],
  ['foo\\Kbar', 'foobar bar', ['bar']],
  ['a\\K', 'aaa', ['', '', '']],
  ['\\Ga', 'aaba', ['a', 'a']],
  ['(a*)*b', 'aab', ['aab|']],
  ['(?:a?)*?b', 'aab', ['aab']],
  ['(|a)+', 'aa', ['|', '|', '|']],
  ['(?:(?!end).)*end', 'a b end end', ['a b end', ' end']],
  ['(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10', 'abcdefghijj', ['abcdefghijj|a|b|c|d|e|f|g|h|i|j']],
  ['(a)\\11', 'a\t', ['a\t|a']],
  ['(*UTF8)a', 'a', ['a']],
  ['^((?!b).)*$', 'abc\nac\n', ['ac|c']],
  ['\\/\\-\\"\\<\\_', '/-"<_', ['/-"<_']],
];

const REFUSED: readonly [source: string, error: RegExp][] = [
  ['(', /`\(` has no `\)`/],
  ['a)', /`\)` has no `\(`/],
  ['[a', /`\[` has no `\]`/],
  ['*a', /nothing stands before `\*`/],
  ['a|+', /nothing stands before/],
  ['a{2,1}', /backwards/],
  ['a{70000}', /beyond 65535/],
  ['[z-a]', /range `z-a` is backwards/],
  ['\\', /ends with a backslash/],
  ['\\y', /`\\y` is not an escape/],
  ['[\\y]', /not an escape within brackets/],
  ['\\p{Nonsense}', /`Nonsense` is not a property/],
  ['\\p', /property is missing/],
  ['[[:nope:]]', /`\[:nope:\]`/],
  ['\\2(a)', /no group `2`/],
  ['\\k<x>', /no group `x`/],
  ['(?P=x)', /no group `x`/],
  ['(?<=a*)b', /look-behind must have a greatest length/],
  ['(?<=a\\K)b', /look-around/],
  ['(?(1)a|b)', /not available/],
  ['(?R)', /not a flag|not available/],
  ['(?1)', /not available/],
  ['(?&x)', /not available/],
  ['\\g<x>', /calls a group/],
  ['(*SKIP)a', /verbs/],
  ['(?z)a', /`z` is not a flag/],
  ['(?<1a>b)', /name of a group/],
  ['(?#a', /comment/],
  ['(?=(?:(?:ab){1000}){1000})', /too large/],
  ['('.repeat(300) + ')'.repeat(300), /nested deeper/],
  ['a' + '{1}'.repeat(50), /in a row/],
];

describe('a regular expression of a rule', () => {
  for (const [source, text, matches] of MATCHES) {
    it(`${source} in ${JSON.stringify(text)}`, () => assert.deepEqual(found(source, text), matches));
  }
  for (const [source, error] of REFUSED) {
    it(`is refused: ${source.slice(0, 40)}`, () => {
      const compiled = compileRegex(source);
      assert.match('error' in compiled ? compiled.error : 'accepted', error);
    });
  }

  it('says where its groups are, by number and name', () => {
    const [match] = regex('(?<key>\\w+)=(?P<value>\\d+)?(?!x)').all('  a= b=12');
    assert.deepEqual(match?.named, { key: 'a' });
    assert.deepEqual(match.namedRanges, { key: { start: 2, end: 3 } });
    assert.deepEqual(match.groupRanges, [{ start: 2, end: 3 }, undefined]);
    const [, second] = regex('(?<key>\\w+)=(?P<value>\\d+)?').all('  a= b=12');
    assert.deepEqual(second?.named, { key: 'b', value: '12' });
  });

  it('matches at the start of a text, without an end', () => {
    for (const source of ['md5|sha1', '(?=.)(?:md5|sha1)']) {
      assert.equal(regex(source).matchesStart('sha1sum'), true);
      assert.equal(regex(source).matchesStart(' sha1'), false);
      assert.equal(regex(source).matchesStart(' sha1'), false);
      assert.equal(regex(source).matchStart('sha1sum')?.end, 4);
      assert.equal(regex(source).matchesAnywhere('a sha1'), true);
      assert.equal(regex(source).matchesAnywhere('a sha2'), false);
    }
    assert.equal(regex('^((?!safe).)*$').matchesStart('unsafe'), false);
    assert.equal(regex('(?!.*safe)').matchesStart('danger'), true);
  });

  it('names what every match contains', () => {
    const cases: readonly [string, readonly string[]][] = [
      ['foo\\s*=\\s*barbaz', ['barbaz', 'foo', '=']],
      ['(?i)foo', []],
      ['(foo|bar)', []],
      ['(?:a|b)?foo+', ['fo', 'o']],
      ['(?<=x)y(?=z)', ['y']],
      ['(abc){2}', ['abc']],
      ['(abc)*', []],
      ['\\babc\\b', ['abc']],
    ];
    for (const [source, required] of cases)
      assert.deepEqual(
        regex(source).required.flatMap(({ texts, ignoreCase }) =>
          texts.length === 1 && !ignoreCase ? texts : [],
        ),
        required,
      );
  });

  it('knows of many alternatives what one of them must bring', () => {
    const names = Array.from({ length: 200 }, (_, index) => `session_key_${index}`);
    const parsed = parseRegex(
      `(?:[a-z]+_)*(?:secret|secret_key|pass(?:word)?|${names.join('|')}|session_key)\\z`,
    );
    assert.ok(!('error' in parsed));
    assert.deepEqual(requiredTexts(parsed.tree.root), [
      { texts: ['secret', 'pass', 'session_key'], ignoreCase: false },
    ]);
  });

  it('says whether each line can be searched by itself', () => {
    for (const source of ['foo.*bar', '^a[bc]+$', '(?<!a)b(?=c)', '\\d+\\b', '[^\\n]+'])
      assert.equal(regex(source).withinLine, true, source);
    for (const source of ['a\\s', '[^a]', '(?s)a.', '\\Aa', 'a(?!\\s*b)', 'a\\Z', '\\W', '(.)\\1']) {
      assert.equal(regex(source).withinLine, false, source);
    }
  });

  it('costs a search for a word where it cannot match', () => {
    const text = 'int value = compute(1, "text");\n'.repeat(32_000);
    const sources = [
      '(?<=x)secret_key\\s*=(?!y)',
      '(?i)(?<!x)(?:secret|token)_(?=key)',
      '\\w+secret_key',
      '(?i)\\w+ secret_key',
    ];
    for (const source of sources) {
      const compiled = regex(source);
      const started = performance.now();
      for (let round = 0; round < 10; round++) assert.deepEqual([...compiled.all(text)], []);
      assert.ok(performance.now() - started < 1000, source);
    }
  });

  it('is given up where it takes too many steps', () => {
    assert.throws(() => [...regex('^(a|b|ab)*\\1\\1x$').all(`${'ab'.repeat(60)}xy`)], RegexLimit);
    assert.throws(() => regex('(\\w+)+\\1!').matchesStart(`${'a'.repeat(5000)} !`), /takes too many steps/);
  });

  it('remembers what failed, so that the usual traps are none', () => {
    const long = 'a'.repeat(20_000);
    assert.deepEqual(found('(a+)+$(?!x)b', `${long}b`), []);
    assert.deepEqual(found('(?=a)(a|a)*c', long), []);
    assert.deepEqual(found('(?!b)\\w+\\s*=', long), []);
    assert.deepEqual(found('(?!b)(?:\\w+?)+?=', long), []);
    assert.deepEqual(found('(?<!x)(?:.*,){5}z', 'a,'.repeat(5_000)), []);
    assert.deepEqual(found('^(?:(?!b).)*b', long), []);
  });

  it('needs no more stack for a longer text', () => {
    const text = 'ab'.repeat(200_000);
    assert.equal(regex('(?:ab)+(?!c)').matchStart(text)?.end, text.length);
    assert.equal(regex('(?=a)(a|b)*').matchStart(text)?.end, text.length);
    assert.equal(regex('(?:a|b)+?$(?!x)').matchStart(text)?.end, text.length);
  });
});

/** Expressions over a small alphabet; with `beyond`, those that RE2 refuses too. */
function expressions(beyond: boolean): fc.Arbitrary<string> {
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(
        'a',
        'b',
        'c',
        'ab',
        '.',
        '[ab]',
        '[^a]',
        '\\w',
        '\\s',
        '\\n',
        '^',
        '$',
        '\\b',
        '\\A',
        '\\z',
        ' ',
        '(?i:A)',
        '[^\\n]',
      ),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => a + b),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `(?:${a}|${b})`),
      tie('tree').map((a) => `(${a})`),
      fc
        .tuple(
          tie('tree'),
          fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,3}?', '{2,}'),
        )
        .map(([a, quantifier]) => `(?:${a})${quantifier}`),
      ...(beyond
        ? [
            fc.tuple(fc.constantFrom('(?=', '(?!', '(?>'), tie('tree')).map(([open, a]) => `${open}${a})`),
            fc.constantFrom('(?<=a)', '(?<!b|ab)', '(?<=\\b.)', 'a*+', '\\Z'),
          ]
        : []),
    ),
  }));
  return tree;
}

const texts = fc.string({
  unit: fc.constantFrom('a', 'a', 'b', 'c', 'A', ' ', '\n', 'é', '😀'),
  maxLength: 14,
});

/** All matches by the backtracking matcher. */
function backtracked(source: string, text: string, remember: boolean): string {
  const parsed = parseRegex(source);
  assert.ok('tree' in parsed);
  const expression = backtrackerOf(parsed.tree, compileProgram(parsed.tree), requiredTexts(parsed.tree.root));
  // With memory from the first step on, or without.
  const run = searchIn(expression, text, 10_000_000, remember ? 0 : Infinity);
  const matches: string[] = [];
  for (let from = 0; from <= text.length;) {
    const registers = findFrom(expression, run, from);
    if (registers === undefined) break;
    const [, end = 0] = registers;
    matches.push(registers.slice(0, 2 * (parsed.tree.groups + 1)).join());
    from = end > run.startedAt ? end : end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
  }
  return matches.join(' ');
}

describe('the engines of regular expressions', () => {
  it('agree on every match and group', () => {
    let compared = 0;
    fc.assert(
      fc.property(expressions(false), texts, (source, text) => {
        const parsed = parseRegex(source);
        assert.ok('tree' in parsed);
        if (toRe2(parsed.tree) === undefined) return;
        compared++;
        const linear = Array.from(regex(source).all(text), ({ start, end, groupRanges }) =>
          [start, end, ...groupRanges.flatMap((range) => [range?.start ?? -1, range?.end ?? -1])].join(),
        ).join(' ');
        assert.equal(backtracked(source, text, false), linear);
      }),
      { numRuns: 3000 },
    );
    assert.ok(compared > 500);
  });

  it('find the same with and without remembering', () => {
    fc.assert(
      fc.property(expressions(true), texts, (source, text) => {
        assert.equal(backtracked(source, text, true), backtracked(source, text, false));
      }),
      { numRuns: 3000 },
    );
  });

  it("agree with the language's own where meanings are the same", () => {
    fc.assert(
      fc.property(expressions(true), texts, (source, text) => {
        // Unlike JavaScript's: rounds of a loop may be empty, `^` does not match behind the last line break; no atomic groups.
        // It also begins matches between the two halves of a character.
        fc.pre(
          !text.includes('😀') && !/\(\?>|\*\+|\\[ZAz]|\^|\(\?i/.test(source) && !hasEmptyRounds(source),
        );
        const own = Array.from(
          text.matchAll(new RegExp(source, 'gmu')),
          (match) => `${match.index},${match.index + match[0].length}`,
        );
        const ours = Array.from(regex(source).all(text), ({ start, end }) => `${start},${end}`);
        assert.deepEqual(ours, own);
      }),
      { numRuns: 3000 },
    );
  });

  it('neither throw nor hang on what is typed', () => {
    const pieces = fc.constantFrom(
      ...[
        '(',
        ')',
        '(?',
        '(?:',
        '(?=',
        '(?<!',
        '(?>',
        '(?<n>',
        '(?P=n)',
        '[',
        ']',
        '[^',
        '[:alpha:]',
        '-',
        '\\',
        '\\1',
        '\\k<n>',
        '\\Q',
      ],
      ...[
        '\\E',
        '\\p{L}',
        '\\x{41}',
        '{',
        '}',
        '{2}',
        '{1,3}',
        ',',
        '*',
        '+',
        '?',
        '|',
        '^',
        '$',
        '.',
        'a',
        'b',
        '(?i)',
        '(?x)',
        '#',
        '\n',
      ],
      ...['\\b', '\\K', '\\G', '\\R', 'é', '😀'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), texts, (parts, text) => {
        const compiled = compileRegex(parts.join(''));
        if ('error' in compiled) return;
        try {
          for (const { start, end } of compiled.regex.all(text))
            assert.ok(start >= 0 && start <= end && end <= text.length);
          compiled.regex.matchesStart(text);
        } catch (error) {
          assert.ok(error instanceof RegexLimit, String(error));
        }
      }),
      { numRuns: 4000 },
    );
  });
});

/** Whether what is repeated may take nothing. */
function hasEmptyRounds(source: string): boolean {
  const parsed = parseRegex(source);
  if ('error' in parsed) return true;
  return someNode(parsed.tree.root, (node) => node.is === 'repeat' && widthOf(node.of).min === 0);
}
