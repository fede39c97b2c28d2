import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

const D = 'struct d { int n; struct d *next; }; ';

/** Tests in the form of calls of macros that are not seen, and what is proved behind them. */
const CASES: readonly [title: string, code: string, events: readonly string[]][] = [
  ['a bug when it is null', 'int f(struct d *p) { BUG_ON(p == NULL); return p->n; }', []],
  ['a bug when it is not there', 'int f(struct d *p) { BUG_ON(!p); return p->n; }', []],
  [
    'a bug when neither is there',
    'int f(struct d *p, struct d *q) { BUG_ON(!p && !q); if (p) return p->n; return q->n; }',
    [],
  ],
  ['a bug when it is large', 'int f(int i) { int a[8] = {0}; BUG_ON(i >= 8); return a[i]; }', []],
  [
    'a bug when it is too large by one',
    'int f(int i) { int a[8] = {0}; BUG_ON(i > 8); return a[i]; }',
    ['out-of-bounds-read'],
  ],
  ['one that dies', 'int f(int i) { int a[8] = {0}; DIE_IF(i >= 8, "large"); return a[i]; }', []],
  [
    'a failure unless it is there',
    'int f(struct d *p) { if (p) p->n = 1; fail_unless(p); return p->n; }',
    [],
  ],
  ['a return if it is null', 'int f(struct d *p) { if (p) p->n = 1; RETURN_IF_NULL(p); return p->n; }', []],
  [
    'a return if that fails',
    'int f(struct d *p) { if (p) p->n = 1; g_return_if_fail(p != NULL); return p->n; }',
    [],
  ],
  ['an assertion of a pointer', 'int f(struct d *p) { if (p) p->n = 1; assert(p); return p->n; }', []],
  [
    'an assertion of a member',
    'int f(struct d *p) { if (p->next) p->n = 1; ASSERT(p->next); return p->next->n; }',
    [],
  ],
  [
    'an assertion of something else',
    'int f(struct d *p, int k) { if (p) k = 1; assert(k); return p->n; }',
    ['null-dereference'],
  ],
  ['a warning that is asked', 'int f(struct d *p) { if (WARN_ON(p == NULL)) return 1; return p->n; }', []],
  [
    'a warning that is asked the other way around',
    'int f(struct d *p) { if (!WARN_ON(p == NULL)) return 1; return p->n; }',
    ['null-dereference'],
  ],
  [
    'a check that is asked, and may give back an error',
    'int f(struct d *p) { if (VERIFY(p != NULL)) return 1; return p->n; }',
    [],
  ],
  [
    'checks of what must not be',
    'int f(struct d *p, int i) { int a[8] = {0}; CHECK(p == NULL, "nothing"); CHECK(i < 0 || i >= 8, "range"); return p->n + a[i]; }',
    [],
  ],
  ['a check of what must not be, by its own', 'int f(struct d *p) { CHECK(!p); return p->n; }', []],
  [
    'a check of what must be',
    'int f(int i) { int a[8] = {0}; CHECK(i >= 0 && i <= 8); return a[i]; }',
    ['out-of-bounds-read'],
  ],
  [
    'a warning after which the code goes on',
    'int f(int k) { int r; if (k) r = 1; else WARN_ON(1); return r; }',
    ['uninitialized-read'],
  ],
  [
    'a variable that has the name of a label',
    'int f(int err) { char *p = malloc(4); if (!p) goto err; report_code(err); free(p); p[0] = 1; return 0; err: return err; }',
    ['use-after-free'],
  ],
  ['a function of a size', 'int f(void) { int n; image_size_of(&n); return n; }', []],
  ['a size that does not run', 'int f(void) { int *p; return MEMBER_SIZE_OF(p->next); }', []],
  [
    'a list that begins with a call',
    'int f(void) { int x; int v[2] = { get(&x), 0 }; return v[0] + x; }',
    [],
  ],
  ['a hint in capitals', 'int f(struct d *p) { if (MY_UNLIKELY(!p)) return 1; return p->n; }', []],
  [
    'a check that tells of failure',
    'int f(struct d *p) { if (CHECK_FAILED(p != NULL)) return 1; return p->n; }',
    [],
  ],
  ['a name that says nothing', 'int f(struct d *p) { EITHER(p == NULL); return p->n; }', []],
  ['a name that says nothing of a number', 'int f(int i) { int a[8] = {0}; NOTE(i > 8); return a[i]; }', []],
  [
    'what is asked is followed',
    'int f(struct d *p) { if (p == NULL) EITHER(p->n == 0); return 0; }',
    ['null-dereference'],
  ],
  ['nothing comes after a bug', 'int f(int k) { int r; if (k) r = 1; else BUG_ON(1); return r; }', []],
  [
    'nothing comes after an assertion of nothing',
    'int f(int k) { int r; if (k) r = 1; else ASSERT(0, "never"); return r; }',
    [],
  ],
  [
    'nothing comes after an assertion of a text',
    'int f(int k) { int r; if (k) r = 1; else assert(!"never"); return r; }',
    [],
  ],
  [
    'two numbers are compared',
    'int f(int k) { int r; if (k) r = 1; else ASSERT_EQ(0, k); return r; }',
    ['uninitialized-read'],
  ],
  [
    'a switch of something',
    'int f(int k) { int r; if (k) r = 1; else LED_SET(0); return r; }',
    ['uninitialized-read'],
  ],
];

describe('tests in the form of calls that are not seen', () => {
  for (const [title, code, expected] of CASES) {
    it(title, async () => {
      const found = (await eventsIn(D + code)).map((each) => each.replace(/^\d+ /, ''));
      assert.deepEqual(
        found.filter((each) => each.startsWith('proved')),
        expected.map((each) => `proved ${each}`),
        code,
      );
    });
  }
});
