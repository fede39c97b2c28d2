import { patterns, type Row } from './row.ts';

/** Why `f($X);` is no other pattern than `f($X)`. */
const NO_END = 'nothing ends a statement';

export const PATTERN_ROWS: readonly Row[] = [
  // Pieces of patterns
  { says: '$_ is never compared', rule: { pattern: 'f($_, $_)' }, code: '«f(1, 2)»\n«f(1, 1)»' },
  {
    says: 'a name twice is the same code',
    rule: { pattern: 'f($X, $X)' },
    code: '«f(a, a)»\nf(a, b)\n«f(g(1),  g( 1 ))»\n«f((a), a)»',
  },
  {
    says: '... in arguments',
    rule: { pattern: 'f(..., 2, ...)' },
    code: '«f(1, 2)»\n«f(2)»\n«f(1, 2, 3)»\nf(1, 3)',
  },
  {
    says: '$...ARGS is bound',
    rule: patterns({ pattern: 'f($...ARGS)' }, { 'pattern-inside': 'g(f($...ARGS), $...ARGS)' }),
    code: 'g(«f(1, 2)», 1, 2)\ng(f(1, 2), 1)',
  },
  { says: '"..." is any string', rule: { pattern: 'f("...")' }, code: '«f("a")»\nf(a)\nf(1)' },
  {
    says: '"=~/re/" is a string by its content',
    rule: { pattern: 'f("=~/^a.c/")' },
    code: '«f("abcd")»\nf("babc")',
  },
  {
    says: '"$X" is the content of a string',
    rule: patterns({ pattern: 'f("$X")' }, { 'metavariable-regex': { metavariable: '$X', regex: '^ab$' } }),
    code: '«f("ab")»\nf("abc")\nf(ab)',
  },
  { says: 'a literal string is itself', rule: { pattern: 'f("a b")' }, code: '«f("a b")»\nf("a  b")' },
  {
    says: '<... ...> at any depth',
    rule: { pattern: 'f(<... secret ...>)' },
    code: '«f(secret)»\n«f(g(1 + secret))»\nf(other)',
  },
  {
    says: '<... ...> in a condition',
    rule: { pattern: 'if <... g($X) ...> {\n  ...\n}' },
    code: 'if h(g(1)) { // !\n  f(1)\n}\nif h(1) {\n  f(1)\n}',
  },
  { says: 'a chain of calls', rule: { pattern: '$O. ... .f()' }, code: '«o.f()»\n«o.a().b(1).f()»\no.a()' },
  {
    says: 'layout and comments mean nothing',
    rule: { pattern: 'f( $X ,2 )' },
    code: '«f(1,2)»\n«f( 1 , 2 )»',
  },
  {
    says: 'statements that follow, also deeper',
    rule: { pattern: 'a();\n...\nb();' },
    code: 'b()\na() // !\nx()\nif x == 1 {\n  b()\n}',
  },
  {
    says: 'but not statements of the block around',
    rule: { pattern: 'a();\n...\nb();' },
    code: 'if x == 1 {\n  a()\n}\nb()',
  },
  {
    says: 'two statements side by side',
    rule: { pattern: 'a();\nb();' },
    code: 'a() // !\nb()\na()\nc()\nb()',
  },
  {
    says: 'a block is exact',
    rule: { pattern: 'if $C {\n  a();\n}' },
    code: 'if x == 1 { // !\n  a()\n}\nif x == 2 {\n  a()\n  b()\n}',
  },
  {
    says: '... around a statement of a block',
    rule: { pattern: 'if $C {\n  ...\n  a();\n  ...\n}' },
    code: 'if x == 1 { // !\n  b()\n  a()\n  c()\n}\nif x == 2 {\n  b()\n}',
  },
  {
    says: 'else may be left out',
    rule: { pattern: 'if $C {\n  a();\n}' },
    code: 'if x == 1 { // !\n  a()\n} else {\n  b()\n}',
  },
  {
    says: 'else that is written is asked for',
    rule: { pattern: 'if $C {\n  ...\n} else {\n  ...\n}' },
    code: 'if x == 1 { // !\n  a()\n} else {\n  b()\n}\nif x == 2 {\n  a()\n}',
  },
  {
    says: 'a loop',
    rule: { pattern: 'while $C {\n  ...\n}' },
    code: 'while x == 1 { // !\n  a()\n}\nif x == 1 {\n  a()\n}',
  },
  {
    says: 'a value that is returned',
    rule: { pattern: 'return g($X);' },
    code: 'fn a(x) {\n  return g(x) // !\n}\nfn b(x) {\n  return h(x)\n}',
  },
  {
    says: 'a function and its parameters',
    rule: { pattern: 'fn $F(..., $P, ...) {\n  ...\n  f($P);\n  ...\n}' },
    code: 'fn a(x, y) { // !\n  f(y)\n  return 1\n}\nfn b(x, y) {\n  f(z)\n  return 1\n}',
  },
  {
    says: 'parameters are exact',
    rule: { pattern: 'fn $F($P) {\n  ...\n}' },
    code: 'fn a(x) { // !\n  return 1\n}\nfn b(x, y) {\n  return 1\n}',
  },
  { says: 'names match whole', rule: { pattern: 'foo.bar($X)' }, code: '«foo.bar(1)»\na.foo.bar(1)\nbar(1)' },
  {
    says: 'a method of anything',
    rule: { pattern: '$O.bar($X)' },
    code: '«foo.bar(1)»\n«a.foo.bar(1)»\nbar(1)',
  },
  // Equivalences
  {
    says: 'an assignment is also a declaration',
    rule: { pattern: '$X = f()' },
    code: 'var x = f() // !\nx = f() // !\nx = g()',
  },
  { says: 'parentheses mean nothing', rule: { pattern: 'f(a)' }, code: '«f((a))»\n«f(a)»' },
  {
    says: '... in a sum stands for any number of operands',
    rule: { pattern: 'f(1 + $X + ...)' },
    code: '«f(1 + a)»\n«f(1 + a + b)»\n«f(1 + a + b + c)»\nf(1)\nf(1 - a)\nf(a)',
  },
  {
    says: '+ up to order and grouping',
    rule: { pattern: 'f($A + 1)' },
    code: '«f(x + 1)»\n«f(1 + x)»\nf(x - 1)',
  },
  { says: '- in the order written', rule: { pattern: 'f($A - 1)' }, code: '«f(x - 1)»\nf(1 - x)' },
  { says: '== in the order written', rule: { pattern: 'f($A == 1)' }, code: '«f(x == 1)»\nf(1 == x)' },
  {
    says: 'a statement deeper in another',
    rule: { pattern: 'f($X);' },
    code: 'f(1) // !\nx = f(2) // !\ng(f(3)) // !\ng(4)',
  },
  {
    says: 'but no statement in the condition of another',
    rule: { pattern: 'a();\n...\nf($X);' },
    code: 'a()\nif f(1) {\n  b()\n}\nwhile g(f(2)) {\n  b()\n}',
  },
  {
    says: '<... ...> as a statement, in the condition of another too',
    rule: { pattern: 'a();\n...\n<... f($X) ...>;' },
    code: 'a() // !\nif g(f(1)) {\n  b()\n}',
  },
  {
    says: '<... ...> as a statement, without its end',
    rule: { pattern: 'a();\n...\n<... f($X) ...>' },
    code: 'a() // !\nb()\nx = g(f(1))\na()',
  },
  {
    says: '<... ...> as a statement, alone',
    rule: { pattern: '<... f($X) ...>;' },
    code: 'a()\nx = g(f(1)) // !',
  },
  { says: 'a constant is its value', rule: { pattern: 'f(42)' }, code: 'var n = 42\n«f(n)»\n«f(42)»\nf(m)' },
  {
    says: 'a constant that is a text',
    rule: { pattern: 'f("a")' },
    code: 'var s = "a"\n«f(s)»\nf("b")',
    without: { c: 'the notation declares integers', cpp: 'as C', java: 'as C', csharp: 'as C' },
  },
  { says: 'numbers by value', rule: { pattern: 'f(16)' }, code: '«f(16)»\n«f(0x10)»\nf(0x16)' },
  {
    says: 'numbers that are calculated',
    rule: { pattern: 'f(1024)' },
    code: 'var n = 512 + 512\n«f(n)»\n«f(2048 - 1024)»\n«f(32 * 32)»\nf(512 + 513)',
  },
  {
    says: 'numbers whose bits are moved and joined',
    rule: { pattern: 'f(1024)' },
    code: 'var n = 1 << 10\n«f(n)»\n«f(2048 >> 1)»\n«f(1024 | 0)»\n«f(1027 & 0xfff8)»\n«f(1 ^ 1025)»\nf(1 << 11)\nf(1 << 60)',
    without: { kotlin: 'bits have functions' },
  },
  // Operators bind as the language says
  {
    says: 'a call behind an operator',
    rule: { pattern: 'f($X)' },
    code: 'g(1 + «f(2)» * 3)\ng(a == «f(1)»)\ng(-«f(1)»)\ng(a - b.f(1))',
  },
  {
    says: 'a method behind an operator',
    rule: { pattern: '$O.f($X)' },
    code: 'g(1 + «b.f(2)»)\ng(-«b.f(1)»)\ng(a == «b.c.f(1)»)',
  },
  { says: 'an element behind an operator', rule: { pattern: 'b[$X]' }, code: 'g(1 + «b[2]»)\ng(-«b[1]»)' },
  { says: 'a comparison of sums', rule: { pattern: '$A == $B' }, code: 'if «a + 1 == b * 2» {\n  g()\n}' },
  {
    says: 'a product in a sum',
    rule: { pattern: '$A * $B' },
    code: 'g(a + «b * c» - d)\ng(«-a * b»)\ng((a + b) - c)',
  },
  {
    says: 'a comparison in a conjunction',
    rule: { pattern: '$A == $B' },
    code: 'if «a == b» && «c == d» {\n  g()\n}\nif «a == f(1)» && h(2) {\n  g()\n}',
    without: { python: 'and' },
  },
  {
    says: 'a negated call',
    rule: { pattern: 'f($X)' },
    code: 'if !«f(1)» {\n  g()\n}',
    without: { python: 'not' },
  },
  {
    says: 'a negation',
    rule: { pattern: '!$O.f($X)' },
    code: 'if «!o.f(1)» {\n  g()\n}\nif o.f(1) {\n  g()\n}',
    without: { python: 'not' },
  },
  {
    says: 'a conjunction in a disjunction',
    rule: { pattern: '$A && $B' },
    code: 'if a > 3 || «b < 4 && c == 1» {\n  g()\n}',
    without: { python: 'and' },
  },
  { says: 'a sign before parentheses', rule: { pattern: '-($A + $B)' }, code: 'g(«-(a + b)»)\ng(-(a - b))' },
  {
    says: 'a negation of parentheses',
    rule: { pattern: '!($A && $B)' },
    code: 'if «!(a && b)» {\n  g()\n}\nif !(a || b) {\n  g()\n}',
    without: { python: 'and' },
  },
  { says: 'a product in parentheses', rule: { pattern: '-($A * $B)' }, code: 'g(«-(a * b)»)\ng(-(a + b))' },
  // Wherever an expression may stand
  {
    says: 'a call in an operand, an argument and a place',
    rule: { pattern: 'f($X)' },
    code: [
      'fn m(a, b, o) {',
      '  g(«f(1)».h)',
      '  «f(2)».h()',
      '  g(«f(3)»[0])',
      '  b += «f(4)»',
      '  b = a + «f(5)» - «f(6)»',
      '  o.p = «f(7)»',
      '  a[0] = «f(8)»',
      '  a[«f(9)»] = 1',
      '  g(h((«f(10)»)), b, «f(11)»)',
      '  g(a < «f(12)»)',
      '  g(a > «f(13)»)',
      '  g(a % «f(18)» == 0)',
      '  g("a" + «f(19)»)',
      '  if a != «f(20)» {',
      '    g()',
      '  } else {',
      '    while «f(21)» < 3 {',
      '      «f(22)»',
      '    }',
      '  }',
      '  return «f(23)» + -«f(24)» * 2',
      '}',
    ].join('\n'),
  },
  {
    says: 'a call beside operators of bits',
    rule: { pattern: 'f($X)' },
    code: 'g(a & «f(1)», a | «f(2)», a ^ «f(3)», a << «f(4)»)',
    without: { kotlin: 'they are functions' },
  },
  {
    says: 'a member in an operand, an argument and a place',
    rule: { pattern: '$O.p' },
    code: 'fn m(a, b, o) {\n  g(«o.p», a + «o.p» * 2, -«o.p»)\n  «o.p» = a\n  b = «f(1).p»\n  b = «a[0].p»\n  «a.p».q = «b.p» + 1\n  return «o.p»\n}',
  },
  {
    says: 'an element in an operand, an argument and a place',
    rule: { pattern: '$A[$I]' },
    code: 'fn m(a, b, o) {\n  g(«a[0]», b + «a[b]» * 2)\n  «a[1]» = b\n  b = «o.a[2]»\n  b = «f(1)[0]»\n  return «a[b + 1]»\n}',
  },
  // Options
  {
    says: 'option constant_propagation',
    rule: { pattern: 'f(42)', options: { constant_propagation: false } },
    code: 'var n = 42\nf(n)\n«f(42)»',
  },
  {
    says: 'option ac_matching',
    rule: { pattern: 'f($A + 1)', options: { ac_matching: false } },
    code: '«f(x + 1)»\nf(1 + x)',
  },
  {
    says: 'option vardef_assign',
    rule: { pattern: '$X = f()', options: { vardef_assign: false } },
    code: 'var x = f()\nx = f() // !',
    without: { python: 'an assignment is what declares', go: '`:=` is an assignment' },
  },
  {
    says: 'option implicit_deep_exprstmt',
    rule: { pattern: 'f($X);', options: { implicit_deep_exprstmt: false } },
    code: 'f(1) // !\ng(f(3))',
    without: { python: NO_END, go: NO_END, kotlin: NO_END, swift: NO_END },
  },
  {
    says: 'option symmetric_eq',
    rule: { pattern: 'f($A == 1)', options: { symmetric_eq: true } },
    code: '«f(x == 1)»\n«f(1 == x)»',
  },
  {
    says: 'option symbolic_propagation',
    rule: { pattern: 'f(g($X))', options: { symbolic_propagation: true } },
    code: 'var y = g(1)\nf(y) // !\nf(z)',
  },
  // Fixes
  { says: 'fix', rule: { pattern: 'f($X, $Y)', fix: 'g($Y, $X)' }, code: '«f(1, 2)»', fixed: 'g(2, 1)' },
  {
    says: 'fix-regex',
    rule: { pattern: 'f($X)', 'fix-regex': { regex: 'f\\((.*)\\)', replacement: 'g(\\1, 0)' } },
    code: '«f(1)»',
    fixed: 'g(1, 0)',
  },
];
