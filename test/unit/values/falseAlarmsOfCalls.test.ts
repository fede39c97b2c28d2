import { itSaysNothingOf, type RightCase } from '../../support/rightCode.ts';

/** Code as it is found in products, about calls, macros and what is not seen of them. */
const CASES: readonly RightCase[] = [
  [
    'a macro that makes names of what it is given',
    'int f(const char *m) { const char *f_seq; unsigned f_seq_len; GET_FIELD(FIELD_SEQ, seq, m); return f_seq[0] + f_seq_len; out: return 0; }',
    'int f(const char *m) { const char *f_seq; unsigned f_number; GET_FIELD(FIELD_SEQ, seq, m); return f_seq[0] + f_number; out: return 0; }',
    'uninitialized-read',
  ],
  [
    'a loop of a macro, which goes on by itself',
    'struct e { struct e *next; }; void f(struct e *l, struct e *i) { struct e *e; for_each(l, e) { if (e == i) continue; use(e); } }',
    'struct e { struct e *next; }; void f(struct e *l, struct e *i) { struct e *e = l; while (e) { if (e == i) continue; use(e); e = e->next; } }',
    'endless-loop',
  ],
  [
    'a member that a loop of a macro sets',
    'struct e { int n; }; struct s { struct e *at; }; int f(struct e *l, struct s *s) { s->at = NULL; list_for_each(s->at, l, struct e, next) if (ok()) break; return s->at->n; }',
    'struct e { int n; }; struct s { struct e *at; }; int f(struct s *s) { s->at = NULL; return s->at->n; }',
    'null-dereference',
  ],
  [
    'a macro that does nothing where something has failed before',
    'struct key { void *heap; int n; }; int f(const char *in, struct key *key) { int ret = 0; void *d = NULL; if (in == NULL || key == NULL) ret = BAD_ARGUMENT; ALLOC_DATA(d, 4, ret, key->heap); if (ret == 0) key->n = 4; return ret; }',
    'struct key { void *heap; int n; }; int f(const char *in, struct key *key) { int ret = 0; if (in == NULL || key == NULL) ret = BAD_ARGUMENT; LOG_ERROR("%d", key->n); return ret; }',
    'null-dereference',
  ],
  [
    'a macro with arguments that something is assigned to',
    '#define LEFT(n) keys[2 * (n)]\nint f(int a) { int *keys = malloc(32); if (!keys) return 0; LEFT(0) = a; LEFT(3) = a; a = keys[0] + LEFT(3); free(keys); return a; }',
    'int f(int a) { int *keys = malloc(32); if (!keys) return 0; keys[0] = a; a += keys[6]; free(keys); return a; }',
    'uninitialized-read',
  ],
  [
    'a text without an end that is compared with a shorter one',
    'int f(int d) { char b[16]; memset(b, 0, 16); if (read(d, b, 16) < 1) return 0; return strcmp(b, "start") == 0 || strcasecmp("stop", b) == 0; }',
    'int f(int d) { char b[16]; memset(b, 0, 16); if (read(d, b, 16) < 1) return 0; return strcmp(b, "started and stopped") == 0; }',
    'unterminated-string',
  ],
  [
    'a pointer that is null, which an unknown function has looked at',
    'int f(char *p, int n) { if (n > 4) p = NULL; if (is_bad("header", p, n)) return 0; *p = 1; return 1; }',
    'int f(char *p, int n) { if (n > 4) p = NULL; note(p, n); *p = 1; return 1; }',
    'null-dereference',
  ],
  [
    'arguments in parentheses, of which a macro makes a call',
    '#define PRINT(x) ((size_t)sprintf x)\nint f(char *to, int n) { char t[9]; int m; if (PRINT((t, "%d", n)) > 8) return 0; SCAN((t, &m)); strcpy(to, t); return m; }',
    '#define PRINT(x) ((size_t)sprintf x)\nint f(char *to, int n) { char t[9]; if (PRINT((to, "%d", n)) > 8) return 0; strcpy(to, t); return n; }',
    'uninitialized-read',
  ],
  [
    'a text from outside that is read up to its end, after something was written where nobody knows',
    'int take(struct reader *r, const char **t) { r->n++; return *(*t)++; } int main(int c, char **v) { struct reader r; int n = 0; const char *t = v[1]; while (*t != 0) n += take(&r, &t); return n; }',
    'int main(int c, char **v) { struct reader r; const char *t = v[1]; r.n = 1; return t[1]; }',
    'out-of-bounds-read',
  ],
  [
    'a number that was told to be one constant of a header, and is no other one then',
    'struct s { int *a, *b; }; struct s *find(int n); int f(int what, int n) { struct s *s = NULL; if (what != FIRST && (s = find(n)) == NULL) return 1; switch (what) { case FIRST: if (n > 4) return 2; break; case SECOND: s->a = s->b; break; } return 0; }',
    'struct s { int *a, *b; }; struct s *find(int n); int f(int what, int n) { struct s *s = NULL; if (what != FIRST && (s = find(n)) == NULL) return 1; switch (what) { case FIRST: s->a = s->b; break; case SECOND: if (n > 4) return 2; break; } return 0; }',
    'null-dereference',
  ],
  [
    'a function that does not come back, called so often that it is not followed any more',
    `static void stop_and_exit(int n) { note(n); exit(n); } int f(const char *s, int n) { ${'if (s[n] == 1) stop_and_exit(n);'.repeat(14)} char *p = strchr(s, 2); if (!p) stop_and_exit(1); return *p; }`,
    'int f(const char *s, int n) { char *p = strchr(s, 2); if (!p) n++; return *p + n; }',
    'null-dereference',
  ],
  [
    'a length that a function reads in what its caller has written, and limits for all callers',
    'static int send(const unsigned char *c) { unsigned n = read_u32(c + 2); int s = 0; if (n > 99) return -1; for (unsigned i = 0; i < n; i++) s += c[i]; return s; } int f(void) { const unsigned char c[10] = { 0, 1, 0, 0, 0, 10 }; return send(c); }',
    'static int send(const unsigned char *c) { unsigned n = next_length(); int s = 0; if (n > 99) return -1; for (unsigned i = 0; i < n; i++) s += c[i]; return s; } int f(void) { const unsigned char c[10] = { 0, 1, 0, 0, 0, 10 }; return send(c); }',
    'out-of-bounds-read',
  ],
  [
    'a macro that stands for several arguments of a format',
    '#define HEADINGS "name", "size"\n#define BYTES(n) (n) >> 8, (n) & 255\nvoid f(int n) { printf("%s %s", HEADINGS); printf("%s %d", TITLES); printf("%d %d", BYTES(n)); printf("%d %d", PARTS(n)); }',
    '#define HEADING "name"\nvoid f(void) { printf("%s %s", HEADING); }',
    'format-mismatch',
  ],
  [
    'a variable that is given its own value, so that compilers say nothing of it',
    'int f(int c) { int n = n; if (c) n = 1; return c ? n : 0; }',
    'int f(int c) { int r = 0, n = c; if (c) { int n = n; r = n; } return r + n; }',
    'uninitialized-read',
  ],
  [
    'a function that another file may replace',
    '__attribute__((weak)) int at(void) { return -1; } void f(void) { char a[4]; a[at()] = 0; }',
    '/* weak */ int at(void) { return -1; } void f(void) { char a[4]; a[at()] = 0; }',
    'out-of-bounds-write',
  ],
  [
    'a function that another file may replace, with a word for it',
    '__weak int at(void) { return -1; } int beside(void); __WEAK int after(void) { return -1; } void f(void) { char a[4]; a[at()] = 0; a[after()] = 0; }',
    '__weak int at(void) { return -1; } int beside(void) { return -1; } void f(void) { char a[4]; a[beside()] = 0; }',
    'out-of-bounds-write',
  ],
  [
    'a function that is declared as one that does not come back',
    'static void leave(const char *s) __attribute__((noreturn)); _Noreturn void stop(void); [[noreturn]] void stop_too(void); NORETURN void other(void); int f(char *p, char *q, char *r) { if (!p) leave("p"); if (!q) stop(); if (!r) other(); return *p + *q + *r; }',
    '/* noreturn */ static void leave(const char *s); _Noreturn void stop(void); int f(char *p) { if (!p) leave("p"); return *p; }',
    'null-dereference',
  ],
  [
    'a macro that makes text of what it is given',
    '#define MUST(x) do { if (!(x)) exit(note(#x)); } while (0)\nint f(void) { char *p = malloc(4); MUST(p); *p = 1; free(p); return 0; }',
    '#define MUST(x) note(#x)\nint f(void) { char *p = malloc(4); MUST(p); *p = 1; free(p); return 0; }',
    'unchecked-allocation',
  ],
  [
    'a macro of the file that is written in two ways, and takes the address of what it is given',
    '#ifdef SMALL\n#define point_new(a, p) point_alloc(0, &(p))\n#else\n#define point_new(a, p) point_alloc(&(a), &(p))\n#endif\nint f(void) { int *p = NULL, a; point_new(a, p); return *p; }',
    'int f(void) { int *p = NULL, a = 1; point_new(a, p); return *p; }',
    'null-dereference',
  ],
  [
    'a code that a macro for failures is given, and does not clear',
    'struct n { int used; }; int f(struct n *m) { int err = MP_OKAY; struct n *t; if (m == NULL) err = MP_VAL; ALLOC_N(t, m->used, err); if (err == MP_OKAY) m->used = 1; return err; }',
    'struct n { int used; }; int f(struct n *m) { int err = MP_OKAY; struct n *t; if (m == NULL) err = MP_VAL; ALLOC_N(t, err); if (err == MP_VAL) m->used = 1; return err; }',
    'null-dereference',
  ],
  [
    'a list that begins a variable of a type that is not seen',
    'static void set(int *h) { h[0] = 1; } int f(void) { elem one = {0}; set(one); return 0; }',
    'static void set(int *h) { h[0] = 1; } int f(void) { int *one = {0}; set(one); return 0; }',
    'null-dereference',
  ],
  [
    'a variable of its own that is filled from what a caller gives, unless they are one',
    'struct f { int a; }; static void copy(struct f *t, const struct f *s) { if (t != s) t->a = s->a; } int f(const struct f *g) { struct f mine; copy(&mine, g); return mine.a; }',
    'struct f { int a; }; static void copy(struct f *t, const struct f *s) { if (t != s && s->a) t->a = s->a; } int f(const struct f *g) { struct f mine; copy(&mine, g); return mine.a; }',
    'uninitialized-read',
  ],
  [
    'a result that is below 0 for each code of an error, as these are above',
    'static int get(int n, int *v) { if (n > 8) return -EILSEQ; *v = n; return n; } int f(int n) { int v, err = get(n, &v); if (err < 0) return err; return v; }',
    'static int get(int n, int *v) { if (n > 8) return EILSEQ; *v = n; return 0; } int f(int n) { int v, err = get(n, &v); if (err < 0) return err; return v; }',
    'uninitialized-read',
  ],
  [
    'a lock that was taken where the constant of success says so',
    'static pthread_mutex_t m; int f(void) { if (pthread_mutex_lock(&m) != EOK) return 1; pthread_mutex_unlock(&m); return 0; }',
    'static pthread_mutex_t m; int f(int n) { pthread_mutex_lock(&m); if (n) return 1; pthread_mutex_unlock(&m); return 0; }',
    'lock-kept',
  ],
  [
    'a result that is FALSE where nothing was written',
    'static int get(int n, int *v) { if (n < 1) return FALSE; *v = n; return TRUE; } int f(int n) { int v; if (!get(n, &v)) return 0; return v; }',
    'static int get(int n, int *v) { if (n < 1) return FALSE; *v = n; return TRUE; } int f(int n) { int v; if (get(n, &v)) return 0; return v; }',
    'uninitialized-read',
  ],
  [
    'an array that a header which is not seen declares, by its first element',
    'void f(int n) { IN0BUF[0] = n; IN0BUF[1] = n; }',
    'void f(int n) { int *p = 0; p[0] = n; }',
    'null-dereference',
  ],
  [
    'a structure of which a caller says the size',
    'struct h { int a, b; }; struct h *f(size_t n) { struct h *p = calloc(1, n == 0 ? sizeof(*p) : n); if (!p) return p; p->b = 1; return p; }',
    'char *f(size_t n) { if (n == 0) return 0; char *p = malloc(n); if (!p) return p; p[1] = 1; return p; }',
    'out-of-bounds-write',
  ],
  [
    'the length of a text from outside, which is no number below 0 as an int',
    'char *f(void) { char *e = getenv("PATH"); int n; if (!e) return 0; n = (int)strlen(e); return malloc(n + 1); }',
    'char *f(void) { char *e = getenv("PATH"); short n; if (!e) return 0; n = (short)strlen(e); return malloc(n); }',
    'negative-size',
  ],
  [
    'a value that one of two expressions gives, which has no such case',
    'int f(int n) { int *p = 0; switch (n ? 1 : 0) { case 5: return *p; } return 0; }',
    'int f(int n) { int *p = 0; switch (n ? 5 : 0) { case 5: return *p; } return 0; }',
    'null-dereference',
  ],
];

describe('calls in products that are right', () => {
  itSaysNothingOf(CASES);
});
