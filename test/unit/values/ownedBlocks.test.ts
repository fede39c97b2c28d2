import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

/** Loops over a given number in front of it: the paths of such a function become one before its end. */
const BUSY = 'for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) if (p[i] > p[j]) k += p[j];';

const CASES: readonly [title: string, code: string, events: readonly string[]][] = [
  [
    'returned from behind loops, and freed at the end only',
    `int f(int n) { int k = 0; int *p = calloc(n, 4); if (p == NULL) return -1; ${BUSY} if (k > 99) return -2; free(p); return k; }`,
    ['leak'],
  ],
  [
    'freed on each way',
    `int f(int n) { int k = 0; int *p = calloc(n, 4); if (p == NULL) return -1; ${BUSY} if (k > 99) { free(p); return -2; } free(p); return k; }`,
    [],
  ],
  [
    'made by functions that call each other',
    'struct t { struct t *a; char c; }; static struct t *sum(const char **s); static struct t *atom(const char **s) { struct t *t; if (**s == 40) { ++*s; t = sum(s); if (t != NULL && **s != 41) return NULL; return t; } t = malloc(sizeof *t); if (t != NULL) t->a = NULL; return t; } static struct t *sum(const char **s) { return atom(s); } struct t *f(const char *s) { return sum(&s); }',
    ['leak'],
  ],
  [
    'kept by the function that makes it',
    'struct t { struct t *next; }; static struct t *all; static struct t *make(void) { struct t *t = malloc(sizeof *t); if (t != NULL) { t->next = all; all = t; } return t; } int f(int n) { struct t *t = make(); if (t == NULL) return -1; for (int i = 0; i < n; i++) n -= i; return n; }',
    [],
  ],
  [
    'given to a function that frees it on each way',
    `static void drop(int *p) { if (p == NULL) return; free(p); } int f(int n) { int k = 0; int *p = calloc(n, 4); if (p == NULL) return -1; ${BUSY} drop(p); return k; }`,
    [],
  ],
  [
    'given to one that keeps it',
    `static int *kept; static void keep(int *p) { if (kept == NULL) kept = p; } int f(int n) { int k = 0; int *p = calloc(n, 4); if (p == NULL) return -1; ${BUSY} keep(p); return k; }`,
    [],
  ],
  [
    'the array in it returned',
    'struct b { int n; char text[8]; }; char *f(int n) { struct b *b = malloc(sizeof *b); if (b == NULL) return NULL; for (int i = 0; i < n; i++) b->n += i; return b->text; }',
    [],
  ],
  [
    'stored with the same assignment',
    'struct s { int *p; }; int f(struct s *s, int n) { int *p; s->p = p = calloc(n, 4); if (p == NULL) return -1; for (int i = 0; i < n; i++) p[i] = 1; return 0; }',
    [],
  ],
  [
    'left with the loop that it was made in',
    'static char *copy(const char *s) { size_t n = strlen(s); char *c = malloc(n + 1); if (c == NULL) return NULL; for (size_t i = 0; i <= n; i++) c[i] = s[i]; return c; } int main(int n, char **v) { int k = 0; for (int i = 1; i < n; i++) { char *c = copy(v[i]); if (c == NULL) return 1; if (c[0] == 65) { k = 1; break; } free(c); } return k; }',
    ['leak-at-exit', 'leak'],
  ],
  [
    'returned from the loop where it was freed',
    'int f(int n) { while (n-- > 0) { char *p = malloc(8); if (p != NULL) { p[0] = 1; free(p); return 0; } } return -1; }',
    [],
  ],
  [
    'given back where another variable says so',
    `int f(int n) { int k = 0; int *p = NULL; if (n > 3) p = calloc(n, 4); if (n > 3 && p == NULL) return -1; if (p != NULL) { ${BUSY} } if (p != NULL) free(p); return k; }`,
    [],
  ],
  [
    'freed behind the blanks that it begins with',
    'void f(const char *s) { char *p = strdup(s); if (p == NULL) return; while (*p == 32) p++; puts(p); free(p); }',
    ['leak', 'invalid-free'],
  ],
  [
    'moved behind what keeps its beginning',
    'void f(const char *s) { char *all = strdup(s), *p = all; if (all == NULL) return; while (*p == 32) p++; puts(p); free(all); }',
    [],
  ],
];

describe('blocks that one variable owns', () => {
  for (const [title, code, events] of CASES)
    it(title, async () => {
      assert.deepEqual(await released(code), events);
    });

  it('gives a function of very many steps up', async () => {
    const many = 'if (n == 1) p[0] = 1;'.repeat(3000);
    assert.deepEqual(
      await released(`void f(int n) { char *p = malloc(8); if (!p) return; ${many} free(p); }`),
      [],
    );
  });

  it('tells a leak where the function that loses the block got it', async () => {
    const code = `static char *make(void) {
  return malloc(8);
}
void f(void) {
  char *p = make();
  if (p) p[0] = 1;
}`;
    assert.deepEqual(await eventsIn(code), ['5 proved leak']);
  });
});

/** What goes wrong with blocks: leaks and what is freed, each kind once. */
async function released(code: string): Promise<string[]> {
  const kinds = (await eventsIn(code)).map((each) => each.split(' ')[2] ?? '');
  return [...new Set(kinds.filter((kind) => /leak|free/.test(kind)))];
}
