import assert from 'node:assert/strict';
import fc from 'fast-check';

import { comparisonMetavariables, type ComparisonValue } from '../../../server/src/core/rules/comparison.ts';
import { evaluateComparison } from '../../../server/src/core/rules/comparisonEvaluate.ts';
import { literalValue } from '../../../server/src/core/rules/comparisonLiteral.ts';
import { readComparison } from '../../../server/src/core/rules/readComparison.ts';

/** `code` gives metavariables as they stand in a source file. */
function holds(text: string, code: Readonly<Record<string, string>> = {}): boolean {
  const read = readComparison(text);
  if ('error' in read) throw new Error(`${text}: ${read.error}`);
  return evaluateComparison(
    read.comparison,
    (name) => {
      const source = code[name.slice(1)];
      return source === undefined ? undefined : literalValue(source);
    },
    (name) => code[name.slice(1)],
  );
}

const TRUE: readonly string[] = [
  '1 + 1 == 2',
  '2 + 3 * 4 == 14',
  '(2 + 3) * 4 == 20',
  '-2 ** 2 == -4',
  '2 ** -1 == 0.5',
  '2 ** 3 ** 2 == 512',
  '-7 // 2 == -4',
  '-7 % 3 == 2',
  '7 % -3 == -2',
  '7 / 2 == 3.5',
  '6 / 2 == 3',
  '0x10 == 16 and 0o17 == 15 and 0b101 == 5 and 1_000 == 1000',
  '1e3 == 1000 and .5 == 0.5 and 1. == 1',
  '1 << 4 | 1 == 17',
  '1 | 6 ^ 2 & 3 == 5',
  '~0 == -1',
  '- - 1 == 1',
  '1 < 2 < 3',
  'not 1 < 3 < 2',
  '1 < 2 == 2 < 3',
  'not (1 > 2)',
  'not not True',
  '1 == 1.0',
  'True == 1',
  '9007199254740993 == 9007199254740993',
  'not 9007199254740993 == 9007199254740992.0',
  '2 ** 200 > 2 ** 199',
  '"a" in "cat"',
  '"b" not in "cat"',
  '3 in [1, 2, 3]',
  '3 not in (1, 2,)',
  '(1,) == [1]',
  '"x" in {"x", "y"}',
  '1 in (1, "a", None)',
  '[1, [2, "a"]] == [1, [2, "a"]]',
  '[1, 2] < [1, 3] and [1] < [1, 0]',
  '"abc" < "abd"',
  "'it\\'s' == \"it's\"",
  '"a\\x41\\u0042\\n" == "aAB\\n"',
  'r"\\d" == "\\\\d"',
  '"""a"b""" == \'a"b\'',
  '"ab" "cd" == "abcd"',
  '"a" + "b" == "ab"',
  'len("äöü") == 3',
  'len([1, 2]) == 2',
  'int("42") == 42 and int("0x1F", 16) == 31 and int("777", 8) == 511 and int(3.9) == 3 and int("-5") == -5',
  'float("1.5") == 1.5',
  'abs(-3) == 3 and min(3, 1, 2) == 1 and max([1, 5]) == 5',
  'str(12) == "12" and str(True) == "True" and str(1.0) == "1.0" and str("a") == "a"',
  're.match("a+$", "aaa")',
  're.match(r"(?!x)a", "ab")',
  'not re.match("b", "ab")',
  're.search("b", "ab")',
  're.fullmatch("a|ab", "ab")',
  '"AbC".lower() == "abc" and "a".upper() == "A" and " a ".strip() == "a"',
  '"abc".startswith("ab") and "abc".endswith("bc")',
  'strptime("2024-01-02") - strptime("2024-01-01") == 86400',
  '1 or 1 / 0',
  '5',
  '"a"',
];

/** Sentences without an answer, or with the answer no. */
const FALSE: readonly string[] = [
  '1 / 0 == 1',
  '1 // 0 == 1',
  '1 % 0 == 0',
  '1.5 / 0 > 0',
  'not 1 / 0',
  '"a" < 1',
  'not "a" < 1',
  '"a" + 1 == "a1"',
  '1 in 5',
  '1 not in 5',
  '1 << -1 == 0',
  '1.5 << 1 == 3',
  '9 ** 9 ** 9 > 0',
  '(2 ** 60000) ** 60000 > 0',
  '1 << 100000000000 > 0',
  '10.0 ** 400 > 0',
  'len(5) == 1',
  'int("x") == 0',
  'int("9", 8) == 9',
  'float("x") == 0',
  '1 and None',
  '0',
  '""',
  '[]',
  '1 == "1"',
  'None == 0',
];

const REFUSED: readonly [text: string, error: RegExp][] = [
  ['', /ends too early/],
  ['1 +', /ends too early/],
  ['(1', /ends too early; `\)` was expected/],
  ['1 2', /unexpected `2`/],
  ['$X = 1', /`= 1`/],
  ['$X && $Y', /unexpected `&`/],
  ['017 == 15', /`017/],
  ['10L == 10', /`10L/],
  ['foo > 1', /uses `foo`, which is not a function/],
  ['eval("1")', /uses `eval`/],
  ['constructor("1")', /uses `constructor`/],
  ['today() > 1', /must not depend on the day/],
  ['$X.foo()', /uses `foo`, which is not a method/],
  ['len() == 1', /gives `len` 0 arguments instead of 1/],
  ['len(1, 2)', /gives `len` 2 arguments/],
  ['re.match("(", $X)', /no regular expression/],
  ['re.compile("a")', /uses `re`/],
  ['"abc', /does not end/],
  ['[1, 2', /ends too early/],
  ['lambda x: x', /uses `lambda`|`:/],
  ['('.repeat(5000), /longer than/],
  ['('.repeat(1000) + '1' + ')'.repeat(1000), /nested deeper/],
  ['not '.repeat(900) + '1', /nested deeper/],
  ['-'.repeat(3000) + '1', /nested deeper/],
];

describe('the expression of metavariable-comparison', () => {
  for (const text of TRUE) it(`holds: ${text}`, () => assert.equal(holds(text), true));
  for (const text of FALSE) it(`does not hold: ${text}`, () => assert.equal(holds(text), false));
  for (const [text, error] of REFUSED) {
    it(`is refused: ${text.slice(0, 40)}`, () => {
      const read = readComparison(text);
      assert.match('error' in read ? read.error : 'accepted', error);
    });
  }

  it('takes what metavariables stand for', () => {
    assert.equal(holds('$X > 1024', { X: '0x401' }), true);
    assert.equal(holds('$X > 1024', { X: '0x400' }), false);
    assert.equal(holds('$X % 8 != 0 and $X <= $MAX_2', { X: '12', MAX_2: '12u' }), true);
    assert.equal(holds('$1 == "a"', { '1': "'a'" }), true);
    assert.equal(holds('$X in ["md5", "sha1"]', { X: '"sha1"' }), true);
    assert.equal(holds('0 < $X < 2048', { X: '1024' }), true);
  });

  it('drops the match where a metavariable is not known', () => {
    assert.equal(holds('$X > 0', { X: 'size' }), false);
    assert.equal(holds('$X < 0', { X: 'size' }), false);
    assert.equal(holds('not $X > 0', { X: 'size' }), false);
    assert.equal(holds('$X == 1', {}), false);
    assert.equal(holds('$X != 1', { X: 'f()' }), false);
    assert.equal(holds('$X', { X: 'f()' }), false);
    assert.equal(holds('$X not in [1, 2]', { X: 'f()' }), false);
    assert.equal(holds('len($X) > 0', { X: 'f()' }), false);
    assert.equal(holds('$Y == 2 and $X > 0', { X: 'size', Y: '2' }), false);
  });

  it('compares code as text where it is no value', () => {
    assert.equal(holds('str($X) == str($Y)', { X: 'a.b', Y: 'a.b' }), true);
    assert.equal(holds('str($X) != str($Y)', { X: 'a.b', Y: 'a.c' }), true);
    assert.equal(holds('$X == $Y', { X: 'a', Y: 'a' }), true);
    assert.equal(holds('$X != $Y', { X: 'a', Y: 'b' }), true);
    assert.equal(holds('str($X) in ["read", "write"]', { X: 'write' }), true);
    assert.equal(holds('re.match("get[A-Z]", $X)', { X: 'getName' }), true);
    assert.equal(holds('re.match("a", $X)', { X: '"abc"' }), true);
    assert.equal(holds('int($X) > 3', { X: "'4'" }), true);
  });

  it('names its metavariables', () => {
    const read = readComparison('$X < len($Y) and $X in [$Z, -$_1] or not re.match("$NO", $...ARGS)');
    assert.ok('comparison' in read);
    assert.deepEqual(comparisonMetavariables(read.comparison), ['$X', '$Y', '$Z', '$_1', '$...ARGS']);
  });

  it('counts exactly, with whole numbers of any size', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 30n }), (a, b, c) => {
        assert.equal(holds(`(${a}) + (${b}) == ${a + b}`), true);
        assert.equal(holds(`(${a}) * (${b}) - (${b}) == ${a * b - b}`), true);
        assert.equal(holds(`(${a} // ${c}) * ${c} + ${a} % ${c} == ${a}`), true);
        assert.equal(holds(`0 <= ${a} % ${c} < ${c} and -${c} < ${a} % -${c} <= 0`), true);
        assert.equal(holds(`(${a} < ${b}) == ${a < b ? 'True' : 'False'}`), true);
        assert.equal(holds(`(${a} ^ ${b}) == (${a} | ${b}) - (${a} & ${b})`), true);
      }),
    );
  });

  it('neither throws nor hangs on anything', () => {
    const piece = fc.constantFrom(
      ...[
        '$X',
        '1',
        '0x1F',
        '2.5',
        '"a"',
        'r"("',
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
        ',',
        '.',
        'lower()',
        'len(',
        'int(',
        're.match("a+", ',
      ],
      ...[
        're.search(',
        '+',
        '-',
        '*',
        '/',
        '//',
        '%',
        '**',
        '&',
        '|',
        '^',
        '~',
        '<<',
        '>>',
        '<',
        '==',
        '!=',
        ' in ',
        ' not ',
        ' and ',
      ],
      ...[' or ', '9', '**9', '$', '"', "'''", '\\', 'é', 'None', 'True'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), fc.anything(), (pieces, value) => {
        const read = readComparison(pieces.join(''));
        if ('error' in read) return;
        evaluateComparison(read.comparison, () => (typeof value === 'string' ? value : undefined));
        evaluateComparison(read.comparison, () => 7n);
      }),
      { numRuns: 2000 },
    );
  });
});

const LITERALS: readonly [text: string, value: ComparisonValue | undefined][] = [
  ['0', 0n],
  ['42', 42n],
  ['-42', -42n],
  ['+ 42', 42n],
  ['(42)', 42n],
  ['((-42))', -42n],
  ['0x10', 16n],
  ['0XfF', 255n],
  ['0x1Full', 31n],
  ['0x10UL', 16n],
  ['0xFFn', 255n],
  ['0xff_ffu32', 65535n],
  ['0b1', 1n],
  ['0b1010_1010', 170n],
  ['0o7', 7n],
  ['0o755', 493n],
  ['017', 15n],
  ['0755', 493n],
  ['00', 0n],
  ['08', 8n],
  ['1_000', 1000n],
  ["1'000'000", 1000000n],
  ['10L', 10n],
  ['10u', 10n],
  ['10ULL', 10n],
  ['10i64', 10n],
  ['1_000usize', 1000n],
  ['10n', 10n],
  ['123456789012345678901234567890', 123456789012345678901234567890n],
  ['1.5', 1.5],
  ['1.5f', 1.5],
  ['1.', 1],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['1e3', 1000],
  ['1E-3', 0.001],
  ['1_0.5', 10.5],
  ['1f', 1],
  ['2.0f64', 2],
  ['1d', 1],
  ['1.0m', 1],
  ['0x1.8p3', 12],
  ['0x1p-1', 0.5],
  ['"abc"', 'abc'],
  ["'abc'", 'abc'],
  ['`abc`', 'abc'],
  ['""', ''],
  ['"a\\"b"', 'a"b'],
  ['"a\\tb\\x41\\u{1F600}\\101"', 'a\tbA\u{1F600}A'],
  ['"\\d"', '\\d'],
  ['r"\\d"', '\\d'],
  ['r"a\\"b"', 'a\\"b'],
  ['r#"a"b"#', 'a"b'],
  ['b"abc"', 'abc'],
  ['u8"abc"', 'abc'],
  ['L"abc"', 'abc'],
  ['R"x(a)"b)x"', 'a)"b'],
  ['@"a\\b""c"', 'a\\b"c'],
  ['"""a\n"b"""', 'a\n"b'],
  ["'''a'''", 'a'],
  ['"a" "b"\n\'c\'', 'abc'],
  ['`a\nb`', 'a\nb'],
  ['f"abc"', 'abc'],
  ['f"{x}"', undefined],
  ['$"{x}"', undefined],
  ['`${x}`', undefined],
  ['"a" + b', undefined],
  ['"a', undefined],
  ['"a"b', undefined],
  ['true', true],
  ['True', true],
  ['false', false],
  ['null', null],
  ['None', null],
  ['nil', null],
  ['nullptr', null],
  ['x', undefined],
  ['f(1)', undefined],
  ['1 + 1', undefined],
  ['(1)+(2)', undefined],
  ['1.2.3', undefined],
  ['...', undefined],
  ['0x', undefined],
  ['0b12', undefined],
  ['', undefined],
  ['-', undefined],
  ['1j', undefined],
];

describe('the value of a literal', () => {
  for (const [text, value] of LITERALS) {
    it(`${JSON.stringify(text)} is ${typeof value === 'bigint' ? `${value}` : JSON.stringify(value ?? 'nothing')}`, () => {
      assert.deepEqual(literalValue(text), value);
    });
  }

  it('is read in the base that the rule names, from quotes if it asks', () => {
    assert.equal(literalValue('0700', { base: 8 }), 448n);
    assert.equal(literalValue('700', { base: 8 }), 448n);
    assert.equal(literalValue('0o700', { base: 8 }), 448n);
    assert.equal(literalValue('0700', { base: 10 }), 700n);
    assert.equal(literalValue('1f', { base: 16 }), 31n);
    assert.equal(literalValue('0x1f', { base: 16 }), 31n);
    assert.equal(literalValue('101', { base: 2 }), 5n);
    assert.equal(literalValue('9', { base: 8 }), undefined);
    assert.equal(literalValue('-10', { base: 16 }), -16n);
    assert.equal(literalValue('"0700"', { base: 8, strip: true }), 448n);
    assert.equal(literalValue('"0700"', { base: 8 }), 448n);
    assert.equal(literalValue("'2048'", { strip: true }), 2048n);
    assert.equal(literalValue("'2048'"), '2048');
    assert.equal(literalValue("'abc'", { strip: true }), 'abc');
  });

  it('survives a round of any whole number in any base and any text in quotes', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.constantFrom(2, 8, 10, 16), (number, base) => {
        const prefix = base === 2 ? '0b' : base === 8 ? '0o' : base === 16 ? '0x' : '';
        const digits = number < 0n ? `-${prefix}${(-number).toString(base)}` : prefix + number.toString(base);
        assert.equal(literalValue(digits), number);
        assert.equal(literalValue(number.toString(base), { base }), number);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) =>
        assert.equal(literalValue(JSON.stringify(text)), text),
      ),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void literalValue(text)));
  });

  it('takes its time for nothing', () => {
    const started = performance.now();
    for (const text of [
      '('.repeat(99_000) + ')',
      '"a" '.repeat(24_000),
      '9'.repeat(99_000),
      `"${'\\'.repeat(99_000)}`,
    ]) {
      literalValue(text);
      literalValue(text, { base: 16, strip: true });
    }
    assert.ok(performance.now() - started < 2000);
  });
});
