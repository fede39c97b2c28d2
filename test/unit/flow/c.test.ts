import { check } from './support.ts';

const inFunction = (body: string): string => `void f(char *p, int n) {\n${body}\n}\n`;
const cases: Readonly<Record<string, string>> = {
  'follows assignments and initialisers': `
    int a = source(); int b = a; int c; c = b + 1;
    sink(c); // !
    c = 0;
    sink(c);
    sink(other_thing(a)); // !
    sink(sizeof(a));`,
  'joins branches': `
    int x = 0; int y = source();
    if (n) { x = source(); y = 0; } else { x = 1; }
    sink(x); // !
    sink(y); // !
    if (n) y = 0; else y = 1;
    sink(y);`,
  'goes around loops to a fixed point': `
    int a = 0, b = 0, c = 0;
    while (n) { sink(c); // !
      c = b; b = a; a = source(); }
    sink(c); // !`,
  'runs the body of do at least once': `
    int a = source();
    do { a = 0; } while (n);
    sink(a);`,
  'follows for': `
    int a = 0; int i;
    for (i = source(); i < 3; i++) { a += i; }
    sink(a); // !`,
  'falls from case to case': `
    int a = source();
    switch (n) { case 1: a = 0; case 2: sink(a); break; default: a = 0; } // !
    sink(a); // !
    switch (n) { case 1: a = 0; break; default: a = 1; }
    sink(a);`,
  'knows what return and goto leave out': `
    int a = source();
    if (n) { a = 0; goto out; }
    return;
  out:
    sink(a);`,
  'cleans a value, and a variable by side effect': `
    int a = source();
    sink(clean(a));
    sink(a); // !
    check(a);
    sink(a);`,
  'taints a variable by side effect': `
    char buf[10]; int len;
    taint(buf);
    sink(buf); // !
    sink(buf[3]); // !
    sink(len);`,
  'tells fields apart': `
    struct s v, *q;
    v.a = source(); v.b = 1;
    sink(v.a); // !
    sink(v.b);
    sink(v); // !
    v.a = 0;
    sink(v.a);
    q->name.first = source();
    sink((*q).name.first); // !
    sink(q->name.last);`,
  'takes elements of an array together': `
    int a[10]; a[1] = source(); a[2] = 0;
    sink(a[2]); // !
    sink(a); // !`,
  'takes a tainted index for tainted': `
    int i = source();
    sink(p[i]); // !`,
  'follows pointers': `
    int x = 0; *p = source();
    sink(*p); // !
    sink(p); // !
    taint(&x);
    sink(x); // !`,
  'propagates where the rule says so': `
    char a[10], b[10];
    copy(b, a);
    sink(b);
    taint(a);
    copy(b, a);
    sink(b); // !`,
  'joins the parts of a conditional, not its condition': `
    int a = source();
    sink(n ? a : 1); // !
    sink(a ? n : 1);
    int b = a && n;
    sink(b); // !`,
  'tells shadowed variables apart': `
    int a = source();
    { int a = 1; sink(a); }
    sink(a); // !`,
  'follows all loops to a fixed point': `
    int a = 0, b = 0, c = 0;
    for (int i = 0; i < 3; i++) {
      sink(c); // !
      c = b; b = a; a = source();
    }
    int d = 0;
    do { d = source(); } while (n);
    sink(d); // !
    int e = 0;
    while (n) { if (n == 2) { e = source(); break; } e = 0; }
    sink(e); // !`,
  'joins branches and early returns': `
    int a = source();
    if (n) { a = 0; }
    sink(a); // !
    int b = source();
    if (n) { b = 0; } else { b = 1; }
    sink(b);
    int c = 1;
    if (n) { c = source(); return; }
    sink(c);`,
  'leaves where the program ends': `
    int a = 0;
    if (n) { a = source(); exit(1); }
    sink(a);
    if (n) { a = source(); abort(); }
    sink(a);`,
  'falls through cases': `
    int a = 0;
    switch (n) {
    case 1: a = source();
    case 2:
      sink(a); // !
      break;
    default:
      sink(a);
    }
    int b = source();
    switch (n) { case 1: b = 0; break; default: b = 1; break; }
    sink(b);`,
  'goes where goto leads': `
    int a = source();
    if (n) goto out;
    a = 0;
    sink(a);
out:
    sink(a); // !`,
  'follows pointer arithmetic, casts and addresses': `
    char *a = source();
    sink(a + 1); // !
    sink(*(a + 1)); // !
    sink((int)*a); // !
    sink(&a[2]); // !
    char *q = a; q++;
    sink(*q++); // !`,
  'follows structures through pointers': `
    struct s v, *q = &v;
    q->a = source();
    sink(q->a); // !
    sink(q->b);
    struct s w = { .a = source(), .b = 1 };
    sink(w.a); // !
    sink(w.b);`,
  'follows copies of structures': `
    struct s v, w;
    v.a = source();
    w = v;
    sink(w.a); // !
    sink(w.b);`,
  'forgets what is overwritten': `
    int a = source(); a = 1;
    sink(a);
    int b = source(); b += 1;
    sink(b); // !
    int c = source(); c++;
    sink(c); // !`,
  'cleans by side effect where it surely runs': `
    int a = source(); check(a);
    sink(a);
    int b = source();
    if (n) check(b);
    sink(b); // !
    int c = source(); clean(c);
    sink(c); // !
    sink(clean(c));`,
  'follows comma and nested assignments': `
    int a, b;
    a = b = source();
    sink(a); // !
    sink(b); // !
    int c = (n, source());
    sink(c); // !
    if ((b = 0)) { }
    sink(b);`,
  'takes sizes for safe': `
    char *a = source();
    sink(sizeof(a));
    sink(sizeof *a);`,
  'follows blocks of the preprocessor': `
    int a = source();
#ifdef X
    sink(a); // !
#else
    sink(a); // !
#endif
    sink(a); // !`,
  'follows strings that are put together': `
    sink("a" "b");
    char *a = concat("x", source());
    sink(a); // !`,
  'follows function pointers of the file': `
    int (*g)(int) = n ? f1 : f2;
    sink(g(source())); // !`,
};

describe('taint in C', () => {
  for (const [name, body] of Object.entries(cases)) {
    it(name, async () => {
      await check('c', inFunction(body));
    });
  }

  it('passes arguments to results and to sinks inside', async () => {
    await check(
      'c',
      `
int id(int a) { return a; }
int konst(int a) { return 1; }
void inner(int a, int b) {
  sink(a); // !
  sink(b);
}
void outer(int a) { inner(a, 1); }
int make(void) { return source(); }
void f(void) {
  int x = source();
  sink(id(x)); // !
  sink(id(1));
  sink(konst(x));
  outer(x);
  sink(make()); // !
}`,
    );
  });

  it('sees what a function does to what it is given', async () => {
    await check(
      'c',
      `
void fill(char *to, const char *from) { *to = *from; }
void read_into(struct s *p) { p->data = source(); }
void wipe(int a) { a = 0; }
void f(void) {
  char a[3], b[3]; struct s v; int x = source();
  taint(a);
  fill(b, a);
  sink(b); // !
  read_into(&v);
  sink(v.data); // !
  sink(v.size);
  wipe(x);
  sink(x); // !
}`,
    );
  });

  it('does not depend on the order of functions, and ends with recursion', async () => {
    await check(
      'c',
      `
int even(int n, int t);
void f(void) { sink(even(3, source())); // !
}
int odd(int n, int t) { return n ? even(n - 1, t) : t; }
int even(int n, int t) { return n ? odd(n - 1, t) : 0; }`,
    );
  });

  it('carries data in variables of the file', async () => {
    await check(
      'c',
      `
static int shared, clean_one;
void g(void) { sink(shared); // !
  sink(clean_one); }
void f(void) { shared = source(); clean_one = 1; }`,
    );
  });
});
