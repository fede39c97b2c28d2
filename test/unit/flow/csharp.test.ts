import { check } from './support.ts';

const inMethod = (body: string): string =>
  `class A {\n  async Task M(string p, string tainted) {\n${body}\n  }\n}\n`;

const bodies: Readonly<Record<string, string>> = {
  'follows declarations, concatenation and interpolation': `
    var a = source();
    string q = "select " + a + ";";
    sink(q); // !
    sink($"x {a}"); // !
    sink($@"x {a.Trim(),10:N2}"); // !
    sink($"""x {a}"""); // !
    sink($"{p}");
    sink(string.Format("{0}", a)); // !
    sink(String.Concat("x", a)); // !
    sink("constant");
    sink(clean(a));`,
  'follows parameters': `
    sink(tainted); // !
    sink(p);`,
  'does not take the name of a variable for its value': `
    var a = source();
    sink(nameof(a));
    sink(typeof(A));
    sink(sizeof(int));
    sink(default(string));`,
  'forgets what is overwritten': `
    var a = source(); a = "x";
    sink(a);
    var b = "x"; b += source();
    sink(b); // !
    string c = null; c ??= source();
    sink(c); // !`,
  'follows casts and null handling': `
    object a = source();
    sink((string)a); // !
    sink(a as string); // !
    sink(a!); // !
    sink(a?.Trim()); // !
    sink(a?.B?.C); // !
    sink(a?[0]); // !
    sink(a ?? "x"); // !
    sink("x" ?? "y");`,
  'binds the names of patterns': `
    object a = source();
    if (a is string s) sink(s); // !
    if (a is not string t) return;
    sink(t); // !
    if (a is Foo { Name: var n }) sink(n); // !
    if (a is { B: { C: var c } } d) sink(c); // !
    if (a is (var x, _)) sink(x); // !
    if (a is string { Length: > 3 } u && u != "x") sink(u); // !
    if (a is [var first, ..]) sink(first); // !
    if (p is string v) sink(v);`,
  'tells the fields of a pattern apart': `
    var o = new Foo { A = source(), B = "x" };
    if (o is { A: var a }) sink(a); // !
    if (o is { B: var b }) sink(b);`,
  'gives out arguments what the call makes': `
    var a = source();
    a.TryGet("k", out var v);
    sink(v); // !
    map.TryGet(a, out string w);
    sink(w); // !
    string x;
    map.TryGet(a, out x);
    sink(x); // !
    map.TryGet("k", out var y);
    sink(y);
    map.TryGet(a, out _);
    var z = source();
    map.TryGet("k", out z);
    sink(z);`,
  'knows the value of a switch expression': `
    var a = source();
    var x = p switch { "a" => a, _ => "c" };
    sink(x); // !
    var y = p switch { "a" => "b", _ => "c" };
    sink(y);
    var z = a switch { string s when s != "" => s, _ => "c" };
    sink(z); // !
    sink(p switch { "a" => a, _ => "c" }); // !`,
  'knows the cases of a switch': `
    var a = "x";
    switch (source()) {
      case string s when s != "": sink(s); break; // !
      case Foo { B: var b }: sink(b); break; // !
      case null: a = source(); break;
      default: break;
    }
    sink(a); // !`,
  'knows the conditional': `
    var a = p == null ? "x" : source();
    sink(a); // !
    sink(source() == "x" ? "y" : "z");`,
  'follows exceptions': `
    var a = "c";
    try { a = source(); G(); a = "d"; } catch (E e) { sink(a); } // !
    sink(a); // !
    try { throw new E(source()); } catch (E e) when (e.Code == 1) { sink(e.Message); } // !
    var b = source();
    try { if (p == null) return; b = ""; } finally { sink(b); } // !
    sink(b);
    var c = p ?? throw new E(source());
    sink(c);`,
  'follows using': `
    using (var r = source()) { sink(r); } // !
    using (var r = Open("x")) { sink(r); }
    using var q = source();
    sink(q); // !
    await using var w = Open(source());
    sink(w.Read()); // !
    using StreamReader t = new(source());
    sink(t.ReadToEnd()); // !`,
  'follows await': `
    var a = await source();
    sink(a); // !
    sink(await other.GetAsync(a)); // !
    sink(await a.ConfigureAwait(false)); // !
    await foreach (var x in source()) sink(x); // !
    var t = Task.Run(() => source());
    sink(await t); // !`,
  'runs loops to the end': `
    foreach (var x in source()) sink(x); // !
    foreach (var (k, v) in source()) sink(v); // !
    for (var i = source(); i < 3; i++) { sink(i); } // !
    var b = "x";
    while (p != null) { sink(b); b = source(); } // !
    var c = "x";
    do { c = c + source(); } while (p != null);
    sink(c); // !
    foreach (var x in list) sink(x);`,
  'joins branches': `
    var a = source();
    if (p == null) a = "x";
    sink(a); // !
    var b = source();
    if (p == null) b = "x"; else b = "y";
    sink(b);
    var c = source();
    if (p == null) { c = "x"; } else if (p == "y") { c = "z"; }
    sink(c); // !`,
  'leaves by return, throw, continue and goto': `
    var b = "x";
    if (p == null) { b = source(); throw new E(); }
    sink(b);
    foreach (var s in list) { var d = source(); if (s == null) { d = ""; continue; }
      sink(d); // !
    }
    var e = source();
    goto end;
    sink(e);
    end: sink(e); // !`,
  'follows tuples and deconstruction': `
    var (a, b) = source();
    sink(a); // !
    (var c, var d) = ("x", source());
    sink(c);
    sink(d); // !
    string e, f;
    (e, f) = (source(), "x");
    sink(e); // !
    sink(f);
    var t = (l: source(), r: "x");
    sink(t.l); // !
    sink(t.r);`,
  'follows object initialisers': `
    var o = new Foo { A = source(), B = "c" };
    sink(o.A); // !
    sink(o); // !
    sink(o.B);
    var n = new { A = source(), B = "c" };
    sink(n.A); // !
    sink(n.B);
    Foo m = new() { A = source(), B = "c" };
    sink(m.A); // !
    sink(m.B);
    var r = s with { A = source() };
    sink(r.A); // !
    var i = new Foo { Inner = new Bar { C = source() }, D = { E = "x" } };
    sink(i.Inner.C); // !
    sink(i.D);
    sink(new Foo { A = source() }); // !
    sink(new Foo("x") { A = "y" });`,
  'follows collections': `
    var l = new List<string> { "a", source() };
    sink(l[1]); // !
    string[] z = { source() };
    sink(z[0]); // !
    var y = new[] { "a", source() };
    sink(y[0]); // !
    var x = new string[] { source() };
    sink(x); // !
    List<string> w = ["a", source()];
    sink(w); // !
    var d = new Dictionary<string, string> { ["k"] = source() };
    sink(d["k"]); // !
    var e = new Dictionary<string, string> { { "k", source() } };
    sink(e["k"]); // !
    var f = new string[2]; f[0] = source();
    sink(f[1]); // !
    sink(f[1..]); // !
    sink(f[^1]); // !
    sink(new List<string> { "a" });`,
  'does not taint an object by an argument of its method': `
    var b = new StringBuilder();
    b.Append(source());
    sink(b.ToString());
    copy(b, source());
    sink(b.ToString()); // !`,
  'follows chains of builders': `
    var b = new StringBuilder(source());
    sink(b.Append("x").ToString()); // !
    sink(new StringBuilder().Append("a").Append(source()).ToString()); // !`,
  'follows lambdas': `
    var a = source();
    Action f = () => sink(a); // !
    Func<string, string> id = x => x;
    sink(id(a)); // !
    sink(id("x"));
    source().Select(x => sink(x)); // !
    source().Where((x) => { sink(x); return true; }); // !
    list.ForEach(x => sink(x));
    list.ForEach(delegate(string x) { sink(a); }); // !
    f.Invoke();`,
  'follows queries': `
    var q = from u in source() where u.A == 1 select u.B;
    sink(q); // !
    var r = from u in source() select sink(u); // !
    var s = from u in users where u.Name == source() select u.Id;
    var t = from u in users let v = source() select v;
    sink(t); // !
    var w = from u in users join o in source() on u.Id equals o.Id select o;
    sink(w); // !
    sink(users.Where(u => u.A).Select(u => u.B));`,
  'follows linq methods': `
    var a = source();
    sink(a.Split(',').Select(x => x.Trim()).ToList()); // !
    sink(string.Join(",", a)); // !
    sink(a.FirstOrDefault(x => x.Ok)); // !
    sink(list.Select(x => a)); // !
    sink(list.Select(x => "c"));`,
  'follows ref locals and checked code': `
    var a = source();
    ref var b = ref a;
    sink(b); // !
    checked { sink(a); } // !
    unsafe { sink(a); } // !
    lock (this) { sink(a); } // !
    fixed (char* c = a) { sink(c); } // !`,
  'trusts checks and copies': `
    var a = source();
    check(a);
    sink(a);
    var b = source();
    if (p == null) check(b);
    sink(b); // !
    var c = "";
    copy(c, source());
    sink(c); // !`,
  'tells variables of two blocks apart': `
    { var a = source(); sink(a); } // !
    { var a = "x"; sink(a); }`,
  'follows assignments as values': `
    string a, b;
    a = b = source();
    sink(a); // !
    sink(b); // !
    string line;
    while ((line = source()) != null) sink(line); // !`,
  'follows local functions': `
    string F(string x) => x;
    string G(string x) { return "c"; }
    static string H(string x) => x;
    sink(F(source())); // !
    sink(G(source()));
    sink(H(source())); // !`,
  'follows events and delegates': `
    var a = source();
    button.Click += (s, e) => sink(a); // !
    button.Click += delegate { sink(p); };`,
};

const files: Readonly<Record<string, string>> = {
  'follows methods with bodies of an expression': `
class A {
  string F(string x) => x;
  string G(string x) => "c";
  void M() { sink(F(source())); } // !
  void N() { sink(G(source())); }
  void O(string y) { sink(y); } // !
  void P() { O(source()); this.O("c"); }
}`,
  'follows named and optional arguments': `
class A {
  string Second(string a, string b = "x") { return b; }
  void M() {
    sink(Second(b: source(), a: "x")); // !
    sink(Second(a: source(), b: "x"));
    sink(Second(source()));
  }
}`,
  'follows variable arguments': `
class A {
  string All(params string[] xs) { return xs[0]; }
  void M() { sink(All("x", source())); } // !
}`,
  'follows out and ref parameters': `
class A {
  void F(out string x) { x = source(); }
  void G(ref string x) { x = x + source(); }
  bool H(string k, out string v) { v = k; return true; }
  void I(string x) { x = source(); }
  void M() { F(out var y);
    sink(y); // !
  }
  void N() { string z = "c"; F(out z);
    sink(z); // !
  }
  void O() { string z = "c"; G(ref z);
    sink(z); // !
  }
  void P() {
    if (H(source(), out var v)) sink(v); // !
    if (H("c", out var w)) sink(w);
  }
  void Q() { string z = "c"; I(z); sink(z); }
}`,
  'follows fields': `
class A {
  private string q; string r = ""; string s = source();
  void S() { this.q = source(); }
  void G() {
    sink(q); // !
    sink(this.q); // !
    sink(r);
    sink(s); // !
  }
}`,
  'follows automatic properties': `
class A {
  public string Q { get; set; }
  public string R { get; init; } = source();
  public string S { get; set; } = "x";
  void Fill() { Q = source(); }
  void G() {
    sink(this.Q); // !
    sink(R); // !
    sink(S);
  }
}`,
  'follows properties with bodies': `
class A {
  string raw; string safe = "x";
  public string Q => raw;
  public string R { get { return raw; } }
  public string S { get => safe; set { raw = value; } }
  public string T { get => clean(raw); }
  void Fill() { raw = source(); }
  void G() {
    sink(Q); // !
    sink(this.R); // !
    sink(S);
    sink(T);
  }
}`,
  'follows the setter of a property': `
class A {
  string raw; string other;
  public string S { get { return raw; } set { raw = value; } }
  public string T { get { return other; } set { other = clean(value); } }
  void G() {
    S = source();
    sink(raw); // !
    sink(S); // !
    this.T = source();
    sink(T);
    sink(other);
  }
}
`,
  'follows properties of several objects': `
class A { string raw; public string S { get { return raw; } set { raw = value; } } }
class B {
  void G() {
    var a = new A();
    a.S = source();
    sink(a.S); // !
    var b = new A();
    b.S = "x";
    sink(b.S);
  }
}`,
  'reaches sinks in accessors': `
class A {
  public string S { set { sink(value); } } // !
  void G() { S = source(); }
}`,
  'follows constructors, primary ones and records': `
class A { public string q; public A(string x) { q = x; } }
class B : A { public B(string y) : base(y) { sink(y); } } // !
record R(string Q, string S);
class C(string q) { public void M() { sink(q); } }
class D {
  void M() {
    var a = new A(source());
    sink(a.q); // !
    A b = new(source());
    sink(b.q); // !
    var c = new B(source());
    var r = new R(source(), "x");
    sink(r.Q); // !
    sink(new A("x").q);
  }
}`,
  'follows static fields': `
static class S { public static string Q; public static string R = "x"; }
class A {
  void F() { S.Q = source(); }
  void G() {
    sink(S.Q); // !
    sink(S.R);
  }
}`,
  'follows extension methods': `
static class E {
  public static string Twice(this string s) => s + s;
  public static string None(this string s) => "c";
}
class A {
  void M() {
    sink(E.Twice(source())); // !
    sink(E.None(source()));
    sink(source().Twice()); // !
  }
}`,
  'follows statements of a file': `
var a = source();
sink(a); // !
app.MapGet("/x", (string tainted) => sink(tainted)); // !
app.MapGet("/y", (string p) => sink(p));`,
  'follows asynchronous methods': `
class A {
  async Task<string> F() { return await source(); }
  Task<string> G() => Task.FromResult("x");
  async Task M() {
    sink(await F()); // !
    sink(await G());
  }
}`,
  'follows iterators': `
class A {
  IEnumerable<string> F() { yield return "x"; yield return source(); }
  void M() { foreach (var x in F()) sink(x); } // !
}`,
  'follows indexers and operators as unknown calls': `
class A {
  void M(Foo f) {
    f["k"] = source();
    sink(f["k"]); // !
    sink(f + source()); // !
  }
}`,
  'follows calls between classes': `
class Repo { public string Find(string id) { return "select " + id; } public void Run(string q) { sink(q); } } // !
class A {
  private readonly Repo repo;
  void M(string tainted) {
    sink(repo.Find(tainted)); // !
    repo.Run(tainted);
    sink(new Repo().Find("x"));
  }
}`,
};

describe('taint in C#', () => {
  for (const [name, body] of Object.entries(bodies)) {
    it(name, async () => {
      await check('csharp', inMethod(body));
    });
  }
  for (const [name, code] of Object.entries(files)) {
    it(name, async () => {
      await check('csharp', code);
    });
  }
});
