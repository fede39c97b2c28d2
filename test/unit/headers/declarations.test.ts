import assert from 'node:assert/strict';

import fc from 'fast-check';

import { declarationsIn } from '../../../server/src/core/headers/declarations.ts';

const declared = (text: string): readonly (readonly [string, string])[] =>
  declarationsIn(text).snippets.map(({ names, text: snippet }) => [
    names.join(' | '),
    snippet.replace(/\s+/g, ' '),
  ]);

describe('declarations of a file', () => {
  for (const [name, text, expected] of [
    ['a type', 'typedef unsigned char byte;', [['byte', 'typedef unsigned char byte;']]],
    [
      'several names of a type',
      'typedef struct node { int x; } node_t, *node_p;',
      [['struct node | node_t | node_p', 'typedef struct node { int x; } node_t, *node_p;']],
    ],
    [
      'a type of a function',
      'typedef int (*handler)(int a, char b);',
      [['handler', 'typedef int (*handler)(int a, char b);']],
    ],
    [
      'a structure',
      'struct s { int a[4]; struct t *b; };',
      [['struct s', 'struct s { int a[4]; struct t *b; };']],
    ],
    [
      'enumerators',
      'enum e { A, B = F(1, 2), C };',
      [['enum e | A | B | C', 'enum e { A, B = F(1, 2), C };']],
    ],
    ['enumerators of no tag', 'enum { A = 1, B };', [['A | B', 'enum { A = 1, B };']]],
    [
      'a typedef of an enum',
      'typedef enum { ON, OFF } mode;',
      [['ON | OFF | mode', 'typedef enum { ON, OFF } mode;']],
    ],
    ['prototypes', 'extern int f(int a, char *b);', [['f', 'extern int f(int a, char *b);']]],
    [
      'constants',
      'static const int MAX = 4, MIN = f(1, 2);',
      [['MAX | MIN', 'static const int MAX = 4, MIN = f(1, 2);']],
    ],
    ['arrays', 'extern char names[4][8];', [['names', 'extern char names[4][8];']]],
    [
      'functions, without their bodies',
      'static inline int f(int a) { int b; return b; }\nint c;',
      [
        ['f', 'static inline int f(int a);'],
        ['c', 'int c;'],
      ],
    ],
    [
      'what a guard for C++ encloses',
      'extern "C" { int f(void); }\nint g(void);',
      [
        ['f', 'int f(void);'],
        ['g', 'int g(void);'],
      ],
    ],
    [
      'what a guard in an arm encloses',
      '#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void);\n#ifdef __cplusplus\n}\n#endif\nint g;',
      [
        ['f', 'int f(void);'],
        ['g', 'int g;'],
      ],
    ],
    ['what macros stand before', 'BEGIN_DECLS\ntypedef int a;\nEND_DECLS', [['a', 'typedef int a;']]],
    [
      'a structure with attributes',
      'struct __attribute__((packed)) s { int a; };\nint b;',
      [['b', 'int b;']],
    ],
    [
      'arms inside of a structure',
      'struct s {\n#ifdef A\n int a;\n#else\n long a;\n#endif\n};',
      [['struct s', '']],
    ],
    ['nothing of a function that is not closed', 'int f(void) {\n int x;', [['f', 'int f(void);']]],
  ] as const) {
    it(`are read: ${name}`, () => {
      assert.deepEqual(declared(text), expected);
    });
  }

  it('name includes and macros', () => {
    const { includes, macros } = declarationsIn(
      '#include "a/b.h"\n#  include <c.h>\n#include NAME\n#define N 4 /* four */\n#define F(a, b) ((a) + \\\n (b))\n',
    );
    assert.deepEqual(includes, [
      { name: 'a/b.h', isSystem: false },
      { name: 'c.h', isSystem: true },
    ]);
    assert.deepEqual(macros, [
      { name: 'N', shape: 'plain', value: '4', body: '4' },
      { name: 'F()', shape: 'plain', parameters: ['a', 'b'], body: '((a) +   (b))' },
    ]);
  });

  it('leave out what is too long', () => {
    const table = `const int table[] = { ${'1, '.repeat(9000)} };`;
    assert.deepEqual(declared(`${table}\nint a;`), [['a', 'int a;']]);
  });

  it('are read from anything, fast, and are part of it', () => {
    const words = [
      'typedef',
      'struct',
      'enum',
      'x',
      'Y',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      ';',
      ',',
      '=',
      '*',
      '#if A\n',
      '\n#endif\n',
      '"s"',
      'extern',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 80 }), (parts) => {
        const text = parts.join(' ');
        for (const snippet of declarationsIn(text).snippets) {
          assert.equal(snippet.names.length > 0, true);
          if (!text.includes('#')) assert.equal(text.includes(snippet.text.slice(0, -1)), true);
        }
      }),
    );
    for (const part of ['{ ', '( ', 'struct { ', 'enum { A, ', 'x (* ', '} ', 'typedef '])
      declarationsIn(part.repeat(20_000));
  });
});

describe('functions of a file', () => {
  const CASES: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
    ['one', 'int f(int n) { return g(n) + h(1); }', ['f: g h']],
    ['static ones', 'static inline int f(void) { return 0; }', ['static f: ']],
    [
      'with macros in front',
      'EXTERN_C __attribute__((noinline)) int f(void) { return 0; }',
      ['f: __attribute__'],
    ],
    ['in a block for C', 'extern "C" { int f(void) { return 0; } }', ['f: ']],
    [
      'no methods and templates',
      'int A::f(int n) { return n; } template <class T> T g(T t) { return t; }',
      [],
    ],
    ['no prototypes and objects', 'int f(void); struct s { int (*g)(void); } t = { 0 };', []],
    ['that are not closed', 'int f(void) { if (1) {', []],
    ['that are too long', `int f(void) { ${'g();'.repeat(1000)} }`, []],
  ];
  for (const [title, text, expected] of CASES) {
    it(title, () => {
      assert.deepEqual(
        declarationsIn(text).functions.map(
          ({ name, isStatic, calls }) =>
            `${isStatic ? 'static ' : ''}${name}: ${calls.filter((each) => each !== name).join(' ')}`,
        ),
        expected,
      );
    });
  }
});
