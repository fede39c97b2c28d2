import { itSaysNothingOf, type RightCase } from '../../support/rightCode.ts';

/** Usual ways to write right programs, of which nothing must be said, and a wrong twin of each. */
const CASES: readonly RightCase[] = [
  [
    'a length that a function which is not seen has found to be right',
    'int f(int fd) { uint16_t n; char b[64]; if (read(fd, &n, 2) != 2 || !length_ok(n)) return 1; return read(fd, b, n) > 0; }',
    'int f(int fd) { uint16_t n; char b[64]; if (read(fd, &n, 2) != 2) return 1; length_note(n); return read(fd, b, n) > 0; }',
    'out-of-bounds-write',
  ],
  [
    'bytes that a function which is not seen has found to be enough',
    'int f(const uint8_t *in, size_t in_len) { if (in_len < 2 || frame_check(in)) return 1; return in[3]; }',
    'int f(const uint8_t *in, size_t in_len) { if (in_len < 2) return 1; return in[3]; }',
    'out-of-bounds-read',
  ],
  [
    'as many bytes as a function says, which is given their number',
    'int f(const uint8_t *in, size_t in_len) { int s = 0; if (in_len == 0) return 0; size_t n = least(in_len, 16); for (size_t i = 0; i < n; i++) s += in[i]; return s; }',
    'int f(const uint8_t *in, size_t in_len) { int s = 0; if (in_len == 0) return 0; for (size_t i = 0; i <= in_len; i++) s += in[i]; return in[1]; }',
    'out-of-bounds-read',
  ],
  [
    'characters that were read, counted with one more',
    'int f(const char *s) { int x, n = 0; if (sscanf(s, "%d%n", &x, &n) != 1) return 0; return n + 1; }',
    'int f(const char *s) { int x, n = 0; if (sscanf(s, "%d %d", &x, &n) != 2) return 0; return n + 1; }',
    'signed-overflow',
  ],
  [
    'a function that says in its name that it ends the program, and one that counts how often memory has run out',
    'char *f(void) { char *p = malloc(4); if (p == NULL) die_oom(); p[0] = 0; return p; }',
    'char *f(void) { char *p = malloc(4); if (p == NULL) count_oom(); p[0] = 0; return p; }',
    'null-dereference',
  ],
  [
    'a lock that is tried, time and again',
    'static pthread_mutex_t l;\nstatic int t(void) { if (pthread_mutex_trylock(&l) != 0) return -1; pthread_mutex_unlock(&l); return 0; }\nint main(void) { t(); return t(); }',
    'static pthread_mutex_t l;\nstatic int t(void) { if (pthread_mutex_lock(&l) != 0) return -1; pthread_mutex_unlock(&l); pthread_mutex_unlock(&l); return 0; }\nint main(void) { t(); return t(); }',
    'unlock-without-lock',
  ],
  [
    'a lock that a function of locks may have taken',
    'static pthread_mutex_t l;\nint main(void) { pthread_mutex_lock(&l); pthread_mutex_unlock(&l); device_lock(); pthread_mutex_unlock(&l); return 0; }',
    'static pthread_mutex_t l;\nint main(void) { pthread_mutex_lock(&l); pthread_mutex_unlock(&l); clock_reset(); pthread_mutex_unlock(&l); return 0; }',
    'unlock-without-lock',
  ],
  [
    'users that are counted by a function that is not seen',
    'struct b { atomic_uint refs; };\nstatic void put(struct b *b) { if (atomic_fetch_sub(&b->refs, 1) == 1) free(b); }\nint main(void) { struct b *b = malloc(sizeof *b); if (!b) return 1; atomic_init(&b->refs, 2); put(b); put(b); return 0; }',
    'struct b { int kind; };\nstatic void put(struct b *b) { if (send_it(&b->kind, 1) == 1) free(b); }\nint main(void) { struct b *b = malloc(sizeof *b); if (!b) return 1; put(b); put(b); return 0; }',
    'double-free',
  ],
  [
    'users that are counted before a function releases',
    'struct b { int n; };\nstatic void gone(struct b *b) { free(b); }\nstatic void put(struct b *b) { int left = __sync_sub_and_fetch(&b->n, 1); if (left > 0) return; gone(b); }\nint main(void) { struct b *b = malloc(sizeof *b); if (!b) return 1; b->n = 2; put(b); put(b); return 0; }',
    'struct b { int n; };\nstatic void gone(struct b *b) { free(b); }\nstatic void put(struct b *b) { b->n--; if (b->n > 1) return; gone(b); }\nint main(void) { struct b *b = malloc(sizeof *b); if (!b) return 1; b->n = 2; put(b); put(b); return 0; }',
    'use-after-free',
  ],
  [
    'as many bytes as there are left, twice a number from outside at first',
    'static int all(int fd, void *b, size_t n) { unsigned char *p = b; while (n > 0) { ssize_t r = read(fd, p, n); if (r <= 0) return -1; p += r; n -= (size_t)r; } return 0; }\nint main(void) { uint16_t n; if (all(0, &n, sizeof n) || n == 0 || n > 512) return 1; uint16_t *v = malloc(n * sizeof *v); if (!v) return 1; int r = all(0, v, n * sizeof *v); free(v); return r; }',
    'static int all(int fd, void *b, size_t n) { unsigned char *p = b; while (n > 0) { ssize_t r = read(fd, p, n); if (r <= 0) return -1; p += r; n -= (size_t)r; } return 0; }\nint main(void) { uint16_t n; if (all(0, &n, sizeof n) || n == 0 || n > 512) return 1; uint16_t *v = malloc(n); if (!v) return 1; int r = all(0, v, n * sizeof *v); free(v); return r; }',
    'out-of-bounds-write',
  ],
  [
    'a file that is not opened on one way, and cannot be on another',
    'static int save(const char *s) { int n = atoi(s); if (n < 0) return -1; int fd = open(s, 1); if (fd < 0) return -1; if (write(fd, "a", 1) != 1) { close(fd); return -1; } close(fd); return 0; }\nint main(int c, char **v) { return c > 1 && save(v[1]) == 0 ? 0 : 1; }',
    'static int save(const char *s) { int n = atoi(s); if (n < 0) return -1; int fd = open(s, 1); if (fd < 0) return -1; if (write(fd, "a", 1) != 1) { return -1; } close(fd); return 0; }\nint main(int c, char **v) { return c > 1 && save(v[1]) == 0 ? 0 : 1; }',
    'resource-leak',
  ],
  [
    'a macro with a lock in its text',
    '#define GUARDED(it) do { pthread_mutex_lock(&l); it; pthread_mutex_unlock(&l); } while (0)\nstatic pthread_mutex_t l;\nstatic int v;\nvoid a(void) { pthread_mutex_lock(&l); v++; pthread_mutex_unlock(&l); }\nvoid b(void) { pthread_mutex_lock(&l); v--; pthread_mutex_unlock(&l); }\nvoid c(void) { GUARDED(v++); }',
    '#define TWICE(it) do { it; it; } while (0)\nstatic pthread_mutex_t l;\nstatic int v;\nvoid a(void) { pthread_mutex_lock(&l); v++; pthread_mutex_unlock(&l); }\nvoid b(void) { pthread_mutex_lock(&l); v--; pthread_mutex_unlock(&l); }\nvoid c(void) { TWICE(v++); }',
    'unguarded-access',
  ],
  [
    'macros that stand for a lock and its release',
    '#define ENTER pthread_mutex_lock(&l)\n#define LEAVE pthread_mutex_unlock(&l)\nstatic pthread_mutex_t l;\nstatic int v;\nvoid a(void) { pthread_mutex_lock(&l); v++; pthread_mutex_unlock(&l); }\nvoid b(void) { pthread_mutex_lock(&l); v--; pthread_mutex_unlock(&l); }\nvoid c(void) { ENTER; v += 2; LEAVE; }',
    '#define TWICE(it) do { it; it; } while (0)\nstatic pthread_mutex_t l;\nstatic int v;\nvoid a(void) { pthread_mutex_lock(&l); v++; pthread_mutex_unlock(&l); }\nvoid b(void) { pthread_mutex_lock(&l); v--; pthread_mutex_unlock(&l); }\nvoid c(void) { TWICE(v++); }',
    'unguarded-access',
  ],
  [
    'a loop that takes all locks',
    'struct part { pthread_mutex_t lock; long v; };\nstatic struct part all[4];\nvoid a(int i) { pthread_mutex_lock(&all[i].lock); all[i].v++; pthread_mutex_unlock(&all[i].lock); }\nvoid b(int i) { pthread_mutex_lock(&all[i].lock); all[i].v--; pthread_mutex_unlock(&all[i].lock); }\nlong sum(void) { long s = 0; for (int i = 0; i < 4; i++) pthread_mutex_lock(&all[i].lock); for (int i = 0; i < 4; i++) s += all[i].v; for (int i = 0; i < 4; i++) pthread_mutex_unlock(&all[i].lock); return s; }',
    'struct part { pthread_mutex_t lock; long v; };\nstatic struct part all[4];\nvoid a(int i) { pthread_mutex_lock(&all[i].lock); all[i].v++; pthread_mutex_unlock(&all[i].lock); }\nvoid b(int i) { pthread_mutex_lock(&all[i].lock); all[i].v--; pthread_mutex_unlock(&all[i].lock); }\nlong sum(void) { long s = 0; for (int i = 0; i < 4; i++) prepare(i); for (int i = 0; i < 4; i++) s += all[i].v; for (int i = 0; i < 4; i++) finish(i); return s; }',
    'unguarded-access',
  ],
  [
    'a macro that is given the lock',
    'static pthread_mutex_t l;\nstatic int v;\nvoid a(void) { pthread_mutex_lock(&l); v++; pthread_mutex_unlock(&l); }\nvoid b(void) { pthread_mutex_lock(&l); v--; pthread_mutex_unlock(&l); }\nvoid c(void) { WITH(&l) { v += 2; } }',
    '#define TWICE(it) do { it; it; } while (0)\nstatic pthread_mutex_t l;\nstatic int v;\nvoid a(void) { pthread_mutex_lock(&l); v++; pthread_mutex_unlock(&l); }\nvoid b(void) { pthread_mutex_lock(&l); v--; pthread_mutex_unlock(&l); }\nvoid c(void) { TWICE(v++); }',
    'unguarded-access',
  ],
  [
    'a loop that takes the lock for one round',
    'static pthread_mutex_t l;\nstatic int v;\nvoid a(void) { pthread_mutex_lock(&l); v++; pthread_mutex_unlock(&l); }\nvoid b(void) { pthread_mutex_lock(&l); v--; pthread_mutex_unlock(&l); }\nvoid c(void) { for (int once = (pthread_mutex_lock(&l), 1); once; once = (pthread_mutex_unlock(&l), 0)) { v += 2; } }',
    '#define TWICE(it) do { it; it; } while (0)\nstatic pthread_mutex_t l;\nstatic int v;\nvoid a(void) { pthread_mutex_lock(&l); v++; pthread_mutex_unlock(&l); }\nvoid b(void) { pthread_mutex_lock(&l); v--; pthread_mutex_unlock(&l); }\nvoid c(void) { TWICE(v++); }',
    'unguarded-access',
  ],
  [
    'the end of a table, which its last entry says, where its entries were given to a function that is not seen',
    'struct k { int m; const char *n; }; static struct k t[] = { { 1, "a" }, { } }; void use(const void *); void f(void) { for (struct k *p = t; p->n; p++) use(p); }',
    'struct k { int m; const char *n; }; static struct k t[] = { { 1, "a" }, { } }; void use(const void *); void f(void) { for (struct k *p = t; p <= t + 2; p++) use(p->n); }',
    'out-of-bounds-read',
  ],
  [
    'the end of a table of another file, where a break says it',
    'struct k { int m; const char *n; }; extern struct k t[2]; int f(int m) { for (int i = 0; ; i++) { if (!t[i].n) break; if (t[i].m == m) return i; } return -1; }',
    'struct k { int m; const char *n; }; extern struct k t[2]; int f(int m) { for (int i = 0; i < 3; i++) { if (t[i].m == m) return i; } return -1; }',
    'out-of-bounds-read',
  ],
];

describe('programs that are right', () => {
  itSaysNothingOf(CASES);
});
