import assert from 'node:assert/strict';

import { boundedWritesIn } from '../../support/facts.ts';

/** A call on the second line, and whether all that it writes fits on all paths. */
const CASES: readonly (readonly [title: string, fits: boolean, code: string])[] = [
  [
    'parts of a text that are no longer than it, and numbers',
    true,
    'void f(void) { char l[9], a[9], b[9]; int n; double d; fill(l);\nsscanf(l, "%s %d %lf %[^,]", a, &n, &d, b); }',
  ],
  [
    'parts of a text that may be longer than one of them has room for',
    false,
    'void f(void) { char l[9], a[9], b[8]; int n; fill(l);\nsscanf(l, "%s %d %[^,]", a, &n, b); }',
  ],
  ['an address as text', true, 'void f(struct in_addr a) { char t[16];\nstrcpy(t, inet_ntoa(a)); }'],
  [
    'less room than for an address',
    false,
    'void f(struct in_addr a) { char t[15];\nstrcpy(t, inet_ntoa(a)); }',
  ],
  ['a literal', true, 'void f(void) { char a[8];\nstrcpy(a, "abc"); }'],
  ['the end of the text has no room', false, 'void f(void) { char a[3];\nstrcpy(a, "abc"); }'],
  ['a text of unknown length', false, 'void f(const char *s) { char a[8];\nstrcpy(a, s); }'],
  ['an unknown place', false, 'void f(char *a) {\nstrcpy(a, "abc"); }'],
  [
    'a checked length',
    true,
    'void f(const char *s) { char a[8]; if (strlen(s) > 7) return;\nstrcpy(a, s); }',
  ],
  [
    'a length checked wrongly',
    false,
    'void f(const char *s) { char a[8]; if (strlen(s) > 8) return;\nstrcpy(a, s); }',
  ],
  [
    'a block of that length',
    true,
    'void f(const char *s) { char *a = malloc(strlen(s) + 1); if (!a) return;\nstrcpy(a, s); }',
  ],
  [
    'on one path only',
    false,
    'void f(int i) { char a[8]; const char *s = i ? "abc" : "abcdefghi";\nstrcpy(a, s); }',
  ],
  ['on both paths', true, 'void f(int i) { char a[8]; const char *s = i ? "abc" : "defg";\nstrcpy(a, s); }'],
  ['two pieces', true, 'void f(void) { char a[8] = "abc";\nstrcat(a, "def"); }'],
  ['two pieces that are too long', false, 'void f(void) { char a[6] = "abc";\nstrcat(a, "def"); }'],
  [
    'a checked number of bytes',
    true,
    'void f(const char *s, size_t n) { char a[8]; if (n > 8) return;\nmemcpy(a, s, n); }',
  ],
  [
    'of a function for this file',
    true,
    'static void g(char *a) {\nstrcpy(a, "abc"); } void f(void) { char a[8]; g(a); }',
  ],
  [
    'of one that others may call',
    false,
    'void g(char *a) {\nstrcpy(a, "abc"); } void f(void) { char a[8]; g(a); }',
  ],
  [
    'of a whole program',
    true,
    'void g(char *a) {\nstrcpy(a, "abc"); } int main(void) { char a[8]; g(a); return 0; }',
  ],
];

describe('writes that fit', () => {
  for (const [title, fits, code] of CASES) {
    it(title, async () => {
      assert.deepEqual(await boundedWritesIn(code), fits ? [2] : []);
    });
  }
});
