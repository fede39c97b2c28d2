import assert from 'node:assert/strict';

import { compilePattern } from '../../../server/src/core/match/compilePattern.ts';
import { grammar, matches, patternError } from '../../support/engine.ts';

/** Each case: a pattern, code with what it must find marked by «», and nothing else found. */
const CASES: readonly [pattern: string, code: string][] = [
  // Calls and arguments
  ['strcpy($D, $S)', 'void f(void) { «strcpy(a, b)»; strncpy(a, b, 3); x.strcpy(a); }'],
  ['f($X)', 'void g(void) { «f(1)»; f(); f(1, 2); y = «f(x)» + 1; }'],
  ['f(...)', 'void g(void) { «f(1)»; «f()»; «f(1, 2)»; }'],
  ['f($X, ...)', 'void g(void) { «f(1)»; f(); «f(1, 2, 3)»; }'],
  ['f(..., 2, ...)', 'void g(void) { f(1); «f(1, 2)»; «f(2)»; «f(1, 2, 3)»; }'],
  ['f($X, $X)', 'void g(void) { «f(a, a)»; f(a, b); «f(a->b, a -> b)»; «f((a), a)»; }'],
  ['f($...ARGS)', 'void g(void) { «f()»; «f(1, 2)»; }'],
  ['f($_, $_)', 'void g(void) { «f(a, b)»; f(a); }'],
  ['f(0)', 'void g(void) { «f(0)»; «f(0x0)»; «f(0UL)»; f(1); f(0.5); }'],
  ['f(16)', 'void g(void) { «f(0x10)»; «f(020)»; f(20); }'],
  ['f("...")', 'void g(void) { «f("a b")»; «f("")»; f(s); «f("a" "b")»; }'],
  ['f("=~/%s/")', 'void g(void) { «f("x %s")»; f("x %d"); «f("%" "s")»; }'],
  ['f("abc")', 'void g(void) { «f("abc")»; f("abcd"); }'],
  ['f /* c */ ( $X )', 'void g(void) { «f(/* why */ x)»; }'],
  ['f((x))', 'void g(void) { «f(x)»; «f((x))»; }'],
  // Expressions
  ['$P = realloc($P, ...)', 'void g(void) { «p = realloc(p, 3)»; q = realloc(p, 3); }'],
  ['$X = malloc(...)', 'void g(void) { «char *p = malloc(3);» «q = malloc(1)»; }'],
  ['$A + 1', 'void g(void) { x = «b + 1»; x = «1 + b»; x = b - 1; }'],
  ['$A - 1', 'void g(void) { x = «b - 1»; x = 1 - b; }'],
  ['$P->$F', 'void g(void) { «p->x»; p.x; }'],
  ['sizeof($X)', 'void g(void) { x = «sizeof(a)» + «sizeof a»; }'],
  ['f(<... secret ...>);', 'void g(void) { «f(1 + secret);» f(1); }'],
  ['f(<... $X->len ...>)', 'void g(void) { «f(1 + p->len)»; f(p->size); «f(h(p->len))»; }'],
  ['(char *$X) = $Y', 'void g(char *p, int q, const char *r) { «p = 0»; q = 0; «r = 1»; }'],
  ['f((unsigned int $X))', 'void g(unsigned int n, int m) { «f(n)»; f(m); }'],
  ['f(($T *$X))', 'void g(struct s *p, int q) { char b[4]; «f(p)»; f(q); f(b); }'],
  ['f((const char *$X))', 'void g(const char *p, char *q) { «f(p)»; f(q); }'],
  ['f(($T *$X))', 'struct s { char *b; };\nvoid g(void) { char b[3]; f(b); f(c); }'],
  ['f(($T[] $X))', 'void g(void) { char b[N * 2]; char *p; «f(b)»; f(p); }'],
  [
    '($T *)malloc($N)',
    'void g(void) { a = «(int *)malloc(1)»; struct s *p = «(struct s *)malloc(2)»; b = malloc(3); }',
  ],
  // Statements
  ['a(); ... <... b($X) ...>; ... c();', 'void g(void) { «a(); if (b(1)) { c();» } }'],
  ['a(); ... b(); ...', 'void g(void) { «a(); if (x) { b(); }» }'],
  ['f($X);', 'void g(void) { «f(1);» «y = f(2);» if (f(3)) { «return f(4);» } }'],
  ['return &$X;', 'int *g(void) { int x; «return &x;» }'],
  ['free($P); ... free($P);', 'void g(void) { «free(p); x(); free(p);» free(q); }'],
  ['free($P); ... free($P);', 'void g(void) { «free(p); if (x) { free(p);» } }'],
  ['free($P); ... free($P);', 'void g(void) { if (y) { free(p); } else { free(p); } }'],
  ['free($P); ... <... $P->$F ...>;', 'void g(void) { «free(p); if (p->x) { y(); }» }'],
  ['a(); ... b(); ... c();', 'void g(void) { «a(); if (x) { b(); } c();» }'],
  ['a(); ... b(); ...', 'void g(void) { «a(); if (x) { b(); z(); } y(); w();» }'],
  ['a(); ... b();', 'void g(void) { if (x) { a(); } b(); }'],
  ['if ($C) { ... }', 'void g(void) { «if (x) y();» «if (z) { }» }'],
  ['if ($C) { return; }', 'void g(void) { «if (x) return;» if (y) z(); }'],
  ['a(); ...', 'void g(void) { z(); «a(); b(); c();» }'],
  ['if ($C) { ... }', 'void g(void) { «if (x) { y(); }» «if (x) { y(); } else { z(); }» while (x) y(); }'],
  ['if ($C) { return 1; }', 'int g(void) { «if (x) { return 1; }» if (x) { y(); return 1; } }'],
  ['{ ... a(); ... }', 'void g(void) «{ b(); a(); c(); }»'],
  ['while (1) { ... }', 'void g(void) { «while (1) { f(); }» while (0) { } }'],
  ['return ($T[] $X);', 'char *g(char *p) { char b[3]; if (p) { return p; } «return b;» }'],
  // Declarations
  ['#define $N $V', '«#define A "x"\n»int x;'],
  ['.$F = $V', 'struct s a = { «.x = 3», «.y = "k"» };'],
  ['$T $F(...) { ... }', '«int f(int a) { return a; }»\n«char *g(void) { return 0; }»\nint h;'],
  ['$T $X = $V;', 'void g(void) { «int x = 1;» «static const char *p = "a";» int y; }'],
  ['static int $X = 1;', '«static int a = 1;»\nint b = 1;\n«static const int c = 1;»'],
  ['int $X = 1;', 'void g(void) { int a = 0, «x = 1»; int *p = 1; }'],
  [
    'char *$P',
    'int f(«char *p», «const char *q», int n) { «char *l;» char *k = p; }\nstruct s { «char *m;» };',
  ],
  ['char *$P;', 'int f(char *p, int n) { «char *l;» char *k = p; }'],
  ['char $B[$N]', 'int f(«char b[4]», char *p) { «char k[8];» char z[2] = {0}; }'],
  ['int n', 'int f(«int n») { int m; }\n«int n;»'],
  ['$T $X[] = {...};', '«unsigned char key[] = {1, 2};»\nint z = 3;'],
];

describe('patterns find in C', () => {
  for (const [pattern, marked] of CASES) {
    it(`${pattern}   in   ${marked.slice(0, 70)}`, async () => {
      const expected = [...marked.matchAll(/«([^»]*)»/g)].map((match) => match[1]);
      assert.deepEqual(
        await matches(`pattern: '${pattern.replaceAll("'", "''")}'`, marked.replace(/[«»]/g, '')),
        expected,
      );
    });
  }
});

describe('patterns that are no C', () => {
  for (const pattern of ['f(', 'if (x', '} {', 'int int int = ;']) {
    it(`are refused: ${pattern}`, async () => {
      assert.match((await patternError(pattern)) ?? 'accepted', /is no C expression/);
    });
  }
});

describe('patterns of which nothing but a metavariable would be left', () => {
  for (const [language, pattern] of [
    ['typescript', '$X!'],
    ['csharp', '$X!'],
    ['swift', '$X?'],
  ] as const) {
    it(`are refused: ${pattern} in ${language}`, async () => {
      const outcome = compilePattern(pattern, await grammar(language));
      assert.match('error' in outcome ? outcome.error : 'accepted', /reads as `\$X` alone/);
    });
  }

  for (const pattern of ['$X', '($X)', '$X;', '(int $X)', '$X++']) {
    it(`but not ${pattern}`, async () => {
      assert.ok('pattern' in compilePattern(pattern, await grammar('c')));
    });
  }
});

describe('a pattern of C', () => {
  /** How often compiling it parses. */
  async function parsesOf(pattern: string): Promise<number> {
    const c = await grammar('c');
    if (c.runtime === undefined) throw new Error('C has no parser');
    const { parser } = c.runtime;
    const parse = parser.parse.bind(parser);
    let parses = 0;
    parser.parse = (...given) => {
      parses++;
      return parse(...given);
    };
    try {
      assert.ok('pattern' in compilePattern(pattern, c));
    } finally {
      parser.parse = parse;
    }
    return parses;
  }

  for (const [pattern, most] of [
    ['counted($A, ..., $B)', 1],
    ['counted($A, $B);', 1],
    ['counted($P);\n...\nif (<... $P = $NEW ...>) { ... }\n...\n', 5],
    ['$R $COUNTED(...) { ... $T $X[$N] = $VALUE; ... }', 10],
  ] as const) {
    it(`is parsed at most ${most} times, and once compiled no more: ${pattern}`, async () => {
      const parses = await parsesOf(pattern);
      assert.ok(parses <= most, `${parses}`);
      assert.equal(await parsesOf(pattern), 0);
    });
  }
});
