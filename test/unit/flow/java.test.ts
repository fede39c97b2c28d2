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
};

describe('taint in Java', () => {
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
