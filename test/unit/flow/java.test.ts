import { check } from './support.ts';

const inMethod = (body: string): string => `class A {\n  void m(String p) {\n${body}\n  }\n}\n`;

const cases: Readonly<Record<string, string>> = {
  'follows declarations, concatenation and methods of tainted objects': `
    String a = source();
    String q = "select " + a + ";";
    sink(q); // !
    sink(a.trim().toLowerCase()); // !
    sink(String.format("%s", a)); // !
    sink("constant");
    db.sink(q); // !
    sink(clean(a).trim());`,
  'does not taint an object by an argument of its method': `
    StringBuilder b = new StringBuilder();
    b.append(source());
    sink(b.toString());
    copy(b, source());
    sink(b.toString()); // !`,
  'takes what is made of tainted data for tainted': `
    String a = source();
    sink(new File(a)); // !
    sink(new String[] { "x", a }); // !
    sink((Object) a); // !
    String[] many = { a };
    for (String each : many) sink(each); // !`,
  'follows exceptions': `
    String a = "x";
    try { a = source(); risky(); a = "y"; }
    catch (Exception e) { sink(a); } // !
    sink(a); // !`,
  'runs finally in the end, whatever happens': `
    String a = source();
    try { if (p == null) return; a = ""; }
    finally { sink(a); } // !
    sink(a);`,
  'carries data in a thrown exception': `
    try { throw new IllegalStateException(source()); }
    catch (IllegalStateException e) { sink(e.getMessage()); } // !`,
  'leaves inner loops by label': `
    String a = source();
    outer: while (true) { while (true) { a = ""; break outer; } }
    sink(a);`,
  'follows lambdas with what they see around them': `
    String a = source();
    Runnable r = () -> sink(a); // !
    list.forEach(x -> sink(x));
    String b = source();
    b.chars().forEach(c -> sink(c)); // !`,
  'does not read the condition': `
    boolean ok = source().equals("x");
    if (ok) { sink("a"); }
    sink(ok ? "a" : "b");
    sink(ok); // !`,
  'knows a switch with arrows': `
    String a = source();
    switch (p) { case "a" -> a = "x"; default -> a = "y"; }
    sink(a);`,
  'follows loops of all sorts': `
    String a = "x";
    for (int i = 0; i < 3; i++) { sink(a); a = source(); } // !
    String b = "x";
    do { b = b + source(); } while (p != null);
    sink(b); // !
    String c = "x";
    while (p != null) { String d = source(); c = d; if (p == null) break; c = ""; }
    sink(c); // !`,
  'forgets what is overwritten': `
    String a = source(); a = "x";
    sink(a);
    String b = source(); b = b.trim();
    sink(b); // !
    String c = source(); c += "x";
    sink(c); // !
    c = p;
    sink(c);`,
  'joins branches': `
    String a = source();
    if (p == null) a = "x";
    sink(a); // !
    String b = source();
    if (p == null) b = "x"; else b = "y";
    sink(b);
    String c;
    if (p == null) c = source(); else c = "y";
    sink(c); // !`,
  'leaves by return, throw and continue': `
    String b = "x";
    if (p == null) { b = source(); throw new E(); }
    sink(b);
    for (String s : list) { String d = source(); if (s == null) { d = ""; continue; }
      sink(d); // !
    }
    String a = source();
    if (p == null) { a = ""; return; }
    sink(a); // !`,
  'knows the value of a switch expression': `
    String a = switch (p) { case "x" -> source(); default -> "y"; };
    sink(a); // !
    String b = switch (p) { case "x": yield source(); default: yield "y"; };
    sink(b); // !`,
  'falls through the cases of an old switch': `
    String a = "x";
    switch (p) { case "a": a = source(); case "b":
      sink(a); // !
      break; default: sink(a); }
    String b = source();
    switch (p) { case "a": b = ""; break; default: b = ""; }
    sink(b);`,
  'follows resources': `
    try (Reader r = open(source())) { sink(r.read()); } // !
    try (Reader r = open("x")) { sink(r.read()); }`,
  'follows arrays and collections': `
    String[] a = new String[2]; a[0] = source();
    sink(a[1]); // !
    String[][] b = { { source() } };
    sink(b[0][0]); // !
    int[] c = { 1 };
    sink(c[0]);`,
  'follows casts, conditionals, instanceof and assignments as values': `
    Object a = source();
    sink((String) a); // !
    sink(p == null ? a : "x"); // !
    sink(a == null ? "x" : "y");
    if (a instanceof String s) { sink(s); } // !
    String b, c;
    b = c = source();
    sink(b); // !
    sink(c); // !`,
  'follows what a variable is cleaned of': `
    String a = source();
    check(a);
    sink(a);
    String b = source();
    if (p == null) check(b);
    sink(b); // !
    String c = source();
    String d = clean(c);
    sink(d);
    sink(c); // !`,
  'follows chains of builders': `
    StringBuilder b = new StringBuilder(source());
    sink(b.append("x").append("y").toString()); // !
    String s = new StringBuilder().append("a").append(source()).toString();
    sink(s); // !`,
  'follows text blocks and concatenation': `
    String a = """
      select """ + source();
    sink(a); // !
    sink("a" + 1 + source() + "b"); // !`,
  'follows anonymous classes': `
    String a = source();
    run(new Runnable() { public void run() { sink(a); } }); // !
    run(new Runnable() { public void run() { sink(p); } });`,
  'follows a synchronized block and labels': `
    String a = source();
    synchronized (this) { sink(a); } // !
    x: { a = ""; if (p == null) break x; a = source(); }
    sink(a); // !`,
  'follows var, final and enhanced loops': `
    final var a = source();
    for (var each : a.split(",")) sink(each); // !
    for (int i = 0; i < p.length(); i++) sink(i);`,
  'tells variables of two blocks apart': `
    { String a = source(); sink(a); } // !
    { String a = "x"; sink(a); }
    if (p == null) { String b = source(); } else { String b = "x"; sink(b); }`,
};

const files: Readonly<Record<string, string>> = {
  'follows static fields': `
class A {
  static String q; static String r = "x";
  static void set() { A.q = source(); }
  void get() {
    sink(q); // !
    sink(A.q); // !
    sink(A.r);
  }
}`,
  'follows initialisers of fields and constructors': `
class A {
  String q = source(); String r; String s;
  A(String tainted) { r = tainted; this.s = "x"; }
  void get() {
    sink(q); // !
    sink(this.r); // !
    sink(s);
  }
}`,
  'follows a getter and a setter': `
class A {
  private String q;
  void setQ(String x) { this.q = x; }
  String getQ() { return q; }
  void m() {
    setQ(source());
    sink(getQ()); // !
  }
}`,
  'follows arguments by their place': `
class A {
  String second(String a, String b) { return b; }
  void m() {
    sink(second("x", source())); // !
    sink(second(source(), "x"));
    sink(this.second(source(), "x"));
  }
}`,
  'follows variable arguments': `
class A {
  String all(String... xs) { return xs[0]; }
  void m() {
    sink(all("x", source())); // !
  }
}`,
  'follows calls of calls': `
class A {
  String a(String x) { return b(x); }
  String b(String x) { return c(x) + "!"; }
  String c(String x) { return x; }
  void m() {
    sink(a(source())); // !
    sink(a("x"));
  }
}`,
  'follows what a method does to its argument': `
class A {
  void fill(Box b) { b.value = source(); }
  void m() {
    Box b = new Box();
    fill(b);
    sink(b.value); // !
    sink(b.label);
  }
}`,
  'follows methods of a class inside': `
class A {
  class B { String q; void set() { q = source(); } void get() { sink(q); } } // !
  class C { String q; void get() { sink(q); } }
}`,
  'follows the constructor of the class above': `
class B { B(String x) { sink(x); } } // !
class A extends B { A(String tainted) { super(tainted); } }`,
  'follows a field of a field': `
class A {
  Inner in = new Inner();
  void set() { this.in.q = source(); }
  void get() {
    sink(this.in.q); // !
    sink(in.r);
  }
}`,
  'follows lambdas that are kept': `
class A {
  void m() {
    Function<String, String> f = x -> x + "!";
    sink(f.apply(source())); // !
    Supplier<String> g = () -> source();
    sink(g.get()); // !
  }
}`,
  'follows parameters of handlers': `
class A {
  void m(@Param("x") String tainted, String other) {
    sink(tainted); // !
    sink(other);
  }
}`,
  'follows records': `
record R(String a, String b) { }
class A {
  void m() {
    R r = new R(source(), "x");
    sink(r.a()); // !
  }
}`,
  'ends with recursion': `
class A {
  String f(String x, int n) { return n == 0 ? x : f(x, n - 1); }
  void m() {
    sink(f(source(), 3)); // !
    sink(f("x", 3));
  }
}`,
};

describe('taint in Java', () => {
  for (const [name, code] of Object.entries(files)) {
    it(name, async () => {
      await check('java', code);
    });
  }
  for (const [name, body] of Object.entries(cases)) {
    it(name, async () => {
      await check('java', inMethod(body));
    });
  }

  it('follows fields of the object from method to method', async () => {
    await check(
      'java',
      `
class A {
  private String q;
  private String r = "";
  void set() { this.q = source(); }
  void get() {
    sink(this.q); // !
    sink(q); // !
    sink(r);
  }
}`,
    );
  });

  it('follows objects made in the file', async () => {
    await check(
      'java',
      `
class Box {
  private String value; private String label;
  Box(String value, String label) { this.value = value; this.label = label; }
  String getValue() { return this.value; }
  String getLabel() { return this.label; }
}
class Use {
  void m() {
    Box box = new Box(source(), "x");
    sink(box.getValue()); // !
    sink(box.getLabel());
  }
}`,
    );
  });

  it('follows static helpers, and trusts what they do', async () => {
    await check(
      'java',
      `
class A {
  static String quote(String s) { return "'" + s + "'"; }
  static String only(String s) { return clean(s); }
  void run(String cmd) { sink(cmd); } // !
  void m(String tainted) {
    sink(quote(tainted)); // !
    sink(A.quote(tainted)); // !
    sink(only(tainted));
    this.run(tainted);
  }
}`,
    );
  });

  it('assumes safe what the options call safe', async () => {
    const options = {
      taint_assume_safe_numbers: true,
      taint_assume_safe_booleans: true,
      taint_assume_safe_comparisons: true,
    };
    const body = `
    int n = source();
    boolean b = source();
    String s = source();
    sink(n); sink(b); sink(s.length()); sink(s.equals("x")); sink(s == p);
    sink(s); // !`;
    await check('java', inMethod(body), { options });
    await check('java', inMethod('sink(f(source()) + p[source()]);'), {
      options: { taint_assume_safe_functions: true, taint_assume_safe_indexes: true },
    });
    await check(
      'java',
      inMethod('String a = source(); String b = a; String c = b + "x"; sink(b); // !\n sink(c); sink(f(a));'),
      {
        options: { taint_only_propagate_through_assignments: true },
      },
    );
  });

  it('asks for labels', async () => {
    const and = {
      is: 'and',
      of: [
        { is: 'label', name: 'A' },
        { is: 'label', name: 'B' },
      ],
    } as const;
    await check('java', inMethod('String a = source(); sink(a); sink(a + other()); // !'), { requires: and });
    const not = {
      is: 'and',
      of: [
        { is: 'label', name: 'A' },
        { is: 'not', of: { is: 'label', name: 'B' } },
      ],
    } as const;
    await check('java', inMethod('String a = source(); sink(a); // !\n sink(a + other());'), {
      requires: not,
    });
  });
});
