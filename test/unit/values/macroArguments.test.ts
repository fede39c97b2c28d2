import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

/** Macros of headers whose text is not seen, or does not read as code, and what is proved where they are used. */
const CASES: readonly [title: string, code: string, events: readonly string[]][] = [
  [
    'a block is put into a table',
    'struct s { int id; }; void *t; int f(void) { struct s *p = malloc(sizeof *p); if (!p) return 1; HASH_ADD_INT(t, id, p); return 0; }',
    [],
  ],
  [
    'a macro whose text is no code by itself puts a block into a table',
    '#define NOTHING(x)\n#define ADD(t, e) do { NOTHING( if (t) { ) KEEP(t, e); NOTHING( } ) } while (0)\n' +
      'struct s { int id; }; void *t; int f(void) { struct s *p = malloc(sizeof *p); if (!p) return 1; ADD(t, p); return 0; }',
    [],
  ],
  [
    'a block that no macro is given',
    'struct s { int id; }; int n; int f(void) { struct s *p = malloc(sizeof *p); if (!p) return 1; COUNT(n); p->id = 1; return 0; }',
    ['leak'],
  ],
  [
    'a field is set',
    'struct s { char *name; }; void f(struct s *s) { s->name = NULL; SET_NAME(s->name); s->name[0] = 0; }',
    [],
  ],
  [
    'a field is not given',
    'struct s { char *name; int n; }; void f(void) { struct s s; s.name = NULL; s.n = 1; SET_NAME(s.n); s.name[0] = 0; }',
    ['null-dereference'],
  ],
  [
    'the field of a pointer that is null',
    'struct s { char *name; }; void f(struct s *s) { if (s == NULL) SET_NAME(s->name); }',
    ['null-dereference'],
  ],
  ['an element is set', 'int f(void) { int a[2]; a[0] = 0; READ_INTO(a[0]); return 4 / a[0]; }', []],
];

describe('arguments of macros that are not seen', () => {
  for (const [title, code, expected] of CASES) {
    it(title, async () => {
      const found = (await eventsIn(code)).map((each) => each.replace(/^\d+ /, ''));
      assert.deepEqual(
        found.filter((each) => each.startsWith('proved')),
        expected.map((each) => `proved ${each}`),
        code,
      );
    });
  }
});
