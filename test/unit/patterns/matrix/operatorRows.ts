import { patterns, type Row } from './row.ts';

export const OPERATOR_ROWS: readonly Row[] = [
  // Operators
  {
    says: 'pattern: a call wherever it stands',
    rule: { pattern: 'f($X)' },
    code: '«f(1)»\nvar x = g(«f(2)», 3)\nf(1, 2)\nf()\ng(1)',
  },
  {
    says: 'patterns: the inner of two ranges stays',
    rule: patterns({ pattern: 'f($X)' }, { pattern: 'h(f($X), ...)' }),
    code: 'h(«f(1)», 2)\nf(1)\nh(g(f(1)))',
  },
  {
    says: 'patterns: bindings of the outer range are added',
    rule: patterns(
      { pattern: 'f($X)' },
      { 'pattern-inside': '$H(f($X))' },
      { 'metavariable-regex': { metavariable: '$H', regex: '^good$' } },
    ),
    code: 'good(«f(1)»)\nbad(f(1))\nf(1)',
  },
  {
    says: 'patterns: bindings have to agree',
    rule: patterns({ pattern: 'f($X)' }, { 'pattern-inside': 'h($X, ...)' }),
    code: 'h(1, «f(1)»)\nh(1, f(2))\nh(2, g(«f(2)»))',
  },
  {
    says: 'pattern-inside: is not reported itself',
    rule: patterns({ pattern: '$F(...)' }, { 'pattern-inside': 'h(...)' }, { pattern: 'f(...)' }),
    code: 'h(«f(1)»)\nf(1)',
  },
  {
    says: 'pattern-either: one or the other',
    rule: { 'pattern-either': [{ pattern: 'f($X)' }, { pattern: 'g($X)' }] },
    code: '«f(1)»\n«g(2)»\nh(3)',
  },
  {
    says: 'pattern-either within patterns',
    rule: patterns(
      {
        'pattern-either': [
          { pattern: 'f($X)' },
          { patterns: [{ pattern: 'g($X)' }, { 'pattern-not': 'g(1)' }] },
        ],
      },
      { 'pattern-inside': 'h(...)' },
    ),
    code: 'h(«f(1)», g(1))\nh(«g(2)»)\nf(1)\ng(2)',
  },
  {
    says: 'pattern-not: the same range',
    rule: patterns({ pattern: 'f($X, $Y)' }, { 'pattern-not': 'f($X, $X)' }),
    code: '«f(1, 2)»\nf(1, 1)\n«f(1, g(f(2, 2)))»',
  },
  {
    says: 'pattern-not: a formula',
    rule: patterns(
      { pattern: 'f($X)' },
      {
        'pattern-not': {
          patterns: [{ pattern: 'f($Y)' }, { 'metavariable-regex': { metavariable: '$Y', regex: '^1' } }],
        },
      },
    ),
    code: 'f(1)\nf(12)\n«f(2)»',
  },
  {
    says: 'pattern-inside: a function',
    rule: patterns({ pattern: 'f($X)' }, { 'pattern-inside': 'fn good(...) {\n  ...\n}' }),
    code: 'fn good(a) {\n  f(1) // !\n  return 1\n}\nfn bad(a) {\n  f(2)\n  return 1\n}',
  },
  {
    says: 'pattern-inside: what follows a statement',
    rule: patterns({ pattern: 'f($X)' }, { 'pattern-inside': 'begin();\n...' }),
    code: 'f(1)\nbegin()\nf(2) // !\nif x == 1 {\n  f(3) // !\n}',
  },
  {
    says: 'pattern-inside: a formula',
    rule: patterns(
      { pattern: 'f($X)' },
      { 'pattern-inside': { 'pattern-either': [{ pattern: 'g(...)' }, { pattern: 'h(...)' }] } },
    ),
    code: 'g(«f(1)»)\nh(«f(2)»)\nk(f(3))',
  },
  {
    says: 'pattern-not-inside',
    rule: patterns({ pattern: 'f($X)' }, { 'pattern-not-inside': 'g($X, ...)' }),
    code: 'g(1, f(1))\ng(2, «f(1)»)\n«f(1)»',
  },
  {
    says: 'pattern-not-inside: what follows a statement',
    rule: patterns({ pattern: 'f($X)' }, { 'pattern-not-inside': 'check($X);\n...' }),
    code: 'f(a) // !\ncheck(a)\nf(a)\nf(b) // !',
  },
  {
    says: 'pattern-not-regex: what is contained, and what lies within',
    rule: patterns({ pattern: 'f($X)' }, { 'pattern-not-regex': 'f\\(1\\)|k\\(.*\\)' }),
    code: 'f(1)\n«f(2)»\nk(f(3))\nf(g(k(4)))',
  },
  {
    says: 'not anywhere: in the whole file',
    rule: patterns({ pattern: 'f($X)' }, { not: { anywhere: 'k($Y)' } }),
    code: 'f(1)\nk(2)',
  },
  {
    says: 'not anywhere: where it does not stand',
    rule: patterns({ pattern: 'f($X)' }, { not: { anywhere: 'k($Y)' } }),
    code: '«f(1)»\nj(2)',
  },
  {
    says: 'pattern-regex: a text, with groups',
    rule: patterns(
      { 'pattern-regex': 'f\\((\\d)\\)' },
      { 'metavariable-comparison': { comparison: '$1 > 1' } },
    ),
    code: 'f(1)\n«f(2)»',
  },
  {
    says: 'pattern-regex: named groups agree with code',
    rule: patterns({ 'pattern-regex': 'f\\((?<X>\\w+)\\)' }, { 'pattern-inside': 'g($X, ...)' }),
    code: 'g(a, «f(a)»)\ng(b, f(a))',
  },
  {
    says: 'focus-metavariable',
    rule: patterns({ pattern: 'f($X, $Y)' }, { 'focus-metavariable': '$Y' }),
    code: 'f(1, «g(2)»)',
  },
  {
    says: 'focus-metavariable: several',
    rule: patterns({ pattern: 'f($X, $Y)' }, { 'focus-metavariable': ['$X', '$Y'] }),
    code: 'f(«a», «g(2)»)',
  },
  // Conditions
  {
    says: 'metavariable-regex: from the start, with no end',
    rule: patterns({ pattern: '$F(1)' }, { 'metavariable-regex': { metavariable: '$F', regex: 'ab' } }),
    code: '«abc(1)»\ncab(1)\n«ab(1)»',
  },
  {
    says: 'metavariable-regex: a string without what is in it',
    rule: patterns({ pattern: 'f($X)' }, { 'metavariable-regex': { metavariable: '$X', regex: '.*secret' } }),
    code: '«f("a secret")»\nf("open")\n«f(secret)»',
  },
  {
    says: 'metavariable-pattern: somewhere in its code',
    rule: patterns(
      { pattern: 'f($X)' },
      { 'metavariable-pattern': { metavariable: '$X', pattern: 'g($Y)' } },
    ),
    code: '«f(g(1))»\nf(h(1))\n«f(h(g(1)))»',
  },
  {
    says: 'metavariable-pattern: several patterns',
    rule: patterns(
      { pattern: 'f($X)' },
      {
        'metavariable-pattern': {
          metavariable: '$X',
          patterns: [{ pattern: 'g($Y)' }, { 'pattern-not': 'g(1)' }],
        },
      },
    ),
    code: 'f(g(1))\n«f(g(2))»',
  },
  {
    says: 'metavariable-pattern: alternatives',
    rule: patterns(
      { pattern: 'f($X)' },
      {
        'metavariable-pattern': {
          metavariable: '$X',
          'pattern-either': [{ pattern: 'g(...)' }, { pattern: '"..."' }],
        },
      },
    ),
    code: '«f(g(1))»\n«f("a")»\nf(1)',
  },
  {
    says: 'metavariable-pattern: a regular expression',
    rule: patterns(
      { pattern: 'f($X)' },
      { 'metavariable-pattern': { metavariable: '$X', 'pattern-regex': 'b' } },
    ),
    code: '«f(abc)»\nf(ac)',
  },
  {
    says: 'metavariable-pattern: in another language',
    rule: patterns(
      { pattern: 'f("$X")' },
      { 'metavariable-pattern': { metavariable: '$X', language: 'generic', pattern: 'select ... from $T' } },
    ),
    code: '«f("select a, b from t")»\nf("select a")',
  },
  {
    says: 'metavariable-comparison: of a number',
    rule: patterns(
      { pattern: 'f($N)' },
      { 'metavariable-comparison': { comparison: '$N > 0x10 and $N % 2 == 0' } },
    ),
    code: 'f(16)\nf(17)\n«f(18)»\nf(n)',
  },
  {
    says: 'metavariable-comparison: of a known constant',
    rule: patterns(
      { pattern: 'f($N)' },
      { 'metavariable-comparison': { comparison: '$N == 2048 or $N in [1, 3]' } },
    ),
    code: 'var n = 2048\n«f(n)»\n«f(3)»\nf(2)',
  },
  {
    says: 'metavariable-comparison: len, str, int and re.match',
    rule: patterns(
      { pattern: 'f($S, $N)' },
      {
        'metavariable-comparison': {
          comparison: 'len($S) > 2 and re.match("a+", $S) and int($N) >= 2 and str($N) != "4"',
        },
      },
    ),
    code: '«f("aab", 2)»\nf("aa", 2)\nf("bbb", 2)\nf("aab", 1)\nf("aab", 4)',
  },
  {
    says: 'metavariable-comparison: strip and base',
    rule: patterns(
      { pattern: 'f($N)' },
      { 'metavariable-comparison': { metavariable: '$N', comparison: '$N > 8', base: 2, strip: true } },
    ),
    code: 'f("111")\n«f("1111")»',
  },
  {
    says: 'metavariable-type: of a parameter',
    rule: patterns({ pattern: 'f($X)' }, { 'metavariable-type': { metavariable: '$X', type: 'INT' } }),
    code: 'fn g(a) {\n  f(a) // !\n  f(b)\n  return 1\n}',
    without: { javascript: 'types are not written' },
  },
  {
    says: 'metavariable-analysis: entropy',
    rule: patterns(
      { pattern: 'f("$X")' },
      { 'metavariable-analysis': { metavariable: '$X', analyzer: 'entropy' } },
    ),
    code: '«f("kV9xQ2mZ7pLw4TnB8sRd")»\nf("hello")',
  },
  {
    says: 'metavariable-analysis: redos',
    rule: patterns(
      { pattern: 'f("$X")' },
      { 'metavariable-analysis': { metavariable: '$X', analyzer: 'redos' } },
    ),
    code: '«f("^(a+)+$")»\nf("^a+$")',
  },
];
