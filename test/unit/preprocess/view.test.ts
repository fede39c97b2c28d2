import assert from 'node:assert/strict';

import fc from 'fast-check';

import { NO_MACROS, conditionMacros, tableOfShapes } from '../../../server/src/core/preprocess/macros.ts';
import { viewsOf, type Views } from '../../../server/src/core/preprocess/view.ts';
import type { Dialect } from '../../../server/src/core/preprocess/words.ts';
import { at } from '../../../server/src/core/syntax/syntaxTable.ts';
import { freeTree, parseText } from '../../../server/src/core/syntax/syntaxTree.ts';
import { grammar } from '../../support/engine.ts';

/** How the views of a text begin: without macros of a workspace. */
function views(text: string, dialect: Dialect = 'c', defines: readonly string[] = []): Views {
  return viewsOf(text, {
    dialect,
    macros: NO_MACROS,
    shared: NO_MACROS,
    known: conditionMacros(defines, []),
  });
}

/** Places that the grammar could not read, or had to complete. */
async function errorsIn(text: string, dialect: Dialect): Promise<number> {
  const target = await grammar(dialect);
  const syntax = parseText(target, text);
  freeTree(syntax);
  const { table } = syntax;
  let errors = 0;
  for (let node = 0; node < table.count; node++) {
    if (at(table.kind, node) === target.errorKind || at(table.missing, node) === 1) errors++;
  }
  return errors;
}

const PIECES = [
  ...[
    '#if A\n',
    '#ifdef B\n',
    '#elif C\n',
    '#else\n',
    '#endif\n',
    '#define M(x) {x\n',
    '#define E\n',
    '#include <a.h>\n',
  ],
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ';',
    ',',
    ':',
    '::',
    '<',
    '>',
    '*',
    '&',
    '=',
    '@',
    '\\',
    '\\\n',
    '\r\n',
    '\n',
    '\r',
    ' ',
  ],
  ...[
    'int ',
    'struct ',
    'enum ',
    'class ',
    'template ',
    'while ',
    'for',
    'return ',
    'asm',
    '__attribute__',
    'extern "C"',
  ],
  ...[
    'API ',
    'name',
    'E ',
    'M',
    'x',
    '1',
    '"text"',
    '"open',
    "'c'",
    '/* c */',
    '/*',
    '//',
    'R"x(',
    ')x"',
    '…',
    '𝛼',
    '\0',
  ],
];

describe('the view of C and C++ that the grammar reads', () => {
  const texts = fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );

  it('is as long as the text, with the same line breaks, for any text', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom<Dialect>('c', 'cpp'), (text, dialect) => {
        for (const view of views(text, dialect).views) {
          assert.equal(view.text.length, text.length);
          assert.deepEqual(
            [...view.text.matchAll(/[\r\n]/g)].map(String),
            [...text.matchAll(/[\r\n]/g)].map(String),
          );
          for (const { index } of text.matchAll(/[\r\n]/g)) assert.match(view.text.charAt(index), /[\r\n]/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same each time, and keeps comments', () => {
    fc.assert(
      fc.property(texts, (text) => {
        assert.deepEqual(JSON.stringify(views(text).views), JSON.stringify(views(text).views));
      }),
      { numRuns: 200 },
    );
    const [first, second] = views(
      '#ifdef A\nint f(void) { return 1 /* [SR-A-1] */\n#else\n+ 2 /* b */;\n#endif\n}',
    ).views;
    assert.match(first?.text ?? '', /SR-A-1/);
    assert.match(second?.text ?? '', /SR-A-1/);
  });
});

/** What the code is, the code, and how many places the bare grammar cannot read. The view leaves none. */
const SNIPPETS: readonly (readonly [string, Dialect, string])[] = [
  ['an export macro before a function', 'c', 'LIB_API int f(void);\nLIB_API struct s *g(int a);'],
  ['a calling convention', 'c', 'unsigned long WINAPI thread(void *p) { return 0; }'],
  [
    'an attribute behind the parameters',
    'c',
    'int f(const char *s, ...)\n  PRINTF_LIKE(1, 2);\nint g(void) WEAK;',
  ],
  ['an attribute with arguments before a function', 'c', 'static SECTION(".text") int f(void) { return 1; }'],
  ['an attribute behind a variable', 'c', 'static const unsigned char table[4] PROGMEM = { 1, 2, 3, 4 };'],
  ['an attribute of a parameter', 'c', 'int f(IN int a, char *OUT b, struct s *c UNUSED_ARG) { return a; }'],
  ['an attribute behind a function pointer', 'c', 'int (*handler)(int a) ATTRIBUTE;\nint x;'],
  [
    'an attribute of a struct',
    'c',
    'struct PACKED header { int a; };\ntypedef struct { int b; } ALIGNED(4) other;',
  ],
  ['a return type in a macro', 'c', 'API(int) f(void);\nAPI(const char *) g(void);'],
  [
    'a macro that generates declarations',
    'c',
    'DEFINE_LIST(first)\nDEFINE_LIST(second)\nstatic int x;\nint f(void) { return x; }',
  ],
  ['a macro with operators as arguments', 'c', 'BIT_OP(band, &=)\nBIT_OP(bor, |=)\nint x;'],
  [
    'a statement macro without a semicolon',
    'c',
    'void f(void) {\n  LOCK(a)\n  work(b);\n  UNLOCK(a)\n  return;\n}',
  ],
  ['a word of its own before a statement', 'c', 'void f(void) {\n  BEGIN_THREADS\n  return;\n}'],
  ['a loop in a macro', 'c', 'void f(void) { list_for_each(entry, head) { use(entry); } }'],
  ['a loop macro with a declaration', 'c', 'void f(void) { FOREACH(struct item *i, list) { use(i); } }'],
  [
    'types as arguments',
    'c',
    'void f(void) { p = NEW(struct s); q = va_arg(ap, char *); r = ALLOC(unsigned int, 4); }',
  ],
  ['an operator as an argument', 'c', 'void f(void) { CHECK(a, ==, b); }'],
  ['an empty argument', 'c', 'void f(void) { CALL(, b); CALL(a, ); }'],
  [
    'a return as an argument',
    'c',
    'void f(void) { CHECK(a, return -1); CHECK(b, return); CHECK(c, break); }',
  ],
  [
    'a string made by a macro call',
    'c',
    'const char *s = "a" STR(B) "c";\nvoid f(void) { log(TAG("x") "y"); }',
  ],
  [
    'more arguments in a macro',
    'c',
    'void f(void) { call(a, b MORE(c) MORE(d)); }\nint g(int a MORE(int b)) { return a; }',
  ],
  ['an enumerator made by a macro', 'c', 'enum e { A = 1, OPTION(B, 2), C DEPRECATED(7, "x") = 3 };'],
  ['a placement', 'c', 'volatile unsigned char port @ 0x40;\nint x;'],
  [
    'a placement by name, in a section, computed',
    'c',
    'int a @ PORT_A;\nint b[4] @ "ram2" = { 1 };\nint c @ (BASE + 4), d;\nvoid f(void) @ 0x100 { g(); }',
  ],
  ['assembler in braces', 'c', 'void f(void) { __asm { mov eax, 1 } x(); }'],
  ['a function of old', 'c', 'int f(a, b) int a; char *b; { return a; }\nint g(a) my_type *a; { return 0; }'],
  ['a macro for the head of a function', 'c', 'PROCESS_THREAD(blink, event, data)\n{\n  work();\n}'],
  [
    'a member in a macro',
    'c',
    'struct s { int PRIVATE(a); STAILQ_ENTRY(s) next;\n  DECLARE(x, 4)\n  int y; };',
  ],
  [
    'an else in an arm',
    'c',
    'void f(void) {\n  if (a) { b(); }\n#ifdef X\n  else if (c) { d(); }\n#endif\n  else { e(); }\n}',
  ],
  ['a condition in arms', 'c', 'void f(void) {\n#if X\n  if (a)\n#else\n  if (b)\n#endif\n  { c(); }\n}'],
  [
    'a block that begins and ends in arms',
    'c',
    'void f(void) {\n#ifdef X\n  if (a) {\n#endif\n    b();\n#ifdef X\n  }\n#endif\n}',
  ],
  [
    'a loop that ends differently',
    'c',
    'void f(void) {\n  do {\n    a();\n#ifdef X\n  } while (b);\n#else\n  } while (c);\n#endif\n}',
  ],
  ['a function head in arms', 'c', '#ifdef X\nint f(int a)\n#else\nint f(void)\n#endif\n{ return 1; }'],
  [
    'arms between arguments and values',
    'c',
    'int v[] = {\n  1,\n#ifdef X\n  2,\n#else\n  3,\n#endif\n};\nvoid f(void) { g(a\n#ifdef X\n , b\n#endif\n ); }',
  ],
  ['arms in an expression', 'c', 'int f(void) { return a\n#ifdef X\n  + b;\n#else\n  ;\n#endif\n}'],
  [
    'a guard for C++',
    'c',
    '#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void);\n#ifdef __cplusplus\n}\n#endif',
  ],
  [
    'a guard for C++, in C++',
    'cpp',
    '#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void);\n#ifdef __cplusplus\n}\n#endif',
  ],
  ['prose in code that is switched off', 'c', "#if 0\nThis isn't code {\n#endif\nint x;"],
  [
    'a comment in the body of a macro',
    'c',
    '#define M(a) \\\n  do { b(a); /* why */ \\\n    c(a); \\\n  } while (0)\nint x;',
  ],
  ['an export macro of a class', 'cpp', 'class LIB_EXPORT Name : public Base { public: Name(); };'],
  ['names of a namespace', 'cpp', 'LIB_API std::vector<int> f(const std::string &s) NOEXCEPT_MACRO;'],
];

/** Code that the bare grammar reads without an error, but as something else. */
const MISREAD = [
  'a calling convention',
  'a return type in a macro',
  'a statement macro without a semicolon',
  'a word of its own before a statement',
  'a return as an argument',
  'a function of old',
];

describe('code that the bare grammar does not read', () => {
  for (const [name, dialect, code] of SNIPPETS) {
    it(`is read through the view: ${name}`, async () => {
      const [view] = views(code, dialect).views;
      assert.equal(await errorsIn(view?.text ?? '', dialect), 0, view?.text);
    });
  }

  it('is what these cases are about', async () => {
    const counts = await Promise.all(SNIPPETS.map(async ([, dialect, code]) => errorsIn(code, dialect)));
    const clean = SNIPPETS.filter((_, index) => counts[index] === 0).map(([name]) => name);
    assert.deepEqual(clean, MISREAD);
  });
});

describe('what is no code', () => {
  for (const [name, text] of [
    ['signs', 'void f(void) {\n  @@@ %%% ;\n}'],
    ['an at sign alone', 'void f(void) {\n  x = @ 4;\n}'],
    ['a long run behind an at sign', `int x @ ${'a b '.repeat(20)};`],
  ] as const) {
    it(`stays an error and is not masked: ${name}`, async () => {
      const shown = views(text, 'c').views[0]?.text ?? '';
      assert.equal(shown.includes('@'), true);
      assert.notEqual(await errorsIn(shown, 'c'), 0);
    });
  }
});

describe('ordinary code', () => {
  const same: readonly (readonly [string, Dialect, string])[] = [
    [
      'declarations',
      'c',
      'static const int a = 1; uint8_t b[4]; struct s *c, d; typedef unsigned long word_t; my_type e = f(1);',
    ],
    [
      'functions',
      'c',
      'static inline int f(size_t n, const char *s) { for (int i = 0; i < n; i++) g(s[i]); return n ? 1 : 0; }',
    ],
    [
      'statements',
      'c',
      'void f(void) { a * b; c(d)(e); if (x) y(); else z(); switch (v) { case A: w(); default: break; } L: goto L; }',
    ],
    [
      'conditionals around whole functions',
      'c',
      '#ifdef A\nint f(void) { return 1; }\n#else\nint f(void) { return 2; }\n#endif\n',
    ],
    ['upper-case calls', 'c', 'void f(void) { CHECK(a); LOG("x", b); return MAX(a, b); }'],
    [
      'C++',
      'cpp',
      'namespace n { template <typename T> class A : public B<T> { public: A(int x) : y(x) {} virtual int f() const override; private: int y; }; }',
    ],
    [
      'C++ statements',
      'cpp',
      'void A::f() { std::map<int, std::string> m; for (auto &x : m) { x.g(); } auto l = [&](int a) { return a; }; throw E(1); }',
    ],
  ];
  for (const [name, dialect, code] of same) {
    it(`is left as it is: ${name}`, () => {
      assert.equal(views(code, dialect).views[0]?.text, code);
    });
  }

  it('is left as it is where a variable is called like a word of a compiler', () => {
    const shared = tableOfShapes({ pdata: 'attribute' });
    const code = 'int f(struct s *pdata) { int pdata[3], x; return pdata[x]; }\nint g(int pdata);';
    const { views } = viewsOf(code, {
      dialect: 'c',
      macros: NO_MACROS,
      shared,
      known: conditionMacros([], []),
    });
    assert.equal(views[0]?.text, code);
  });
});

describe('the arms of conditionals', () => {
  const shown = (text: string, defines: readonly string[] = []): string[] =>
    views(text, 'c', defines).views.map((view) =>
      [...view.text.matchAll(/\b[abcd]\(/g)].map((match) => match[0].charAt(0)).join(''),
    );
  const inFunction = (code: string): string => `void f(void) {\n${code}\n}`;

  for (const [name, code, defines, expected] of [
    ['two arms need two views', '#ifdef X\na();\n#else\nb();\n#endif', [], ['a', 'b']],
    [
      'one condition holds for the whole text',
      '#ifdef X\na();\n#else\nb();\n#endif\n#ifdef X\nc();\n#else\nd();\n#endif',
      [],
      ['ac', 'bd'],
    ],
    ['a condition the other way round', '#ifdef X\na();\n#endif\n#ifndef X\nb();\n#endif', [], ['a', 'b']],
    ['what is defined decides', '#ifdef X\na();\n#else\nb();\n#endif', ['X'], ['a']],
    ['values decide', '#if X > 2\na();\n#elif X == 2\nb();\n#else\nc();\n#endif', ['X=2'], ['b']],
    ['each arm of a chain', '#if X == 1\na();\n#elif X == 2\nb();\n#else\nc();\n#endif', [], ['a', 'b', 'c']],
    ['what is switched off is in no view', '#if 0\na();\n#else\nb();\n#endif', [], ['b']],
    ['no arm of its own for nothing', 'c();\n#ifdef X\na();\n#endif', [], ['ca']],
  ] as const) {
    it(name, () => assert.deepEqual(shown(inFunction(code), defines), expected));
  }

  it('stand together where they are whole declarations', () => {
    assert.deepEqual(shown('#ifdef X\nint f(void) { a(); }\n#else\nint f(void) { b(); }\n#endif'), ['ab']);
  });

  it('names the arms that are in no view', () => {
    const arms = Array.from(
      { length: 8 },
      (_, index) => `#${index ? 'elif' : 'if'} X == ${index}\nv = ${index};\n`,
    ).join('');
    const { views: all, left } = views(inFunction(`${arms}#endif`));
    assert.equal(all.length, 4);
    assert.equal(left.length, 4);
  });

  it('know a comment that begins behind a directive and ends on another line', () => {
    const text = 'int f(void)\n{\n#if A\n  a();\n#endif /* A and\n   not B } */\n}\nint g;\n';
    assert.equal(views(text).views[0]?.text, text);
    const outline = viewsOf(text, {
      ...{ dialect: 'c', macros: NO_MACROS, shared: NO_MACROS },
      ...{ known: conditionMacros([], []), outline: true },
    });
    assert.equal(
      outline.views[0]?.text.replace(/ +/g, ' '),
      'int f(void)\n{\n \n \n /* A and\n not B } */\n}\nint g;\n',
    );
  });
});
