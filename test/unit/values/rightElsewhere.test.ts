import { itSaysNothingOf, type RightCase } from '../../support/rightCode.ts';

/** What looks wrong to who sees a part of it alone, and a wrong twin of each. */
const CASES: readonly RightCase[] = [
  [
    'a list of free blocks that are used for something else',
    'struct msg { int id; int len; double at; }; struct hole { struct hole *next; long n; }; static struct hole *pool; static void put(void *p) { struct hole *h = p; h->next = pool; pool = h; use(h->next); } void f(void) { struct msg *m = malloc(sizeof *m); if (m == NULL) return; m->id = 1; m->len = 2; put(m); }',
    'struct msg { double at; int id; }; struct hole { struct hole *next; long n; }; static void put(void *p) { struct hole *h = p; use(h->next->n); } void f(void) { struct msg m; m.at = 1; m.id = 1; put(&m); }',
    'type-confusion',
  ],
  [
    'a block that is one of two structures',
    'struct a { int k; int n; double v; }; struct b { double x, y; }; void *f(int k) { void *p = malloc(16); if (!p) return NULL; if (k) { struct a *a = p; a->k = 1; a->v = 0; use(a->k); } else { struct b *b = p; b->x = 1; b->y = 2; use(b->y); } return p; }',
    'struct a { int k; double v; }; struct b { int k; char *s; }; void f(void) { struct a *p = malloc(16); if (!p) return; p->k = 1; p->v = 2; use(((struct b *)p)->s); free(p); }',
    'type-confusion',
  ],
  [
    'the bytes of a structure',
    'struct h { uint16_t t, n; uint32_t s; }; struct raw { uint8_t b[8]; }; void f(void) { struct h h; h.t = 1; h.n = 8; h.s = 2; const struct raw *r = (const struct raw *)&h; use(r->b[0] + r->b[2]); }',
    'struct h { int t; double s; }; struct raw { int t; int n, m; }; void f(void) { struct h h; h.t = 1; h.s = 2; const struct raw *r = (const struct raw *)&h; use(r->m); }',
    'type-confusion',
  ],
  [
    'storage for one of several structures',
    'struct storage { uint16_t family; char pad[6]; uint64_t align; }; struct in { uint16_t family, port; uint32_t a; uint64_t z; }; void f(void) { struct storage s; memset(&s, 0, sizeof s); struct in *i = (struct in *)&s; i->family = 2; i->port = 80; use(i->port); }',
    'struct storage { uint16_t family; uint32_t n; char *name; }; struct in { uint16_t family; uint32_t a; double z; }; void f(char *t) { struct storage s; s.family = 1; s.n = 1; s.name = "x"; struct in *i = (struct in *)&s; use(i->z); }',
    'type-confusion',
  ],
  [
    'the bits of an address in a union',
    'union r { void *p; intptr_t i; }; void f(void) { static int v; union r r; r.p = &v; use(r.i & 1); if (r.i != 0) use(r.p); }',
    'union r { void *p; intptr_t i; }; void f(void) { static int v; union r r; r.p = &v; use(r.i * 2); }',
    'type-confusion',
  ],
  [
    'a thread that is given a pointer to how a structure begins',
    'struct job { int id; double w; }; struct head { int id; }; static void *run(void *p) { struct job *j = p; use(j->w); return 0; } void f(void) { static struct job j; struct head *h = (struct head *)&j; pthread_t t; pthread_create(&t, 0, run, h); }',
    'struct job { int id; double w; }; struct head { int id; }; static void *run(void *p) { struct job *j = p; use(j->w); return 0; } void f(void) { static struct head h; pthread_t t; pthread_create(&t, 0, run, &h); }',
    'type-confusion',
  ],
  [
    'a thread that asks first what it is given',
    'struct job { int id; double w; }; struct head { int id; }; static void *run(void *p) { if (*(int *)p == 2) { struct job *j = p; use(j->w); } return 0; } void f(void) { static struct head h; pthread_t t; pthread_create(&t, 0, run, &h); }',
    'struct job { int id; double w; }; struct head { int id; }; static void *run(void *p) { struct job *j = p; if (j->id == 2) use(j->w); return 0; } void f(void) { static struct head h; pthread_t t; pthread_create(&t, 0, run, &h); }',
    'type-confusion',
  ],
  [
    'a macro that stands for two arguments',
    `#define PAIR 1, 2\nint add(a, b) int a; int b; { return a + b; } int f(void) { return add(PAIR); }`,
    'int add(a, b) int a; int b; { return a + b; } int f(void) { return add(1); }',
    'wrong-argument-count',
  ],
  [
    'a name of a header that may stand for two arguments',
    `#include "other.h"\nint add(a, b) int a; int b; { return a + b; } int f(void) { return add(WHERE) + add(AT(3)); }`,
    'int add(a, b) int a; int b; { return a + b; } int f(void) { return add(1); }',
    'wrong-argument-count',
  ],
  [
    'a macro that has the name of the function',
    `int add(a, b) int a; int b; { return a + b; } \n#define add(a) (add)(a, 0)\nint f(void) { return add(3); }`,
    'int add(a, b) int a; int b; { return a + b; } int f(void) { return add(1); }',
    'wrong-argument-count',
  ],
  [
    'arguments that other builds add',
    `int add(a, b) int a; int b; { return a + b; }\nint f(void) { return add(1\n#ifdef TWO\n, 2\n#endif\n); }`,
    'int add(a, b) int a; int b; { return a + b; } int f(void) { return add(1); }',
    'wrong-argument-count',
  ],
  [
    'a function of old that takes any arguments',
    `int say(va_alist) va_dcl { return 0; }\nint f(void) { return say("a", 1, 2); }`,
    'int add(a, b) int a; int b; { return a + b; } int f(void) { return add(1); }',
    'wrong-argument-count',
  ],
  [
    'a counter that what is left comes to meet',
    'void f(const char *t) { int n = atoi(t); unsigned s = 0; for (uint8_t i = 0; i < n - i; i++) s += i; use(s); }',
    'void f(const char *t) { int n = atoi(t); unsigned s = 0; for (uint8_t i = 0; i < n; i++) s += i; use(s); }',
    'endless-loop',
  ],
  [
    'a counter up to a number that is looked up first',
    'void f(const char *t) { int n = atoi(t); unsigned s = 0; if (!known(n)) return; for (uint8_t i = 0; i < n; i++) s += i; use(s); }',
    'void f(const char *t) { int n = atoi(t); unsigned s = 0; note(n); for (uint8_t i = 0; i < n; i++) s += i; use(s); }',
    'endless-loop',
  ],
  [
    'a counter up to a number that a caller has looked up',
    'static unsigned r(int n) { unsigned s = 0; for (uint8_t i = 0; i < n; i++) s += i; return s; } void f(int d, const char *t) { int n; if (scanf("%d", &n) != 1 || t[n & 7] == 0) return; use(r(n)); }',
    'static unsigned r(int n) { unsigned s = 0; for (uint8_t i = 0; i < n; i++) s += i; return s; } void f(int d) { int n; if (scanf("%d", &n) != 1) return; use(r(n)); }',
    'endless-loop',
  ],
  [
    'a case that nothing handles, of what was looked up in a table',
    'void f(const char *s, const char *ok) { int c = atoi(s); if (ok[c] == 0) return; switch (c) { case 1: use(1); break; default: assert(0); } }',
    'void f(const char *s, const char *ok) { int c = atoi(s); switch (c) { case 1: use(1); break; default: assert(0); } }',
    'assertion-on-input',
  ],
  [
    'a case that nothing handles, of what was given to a function whose answer counts',
    'void f(const char *s, const char *ok) { int c = atoi(s); if (!known(c)) return; switch (c) { case 1: use(1); break; default: assert(0); } }',
    'void f(const char *s, const char *ok) { int c = atoi(s); switch (c) { case 1: use(1); break; default: assert(0); } }',
    'assertion-on-input',
  ],
  [
    'a case that nothing handles, of what was asked for its bits',
    'void f(const char *s, const char *ok) { int c = atoi(s); if ((c & 0xfe) != 0) return; switch (c) { case 1: use(1); break; default: assert(0); } }',
    'void f(const char *s, const char *ok) { int c = atoi(s); switch (c) { case 1: use(1); break; default: assert(0); } }',
    'assertion-on-input',
  ],
  [
    'a case that nothing handles, of what was the value of a switch before',
    'void f(const char *s, const char *ok) { int c = atoi(s); int good = 0; switch (c) { case 1: good = 1; break; } if (!good) return; switch (c) { case 1: use(1); break; default: assert(0); } }',
    'void f(const char *s, const char *ok) { int c = atoi(s); switch (c) { case 1: use(1); break; default: assert(0); } }',
    'assertion-on-input',
  ],
  [
    'as much as stands before a byte that the text begins with',
    `void f(FILE *in) { char line[128], key[8]; if (fgets(line, 128, in) == NULL) return; if (strncmp(line, "ab=", 3) != 0) return; char *e = strchr(line, '='); if (e == NULL) return; memcpy(key, line, e - line); }`,
    `void f(FILE *in) { char line[128], key[8]; if (fgets(line, 128, in) == NULL) return; char *e = strchr(line, '='); if (e == NULL) return; memcpy(key, line, e - line); }`,
    'out-of-bounds-write',
  ],
  [
    'as much as stands before a byte that is at a place of its own',
    `void f(FILE *in) { char line[128], key[8]; if (fgets(line, 128, in) == NULL) return; if (strlen(line) < 4 || line[3] != '=') return; char *e = strchr(line, '='); if (e == NULL) return; memcpy(key, line, e - line); }`,
    `void f(FILE *in) { char line[128], key[8]; if (fgets(line, 128, in) == NULL) return; char *e = strchr(line, '='); if (e == NULL) return; memcpy(key, line, e - line); }`,
    'out-of-bounds-write',
  ],
  [
    'as much as stands before a byte that another search has found',
    `void f(FILE *in) { char line[128], key[8]; if (fgets(line, 128, in) == NULL) return; if (memchr(line, '=', 7) == NULL) return; char *e = strchr(line, '='); if (e == NULL) return; memcpy(key, line, e - line); }`,
    `void f(FILE *in) { char line[128], key[8]; if (fgets(line, 128, in) == NULL) return; char *e = strchr(line, '='); if (e == NULL) return; memcpy(key, line, e - line); }`,
    'out-of-bounds-write',
  ],
  [
    'as much as stands before a byte in front of which not much stands',
    `void f(FILE *in) { char line[128], key[8]; if (fgets(line, 128, in) == NULL) return; if (strcspn(line, "=") > 7) return; char *e = strchr(line, '='); if (e == NULL) return; memcpy(key, line, e - line); }`,
    `void f(FILE *in) { char line[128], key[8]; if (fgets(line, 128, in) == NULL) return; char *e = strchr(line, '='); if (e == NULL) return; memcpy(key, line, e - line); }`,
    'out-of-bounds-write',
  ],
  [
    'as much as stands before a byte of a text that was cut',
    `void f(FILE *in) { char line[128], key[8]; if (fgets(line, 128, in) == NULL) return; line[7] = 0; char *e = strchr(line, '='); if (e == NULL) return; memcpy(key, line, e - line); }`,
    `void f(FILE *in) { char line[128], key[8]; if (fgets(line, 128, in) == NULL) return; char *e = strchr(line, '='); if (e == NULL) return; memcpy(key, line, e - line); }`,
    'out-of-bounds-write',
  ],
  [
    'as much as stands before a byte that became the end, where that is short',
    `void f(FILE *in) { char line[128], key[8]; if (fgets(line, 128, in) == NULL) return; char *e = strchr(line, '='); if (e == NULL) return; *e = 0; if (strlen(line) < 8) memcpy(key, line, e - line); }`,
    `void f(FILE *in) { char line[128], key[8]; if (fgets(line, 128, in) == NULL) return; char *e = strchr(line, '='); if (e == NULL) return; *e = 0; if (strlen(line) < 88) memcpy(key, line, e - line); }`,
    'out-of-bounds-write',
  ],
  [
    'a member that may change while it is looked at',
    `#include <signal.h>\nstruct s { volatile sig_atomic_t stop; int n; }; static struct s s; static void on(int k) { s.stop = k; } int main(void) { signal(14, on); for (;;) { pause(); use(s.stop); } }`,
    `#include <signal.h>\nstruct s { int stop; int n; }; static struct s s; static void on(int k) { s.stop = k; } int main(void) { signal(14, on); for (;;) { pause(); use(s.stop); } }`,
    'shared-with-handler',
  ],
  [
    'a type of what may change while it is looked at',
    `#include <signal.h>\ntypedef volatile int flag; static flag stop; static void on(int k) { stop = k; } int main(void) { signal(14, on); for (;;) { pause(); use(stop); } }`,
    `#include <signal.h>\ntypedef int flag; static flag stop; static void on(int k) { stop = k; } int main(void) { signal(14, on); for (;;) { pause(); use(stop); } }`,
    'shared-with-handler',
  ],
  [
    'a handler that ends the program',
    `#include <signal.h>\nstatic int fd; static void on(int k) { fd = -1; _exit(0); } int main(void) { signal(14, on); for (;;) { pause(); use(fd); } }`,
    `#include <signal.h>\nstatic int fd; static void on(int k) { fd = -1; } int main(void) { signal(14, on); for (;;) { pause(); use(fd); } }`,
    'shared-with-handler',
  ],
  [
    'a variable that is set before there is a handler',
    `#include <signal.h>\nstatic int n; static void on(int k) { n++; } int main(void) { n = 3; signal(14, on); for (;;) pause(); }`,
    `#include <signal.h>\nstatic int n; static void on(int k) { n++; } int main(void) { signal(14, on); n = 3; for (;;) pause(); }`,
    'shared-with-handler',
  ],
];

describe('code that is right by what stands elsewhere in it', () => {
  itSaysNothingOf(CASES);
});
