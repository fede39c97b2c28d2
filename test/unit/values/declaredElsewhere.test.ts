import assert from 'node:assert/strict';

import { eventsIn, factsOfCode } from '../../support/facts.ts';
import { itSaysNothingOf, type RightCase } from '../../support/rightCode.ts';

const FLEXIBLE =
  'struct line { int at; const char *text; }; struct page { size_t count; struct line lines[]; }; ';
const ENTRY = 'struct entry { const char *name; unsigned long length; int (*read)(int); }; int get(int); ';
const PACK =
  'typedef unsigned char u8; int f(const char *s, ...) { va_list l; u8 *p = NULL; int n = 0; va_start(l, s); ';

/** Right code that rests on types, macros and the compiler, and a wrong twin of it. */
const LENGTH_OF =
  'static int len_of(unsigned char lead) { if (lead < 0x80) return 1; if (lead < 0xc2) return 2; if (lead < 0xe0) return 3; return 4; } ';
const CASES: readonly RightCase[] = [
  [
    'a constant that wraps around in the type it is cast to',
    'typedef unsigned char id_t8; static int *t[1 + ((id_t8)-1)]; int f(int i) { return i >= 0 && i < 256 ? *t[i] : 0; }',
    'typedef unsigned char id_t8; static int *t[1 + ((id_t8)300)]; int f(int i) { return i >= 0 && i < 256 ? *t[i] : 0; }',
    'out-of-bounds-read',
  ],
  [
    'a structure whose initialiser says how long it is',
    FLEXIBLE +
      'static const struct page p = { 2, { { 0, "a" }, { 1, "b" }, { 0, NULL } } }; int f(void) { int i = 0; while (p.lines[i].text != NULL) i++; return i; }',
    FLEXIBLE + 'static struct page p; int f(void) { return p.lines[1].at; }',
    'out-of-bounds-read',
  ],
  [
    'a table whose entries a macro of a header begins',
    ENTRY +
      'int f(void) { const struct entry t[] = { { NAME_AND_LENGTH("a"), get }, { NAME_AND_LENGTH("b"), get } }; return t[1].read(1); }',
    ENTRY +
      'int f(void) { const struct entry t[] = { { "a", get }, { "b", 1, get } }; return t[0].read(1); }',
    'null-dereference',
  ],
  [
    'sizes that the compiler compares by a division',
    '#define SAME(c) { enum { same = 1 / (int)(!!(c)) }; }\nstruct a { int r[3]; }; static const int s[3] = { 1, 2, 3 }; int f(struct a *a) { SAME(sizeof(a->part) == sizeof(s)); return a->r[0]; }',
    '#define SAME(c) { int same = 1 / (int)(!!(c)); n = same; }\nint n; struct a { int r[3]; }; static const int s[2] = { 1, 2 }; int f(struct a *a) { SAME(sizeof(a->r) == sizeof(s)); return a->r[0]; }',
    'division-by-zero',
  ],
  [
    'a size that a macro asks the compiler for',
    'struct a { int n; }; int f(struct a *a) { struct a *b = NULL; ASSERT_SIZEOF_GE(a->n, *b); b = a; return b->n; }',
    'struct a { int n; }; int f(struct a *a) { struct a *b = NULL; COUNT(b->n); b = a; return b->n; }',
    'null-dereference',
  ],
  [
    'a macro that jumps to the label it is given',
    'int f(int *p) { int r = 0; if (!p) { NOTE_WITH(3, out); } *p = 1; out: return r; }',
    'int f(int *p) { int r = 0; if (!p) { NOTE_WITH(3, r); } *p = 1; out: return r; }',
    'null-dereference',
  ],
  [
    'a macro that is given a label for a null pointer',
    'int f(int *p, int r) { if (!p) LEAVE_AT(r, out); *p = 1; out: return r; }',
    'int f(int *p, int r) { if (p) *p = 2; LEAVE_AT(r, out); *p = 1; out: return r; }',
    'null-dereference',
  ],
  [
    'an array of characters of a type that is not known',
    'int f(char *to) { byte_t s[] = "OID: "; return strlen((char *)s) + s[5]; }',
    'int f(char *to) { char s[] = "OID: "; return s[6]; }',
    'out-of-bounds-read',
  ],
  [
    'a table that is gone through up to the number of its entries',
    'struct e { const char *p; int (*f)(void); }; int g(void); int f(const char *s) { struct e t[] = { { "a", g }, { 0, 0 } }; unsigned n; for (n = 0; n < ARRAY_SIZE(t); n++) { if (!t[n].p) continue; if (t[n].p == s) break; } if (n >= ARRAY_SIZE(t)) return -1; return t[n].f(); }',
    'int f(void) { static const int t[4] = { 1, 2, 3, 4 }; int s = 0; for (unsigned i = 0; i <= ARRAY_SIZE(t); i++) s += t[i]; return s; }',
    'out-of-bounds-read',
  ],
  [
    'functions that do not come back by their names',
    'int f(int k) { char *b = malloc(8); if (b == NULL) { if (k) hang(); lib_die_memory_exhausted(); } b[0] = 0; free(b); return 0; }',
    'int f(int k) { char *b = malloc(8); if (b == NULL) { if (k) hang_up(); lib_memory_exhausted(); } b[0] = 0; free(b); return 0; }',
    'null-dereference',
  ],
  [
    'arguments that are taken from a list by the letter of a text',
    PACK +
      'switch (*s) { case 1: n = va_arg(l, int); break; case 2: p = va_arg(l, u8 *); break; default: return 0; } switch (*s) { case 2: return *p; } return n; }',
    PACK +
      'switch (*s) { case 1: n = va_arg(l, int); break; case 3: p = va_arg(l, u8 *); break; } switch (*s) { case 2: return *p; } return n; }',
    'null-dereference',
  ],
  [
    'an error of a header, which is not its success',
    'static int get(int k, int *v) { if (k) return LIB_VOLUME_FULL; *v = 1; return LIB_SUCCESS; } int f(int k) { int v; int r = get(k, &v); if (r != LIB_SUCCESS) return r; return v; }',
    'static int get(int k, int *v) { if (k) return LIB_VOLUME_FULL; *v = 1; return LIB_SUCCESS; } int f(int k) { int v; int r = get(k, &v); if (r != LIB_VOLUME_FULL) return r; return v; }',
    'uninitialized-read',
  ],
  [
    'a number from outside that a flag tells apart from a constant, where many paths are one',
    'int main(int c, char **v) { int a[16] = {0}; int n = 4, isSet = 0, x = 0; char *e = getenv("N"); if (c > 1) x += 1; if (c > 2) x += 4; if (c > 3) x += 9; if (c > 4) x += 16; if (c > 5) x += 25; if (c > 6) x += 36; if (c > 7) x += 49; if (c > 8) x += 64; if (c > 9) x += 81; if (c > 10) x += 100; if (c > 11) x += 121; if (e) { n = atoi(e); isSet = 1; } if (c - 20 > 1) x += 1; if (c - 20 > 2) x += 4; if (c - 20 > 3) x += 9; if (c - 20 > 4) x += 16; if (c - 20 > 5) x += 25; if (c - 20 > 6) x += 36; if (c - 20 > 7) x += 49; if (c - 20 > 8) x += 64; if (c - 20 > 9) x += 81; if (c - 20 > 10) x += 100; if (c - 20 > 11) x += 121; if (isSet) return x; return a[n] + x; }',
    'int main(int c, char **v) { int a[16] = {0}; int n = 4, isSet = 0, x = 0; char *e = getenv("N"); if (e) { n = atoi(e); isSet = 1; } if (isSet) return a[n]; return x; }',
    'out-of-bounds-read',
  ],
  [
    'a length that belongs to what was received, where the ways that gave it are one',
    LENGTH_OF +
      'int main(void) { unsigned char b[64]; unsigned long at = 0, n = fread(b, 1, sizeof b, stdin); unsigned sum = 0; while (at < n) { int k = len_of(b[at]); if (n - at < (unsigned long)k) return 1; for (int i = 1; i < k; i++) sum += b[at + i]; at += k; } return sum; }',
    LENGTH_OF +
      'int main(void) { unsigned char b[64], c[16]; unsigned long n = fread(b, 1, sizeof b, stdin); int k = len_of(b[0]); if (n < (unsigned long)k) return 1; memcpy(c, b, n); return c[0]; }',
    'out-of-bounds-write',
  ],
  [
    'a step of a length that is received, beside which members count',
    'struct found { unsigned options, bytes; }; static int scan(const unsigned char *p, unsigned long n, struct found *f) { unsigned long i = 0; while (i + 1 < n && p[i]) { if (p[i] == 255) { i++; continue; } unsigned long len = p[i + 1]; if (len == 0 || len > n - i) return -1; f->options++; f->bytes += (unsigned)len; i += len; } return 0; } int main(void) { unsigned char b[256]; struct found f = { 0, 0 }; unsigned long n = fread(b, 1, sizeof b, stdin); return scan(b, n, &f) + (int)f.bytes; }',
    'struct found { unsigned options, bytes; }; static int scan(const unsigned char *p, unsigned long n, struct found *f) { unsigned long i = 0; while (i + 1 < n && p[i]) { if (p[i] == 255) { i++; continue; } unsigned long len = p[i + 1]; if (len > n - i) return -1; f->options++; f->bytes += (unsigned)len; i += len; } return 0; } int main(void) { unsigned char b[256]; struct found f = { 0, 0 }; unsigned long n = fread(b, 1, sizeof b, stdin); return scan(b, n, &f) + (int)f.bytes; }',
    'endless-loop',
  ],
  [
    'a counter as large as what it counts up to',
    'static unsigned long ramp(int steps) { unsigned long light = 0; for (unsigned short s = 0; s < steps; s++) light += s < 9 ? s : 9u; return light; } int main(void) { int n; if (scanf("%d", &n) != 1 || n < 0 || n > 999) return 1; return (int)ramp(n); }',
    'static unsigned long ramp(int steps) { unsigned long light = 0; for (unsigned char s = 0; s < steps; s++) light += s < 9 ? s : 9u; return light; } int main(void) { int n; if (scanf("%d", &n) != 1 || n < 0 || n > 999) return 1; return (int)ramp(n); }',
    'endless-loop',
  ],
  [
    'a counter of a byte that is left in another way',
    'static unsigned long ramp(int steps) { unsigned long light = 0; for (unsigned char s = 0; s < steps; s++) { if (s == 200) break; light += s; } return light; } int main(void) { int n; if (scanf("%d", &n) != 1 || n < 0 || n > 999) return 1; return (int)ramp(n); }',
    'static unsigned long ramp(int steps) { unsigned long light = 0; for (uint8_t s = 0; s < steps; s++) light += s < 9 ? s : 9u; return light; } int main(void) { int n; if (scanf("%d", &n) != 1 || n < 0 || n > 256) return 1; return (int)ramp(n); }',
    'endless-loop',
  ],
  [
    'a state of a loop that no round has',
    'int f(const char *p, int n) { int mode = 0, i = 0, sum = 0; while (i < n) { if (mode == 1) continue; if (mode == 2) { sum += p[i]; i++; mode = 0; } else { i++; mode = 2; } } return sum; }',
    'int f(const char *p, int n) { int mode = 0, i = 0, sum = 0; while (i < n) { if (mode == 2) continue; if (mode == 1) { sum += p[i]; i++; mode = 0; } else { i++; mode = 2; } } return sum; }',
    'endless-loop',
  ],
  [
    'two names of one constant',
    'int f(void) { int e = EAGAIN; int v; if (e == EWOULDBLOCK) v = 1; switch (e) { case EWOULDBLOCK: return v; } return 0; }',
    'int f(void) { int e = EAGAIN; int v; if (e == EINTR) v = 1; switch (e) { case EWOULDBLOCK: return v; } return 0; }',
    'uninitialized-read',
  ],
  [
    'one of two ways by constants of a header',
    'static int get(int how, int *v) { switch (how) { case LIB_ANY: *v = 1; break; case LIB_BELOW: return *v; } return how == LIB_BELOW ? *v : 0; } int f(void) { int v; return get(LIB_ANY, &v) + v; }',
    'static int get(int how, int *v) { switch (how) { case LIB_ANY: *v = 1; break; case LIB_BELOW: return *v; } return 0; } int f(void) { int v; return get(LIB_BELOW, &v) + v; }',
    'uninitialized-read',
  ],
  [
    'a function of another system that has the name of one of a library',
    'int f(int chip) { unsigned char data[8]; return i2c_read(chip, 0, 1, data, sizeof(data)); }',
    'int f(const struct device *bus) { unsigned char data[8]; return i2c_read(bus, data, 9, 1); }',
    'out-of-bounds-write',
  ],
  [
    'characters of two bytes',
    'int f(const unsigned short *s) { return memcmp(s, u"Boot", 10) + memcmp(s, L"Boot" L"er", 12); }',
    'int f(const char *s) { return memcmp(s, "Boot", 10); }',
    'out-of-bounds-read',
  ],
];

it('tells an allocation that nothing has tested once in each function', async () => {
  const code =
    'int g(char *p) { p[0] = 1; p[1] = 2; return 0; } int f(int k) { char *a = malloc(4); if (k == 1) a[0] = 1; else if (k == 2) a[1] = 2; else g(a); free(a); return 0; }';
  const found = await eventsIn(code);
  assert.deepEqual(found, ['1 proved unchecked-allocation', '1 proved unchecked-allocation']);
});

describe('code that rests on what is declared elsewhere', () => {
  itSaysNothingOf(CASES);
});

it('says of an index below 0 that has wrapped around what it is', async () => {
  const { events } = await factsOfCode(
    'int f(void) { int a[4] = {0}; unsigned long i = 0; i--; return a[i]; }',
  );
  assert.equal(
    events.at(-1)?.detail,
    'reads 4 bytes behind all memory (a number below 0 has wrapped around) of `a`, which has 16 bytes',
  );
});
