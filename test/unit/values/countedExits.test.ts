import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

const READ = 'char in[32], out[32]; size_t n = fread(in, 1, sizeof in, stdin), i;';

/** What goes wrong behind loops that only count, in functions called through pointers, and with rests of numbers from outside. */
const CASES: readonly [title: string, code: string, events: readonly string[]][] = [
  [
    'an end behind all that was copied',
    `int f(void) { ${READ} for (i = 0; i < n; i++) out[i] = in[i]; out[n] = 0; return out[0]; }`,
    ['out-of-bounds-write'],
  ],
  [
    'the same, where the counter stands',
    `int f(void) { ${READ} for (i = 0; i < n; i++) out[i] = in[i]; out[i] = 0; return out[0]; }`,
    ['out-of-bounds-write'],
  ],
  [
    'the same, where a pointer has come to',
    `int f(void) { ${READ} char *p = out; for (i = 0; i < n; i++) *p++ = in[i]; *p = 0; return out[0]; }`,
    ['out-of-bounds-write'],
  ],
  [
    'counted down',
    `int f(void) { ${READ} char *p = out; const char *q = in; i = n; while (i--) *p++ = *q++; *p = 0; return out[0]; }`,
    ['out-of-bounds-write', 'unsigned-wrap'],
  ],
  [
    'two bytes for one, in a function',
    `static void twice(char *to, const char *from, size_t n) { while (n-- > 0) { *to++ = *from; *to++ = *from++; } *to = 0; } int main(void) { char in[32], out[64]; size_t n = fread(in, 1, sizeof in, stdin); twice(out, in, n); return out[0]; }`,
    ['out-of-bounds-write', 'unsigned-wrap'],
  ],
  [
    'with room for the end',
    `int f(void) { char in[31], out[32], *p = out; size_t n = fread(in, 1, sizeof in, stdin), i; for (i = 0; i < n; i++) *p++ = in[i]; *p = 0; out[n] = 0; return out[0]; }`,
    [],
  ],
  [
    'a sum that wraps around',
    `char t[256]; int f(int n) { unsigned char s = 0; int i; if (n < 0 || n > 1000) return 0; for (i = 0; i < n; i++) s++; return t[s]; }`,
    [],
  ],
  [
    'steps of a number in octal digits',
    `int f(void) { char t[65] = {0}; size_t n = fread(t, 1, 8, stdin), i, at = 0; for (i = 0; i < n; i++) at += 010; return t[at]; }`,
    [],
  ],
  [
    'a step back in a macro',
    `#define BACK at--\nint f(void) { char t[1] = {0}, in[32]; size_t n = fread(in, 1, 32, stdin), i, at = 0; for (i = 0; i < n; i++) { at++; BACK; } return t[at]; }`,
    [],
  ],
  [
    'a limit that a round changes through a pointer',
    `struct s { int n; }; int f(void) { char t[10] = {0}; struct s a = { 100 }; struct s *b = &a; int at = 0; for (int i = 0; i < a.n; i++) { at++; *b = (struct s){ 5 }; } return t[at]; }`,
    [],
  ],
  [
    'counted down, with room for the end',
    `int f(void) { char in[31], out[32], *p = out; const char *q = in; size_t n = fread(in, 1, sizeof in, stdin); while (n--) *p++ = *q++; *p = 0; return out[0]; }`,
    ['unsigned-wrap'],
  ],
  [
    'a loop that may be left before',
    `int f(void) { ${READ} for (i = 0; i < n; i++) { if (in[i] == 10) break; out[i] = in[i]; } if (i < 32) out[i] = 0; return out[0]; }`,
    [],
  ],
  [
    'a counter that goes two steps now and then',
    `int f(void) { ${READ} for (i = 0; i + 1 < n; i++) { if (in[i] == 10) i++; out[i] = in[i]; } return out[0]; }`,
    [],
  ],
  // Functions that are called through pointers.
  [
    'one of the functions that a helper chooses',
    'typedef int (*op)(int, int); static int add(int a, int b) { return a / 2 + b / 2; } static int share(int a, int b) { return a / b; } static op find(char c) { return c == 43 ? add : c == 47 ? share : NULL; } int main(void) { int a, b; char c; if (scanf("%d %c %d", &a, &c, &b) != 3 || a < 0) return 1; op f = find(c); if (f == NULL) return 1; return f(a, b); }',
    ['division-by-zero'],
  ],
  [
    'one of a table',
    'typedef int (*op)(int, int); static int add(int a, int b) { return a / 2 + b / 2; } static int share(int a, int b) { return a / b; } static const op all[] = { add, share }; int main(void) { int a, b; unsigned i; if (scanf("%d %u %d", &a, &i, &b) != 3 || i > 1 || a < 0) return 1; return all[i](a, b); }',
    ['division-by-zero'],
  ],
  [
    'a place of a table that is empty',
    'struct driver { int (*open)(void); int (*read)(void); }; static int yes(void) { return 1; } static const struct driver all[] = { { yes, yes }, { yes, NULL } }; int main(void) { unsigned i; if (scanf("%u", &i) != 1 || i > 1) return 1; return all[i].open() + all[i].read(); }',
    ['null-dereference'],
  ],
  [
    'an empty place that is asked for',
    'struct driver { int (*open)(void); int (*read)(void); }; static int yes(void) { return 1; } static const struct driver all[] = { { yes, yes }, { yes, NULL } }; int main(void) { unsigned i; if (scanf("%u", &i) != 1 || i > 1) return 1; return all[i].read ? all[i].read() : 0; }',
    [],
  ],
  // What is left over of a number from outside.
  [
    'a rest that may be 0',
    'int f(void) { unsigned n; if (scanf("%u", &n) != 1) return 0; return 100 / (int)(n % 8); }',
    ['division-by-zero'],
  ],
  [
    'bits that may be 0',
    'int f(void) { unsigned n; if (scanf("%u", &n) != 1) return 0; return 100 / (int)(n & 7); }',
    ['division-by-zero'],
  ],
  [
    'a rest that is asked for',
    'int f(void) { int n; if (scanf("%d", &n) != 1) return 0; if (n % 8 == 0) return 1; if (n < 0) return 2; return 100 / (n % 8); }',
    [],
  ],
  [
    'a rest to which something is added',
    'int f(void) { unsigned n; if (scanf("%u", &n) != 1) return 0; return 100 / (int)((n & 7) + 1) + 100 / (int)(n % 5 + 1); }',
    [],
  ],
  // Pointers that only one of two paths has.
  [
    'a pointer made with an index that was asked for, or none',
    'struct cell { int v; const struct cell *next; }; int main(void) { int w[4]; struct cell c[4]; const struct cell *p; int i, t = 0; if (fread(w, sizeof w, 1, stdin) != 1) return 1; for (i = 0; i < 4; i++) { c[i].v = 1; c[i].next = w[i] > i && w[i] < 4 ? &c[w[i]] : NULL; } for (p = &c[0]; p != NULL; p = p->next) t += p->v; return t; }',
    [],
  ],
  [
    'a pointer made with an index that nobody asked for, or none',
    'int main(void) { static int c[4]; int i, *p = NULL; if (scanf("%d", &i) != 1) return 1; if (i >= 0 && i <= 4) p = &c[i]; return p == NULL ? 0 : *p; }',
    ['out-of-bounds-read'],
  ],
  // Ways through a loop on which nothing happens.
  [
    'a branch in a branch without a step',
    'static int words(const char *p) { int n = 0; while (*p != 0) { if (*p == 32) { n++; p++; } else if (*p >= 97 && *p <= 122) { p++; } } return n; } int f(const char *s) { return words(s); }',
    ['endless-loop'],
  ],
];

describe('counted rounds, chosen functions and rests', () => {
  for (const [title, code, expected] of CASES) {
    it(title, async () => {
      const found = (await eventsIn(code)).map((each) => each.replace(/^\d+ /, '').replace(/^proved /, ''));
      assert.deepEqual(
        found.filter((each) => !each.startsWith('possible ')).sort(),
        [...expected].sort(),
        code,
      );
    });
  }
});
