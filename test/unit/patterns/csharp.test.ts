import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';

const inMethod = (body: string): string => `class A {\n  void M(string p) {\n${body}\n  }\n}\n`;

/** A pattern, statements, and how often the pattern is in them. */
const IN_METHOD: readonly (readonly [pattern: string, body: string, times: number])[] = [
  // Calls and arguments
  ['F($X)', 'F(1); F(1, 2); a.F(1); G(F(2));', 2],
  ['F($X, ...)', 'F(1); F(1, 2); F();', 2],
  ['F(..., $X)', 'F(1); F(1, 2); F();', 2],
  ['F(..., secure: false, ...)', 'F(1, secure: false); F(secure: false, x: 2); F(secure: true);', 2],
  ['F(a: 1, b: 2)', 'F(b: 2, a: 1); F(a: 1);', 1],
  ['$O.F()', 'a.F(); a?.F(); a!.F(); a.b.F(); F();', 4],
  ['a.F()', 'a.F(); a?.F(); b.a.F();', 2],
  ['F(out $X)', 'F(out x); F(out var y); F(z);', 2],
  ['F(ref $X)', 'F(ref x); F(x);', 1],
  ['$F<$T>($X)', 'F<int>(1); F(2); a.G<string>(3);', 2],
  ['$O.F<$T>($X)', 'a.F<int>(1); a.F(2);', 1],
  ['F($X)', 'F<int>(1);', 1],
  ['$M["key"]', 'm["key"] = 1; m["other"] = 2;', 1],
  ['$O. ... .Build()', 'x.A(1).B().Build(); Build(); x.Build();', 2],
  ['$X.Length', 'var a = b.Length + c?.Length;', 2],
  ['nameof($X)', 'F(nameof(a));', 1],
  ['typeof($T)', 'F(typeof(a));', 1],
  ['await $X', 'await F(); var a = await G();', 2],
  ['await $X.F(...)', 'var a = await b.F(1); b.F(2);', 1],
  // Objects
  ['new() { Secure = false }', 'Foo a = new() { X = 1, Secure = false }; F(new() { Secure = false });', 2],
  ['new Foo(...)', 'F(new()); var a = new Bar();', 0],
  ['new Foo(...)', 'new Foo(1); new Foo { A = 1 }; new Bar();', 2],
  ['new Foo($X)', 'Foo a = new(1); Foo b = new Foo(2); Bar c = new(3);', 2],
  [
    'new Foo { ..., Secure = false, ... }',
    'var a = new Foo { X = 1, Secure = false }; var b = new Foo { Secure = true };',
    1,
  ],
  [
    'new Foo { Secure = false }',
    'var a = new Foo { X = 1, Secure = false }; Foo b = new() { Secure = false };',
    2,
  ],
  ['new Foo(...) { Secure = $V }', 'var a = new Foo(1) { Secure = x };', 1],
  [
    'new Dictionary<string, string> { ["a"] = $X }',
    'var d = new Dictionary<string, string> { ["a"] = x, ["b"] = y };',
    1,
  ],
  ['new List<$T>(...)', 'var a = new List<int>(); var b = new Set<int>();', 1],
  ['new byte[] { ... }', 'var a = new byte[] { 1, 2 }; var b = new int[] { 1 };', 1],
  ['new byte[$N]', 'var a = new byte[16]; var b = new int[3];', 1],
  ['new[] { $X, ... }', 'var a = new[] { 1, 2 }; ', 1],
  ['new { A = $X }', 'var a = new { A = 1, B = 2 };', 1],
  ['$X with { A = $Y }', 'var a = b with { A = 1 };', 1],
  // Statements and ellipsis
  ['A(); ... B();', 'A(); X(); B();', 1],
  ['var $X = Open(...); ... $X.Read();', 'var a = Open(1); if (y) { a.Read(); }', 1],
  ['F($X); ... G($X);', 'var r = F(a); G(a); F(b); G(c);', 1],
  ['var $X = $V;', 'var a = 1; int b = 2; var c = 3;', 3],
  ['$T $X = $V;', 'var a = 1; int b = 2; string c;', 2],
  ['int $X = $V;', 'var a = 1; int b = 2;', 1],
  ['$X = $V', 'int a = 1; b = 2; c += 3;', 2],
  ['const string $K = "..."', 'const string a = "x"; string b = "y";', 1],
  ['using var $X = $V;', 'using var a = F(); var b = F();', 1],
  ['using (var $X = $V) { ... }', 'using (var a = F()) { G(); } using (H()) { }', 1],
  ['using ($X) { ... }', 'using (H()) { }', 1],
  ['lock ($X) { ... }', 'lock (a) { F(); }', 1],
  ['if ($C) { ... }', 'if (a) F(); if (a) { F(); } else { G(); }', 2],
  ['if ($C) { ... } else { ... }', 'if (a) F(); if (a) { F(); } else { G(); }', 1],
  ['if (<... $X.IsDebug() ...>) { ... }', 'if (a && b.IsDebug()) { F(); }', 1],
  ['foreach (var $X in $Y) { ... }', 'foreach (var a in b) { F(); } foreach (int c in d) F();', 2],
  ['foreach ($T $X in $Y) { ... }', 'foreach (var a in b) { F(); } foreach (int c in d) F();', 2],
  [
    'for (...) { ... F($X); ... }',
    'for (int i = 0; i < n; i++) { F(i); } foreach (var a in b) F(a); for (;;) G();',
    2,
  ],
  [
    'for (int $I = 0; $I < $N; $I++) { ... }',
    'for (int i = 0; i < n; i++) { F(i); } for (int i = 1; i < n; i++) { }',
    1,
  ],
  ['while (true) { ... }', 'while (true) { F(); } while (a) { }', 1],
  ['do { ... } while ($C);', 'do { F(); } while (a);', 1],
  ['return $X;', 'return 1;', 1],
  ['throw new $E(...);', 'throw new X("a"); F(a ?? throw new Y());', 2],
  ['throw $X', 'throw new X("a");', 1],
  ['$A ?? throw $E', 'F(a ?? throw new Y());', 1],
  ['$A ?? $B', 'F(a ?? b); ', 1],
  ['$C ? $A : $B', 'F(a ? b : c);', 1],
  ['($T)$X', 'F((int)a); F(b as string);', 2],
  ['$X as $T', 'F(b as string);', 1],
  ['$X is Foo', 'F(a is Foo); F(a is Bar);', 1],
  ['$X is null', 'if (a is null) F(); if (b is not null) G();', 1],
  ['$X == $X', 'F(a == a); F(a == b);', 1],
  ['$X == null', 'F(a == null); F(a == b);', 1],
  ['F(true)', 'F(true); F(false);', 1],
  ['F(null)', 'F(null); F(0);', 1],
  ['yield return $X;', 'yield return 1; yield break;', 1],
  ['($A, $B) = $X', '(a, b) = F(); ', 1],
  ['var ($A, $B) = $X;', 'var (a, b) = F(); ', 1],
  ['$X++', 'a++; b--;', 1],
  ['checked { ... }', 'checked { F(); }', 1],
  ['unsafe { ... }', 'unsafe { F(); }', 1],
  // Lambdas
  ['$X => $Y', 'F(a => a.B); F((c) => c); F((d, e) => d);', 2],
  ['($A, $B) => { ... }', 'F((a, b) => { G(); }); F(a => a);', 1],
  [
    '(...) => true',
    'h.Callback = (m, c, ch, e) => true; h.Other = (m) => false; h.X += delegate { return true; };',
    2,
  ],
  ['delegate (...) { ... }', 'F(delegate (int a) { return a; });', 1],
  [
    '$H.ServerCertificateCustomValidationCallback = (...) => true',
    'h.ServerCertificateCustomValidationCallback = (a, b, c, d) => true;',
    1,
  ],
  ['$X += $H', 'a.Click += OnClick; a.b = c;', 1],
  ['async $X => $Y', 'F(async a => await b); F(c => d);', 1],
  // Switch
  ['switch ($X) { ... }', 'switch (a) { case 1: F(); break; default: break; }', 1],
  ['switch ($X) { case "a": F(); break; }', 'switch (a) { case "a": F(); break; case "b": G(); break; }', 1],
  ['case $X: ... break;', 'switch (a) { case 1: F(); break; case 2: G(); break; default: return; }', 2],
  ['default: return;', 'switch (a) { case 1: F(); break; default: return; }', 1],
  ['$X switch { "a" => $Y }', 'var r = a switch { "a" => 1, _ => 2 };', 1],
  ['_ => $Y', 'var r = a switch { "a" => 1, _ => 2 };', 1],
  // Try
  ['try { ... } catch ($E $X) { ... }', 'try { F(); } catch (A b) { G(); }', 1],
  ['catch { }', 'try { F(); } catch { } try { F(); } catch (A) { } try { F(); } catch { G(); }', 1],
  [
    'catch (Exception) { }',
    'try { F(); } catch (Exception) { } try { F(); } catch (Exception e) { } try { F(); } catch (A) { }',
    2,
  ],
  ['catch (Exception $E) { ... }', 'try { F(); } catch (Exception e) { G(e); } catch (A a) { }', 1],
  ['try { ... } finally { ... }', 'try { F(); } finally { G(); }', 1],
  ['catch ($T $E) when ($C) { ... }', 'try { F(); } catch (A e) when (e.B) { } catch (C d) { }', 1],
  // LINQ
  ['from $X in $Y where $C select $Z', 'var q = from a in b where a.C == 1 select a;', 1],
  ['$X.Where($Y => $C)', 'var q = a.Where(b => b.C == 1);', 1],
  ['where $X.Name == $Y', 'var q = from a in b where a.Name == p select a;', 1],
  // Strings
  ['"..."', 'F("a"); F(@"b"); F("""c"""); F($"d {e}"); F($"f");', 4],
  ['$"...{$X}..."', 'F($"a {b} c"); F($@"a {b:x}"); F($"plain");', 2],
  ['"$X"', 'F("a"); F(b);', 1],
  ['"=~/^http:/"', 'F("http://x"); F("https://x");', 1],
  ['$C.CommandText = "..." + $X', 'c.CommandText = "select " + x; c.CommandText = "select";', 1],
  ['$C.CommandText = $"...{$X}..."', 'c.CommandText = $"select {x}"; c.CommandText = "select";', 1],
  ['string.Format("...", ...)', 'string.Format("a {0}", b); string.Format(c, d);', 1],
  // Numbers and constants
  ['F($"...{$X.Get(...)}...")', 'F($"a {b.Get(1)} c"); F($"a {b} c"); F("a");', 1],
  ['F($@"...{$X[...]}...")', 'F($@"a {b["x"]} c"); F($@"a {b} c");', 1],
  ['F(16)', 'const int n = 8 + 8; F(n); F(0x10); F(1_6);', 3],
  ['F("AES/ECB")', 'const string m = "ECB"; F($"AES/{m}"); F("AES/" + m);', 2],
  ['F(<... $X.Password ...>)', 'F("a" + user.Password); F(user.Name);', 1],
  ['if ($X) $S;', 'if (a) F(); if (b) { F(); } if (c) return;', 3],
  ['if ($X) { $S; }', 'if (a) F(); if (b) { F(); G(); }', 1],
  ['while ($X) { $S; ... }', 'while (a) { F(); G(); }', 1],
  ['lock ($X) $S;', 'lock (o) F(); lock (p) { F(); } lock (q) { F(); G(); }', 2],
  ['lock (o) F();', 'lock (o) F(); lock (o) { F(); } lock (o) G();', 2],
  ['lock ($X) { ... }', 'lock (o) F(); lock (p) { F(); }', 2],
  ['using ($X) $S;', 'using (a) F();', 1],
  ['foreach (var $X in $Y) $S;', 'foreach (var x in xs) F(x);', 1],
  ['$S; F($X);', 'int a = 1; F(a);', 1],
  ['label: F();', 'label: F();', 1],
  ['goto $X;', 'goto a;', 1],
  ['this.$X', 'this.a = 1;', 1],
  ['base.$F(...)', 'base.M();', 1],
  ['global::System.Console.WriteLine(...)', 'System.Console.WriteLine("a");', 1],
];

/** A pattern, a file, and how often the pattern is in it. */
const FILES: readonly (readonly [pattern: string, code: string, times: number])[] = [
  [
    '$T $F(...) { ... }',
    'class A { void F() { } int G(int x) { return x; } int H() => 1; int P { get { return 1; } } A() { } }',
    3,
  ],
  ['[assembly: A("x")]', 'using B;\n[assembly: A("x")]\n[assembly: C, A("y")]\nclass D { }', 1],
  ['[assembly: A($X)]', '[assembly: A("x")]\n[assembly: C, A("y")]\nclass D { }', 2],
  ['public record P(int X, int Y);', 'public record P(int X, int Y);\nrecord Q(int X);', 1],
  ['record $P(int X, ...)', 'public record P(int X, int Y);\nrecord Q(int Z);', 1],
  ['[module: A(1)]', '[module: A(1)]\nclass D { }', 1],
  ['public $T $F(...) { ... }', 'class A { public void F() { } int G(int x) { return x; } }', 1],
  ['async Task $F(...) { ... }', 'class A { async Task F() { } async Task<int> G() { } Task H() { } }', 2],
  [
    '$T $F(..., string $X, ...) { ... G($X); ... }',
    'class A { void F(int a, string b) { G(b); } void H(string c) { G(1); } }',
    1,
  ],
  ['$T $F($T2 $X) { ... }', 'class A { void F(int a) { } void H() { } }', 1],
  [
    '[HttpPost]',
    'class A { [HttpPost] void F() { } [HttpPost("x"), Authorize] void G() { } [HttpGet] void H() { } }',
    2,
  ],
  ['[HttpPost("$R")]', 'class A { [HttpPost("x")] void G() { } }', 1],
  [
    '[HttpPost]\npublic $T $F(...) { ... }',
    'class A { [HttpPost] public void F() { } public void G() { } }',
    1,
  ],
  ['[Route(..., Name = "x")]', 'class A { [Route("a", Name = "x")] void F() { } }', 1],
  ['$T $F([FromBody] $T2 $X) { ... }', 'class A { void F([FromBody] Foo a) { } void G(Foo a) { } }', 1],
  ['[Obsolete] class $C { ... }', '[Obsolete("x")] class A { } class B { }', 1],
  ['class $C : $B { ... }', 'class A : B { } class C : D, E { } class F { } class G : H<int> { }', 3],
  ['class $C : Controller { ... }', 'class A : Controller, I { } class B : Other { }', 1],
  ['class $C { ... $T $F() { ... } ... }', 'class A { int x; void F() { } } class B { int x; }', 1],
  ['class $C', 'class A { } struct B { }', 1],
  ['record $R(...);', 'record A(int X); class B { }', 1],
  ['interface $I { ... }', 'interface A { void F(); } class B { }', 1],
  ['enum $E { ... }', 'enum A { X, Y } class B { }', 1],
  ['struct $S { ... }', 'struct A { } class B { }', 1],
  ['namespace $N { ... }', 'namespace A.B { class C { } }', 1],
  [
    'private readonly $T $X = $V;',
    'class A { private readonly int x = 1; int y = 2; readonly int z = 3; }',
    1,
  ],
  ['string $P { get; set; }', 'class A { public string X { get; set; } string Y { get; } string z; }', 1],
  [
    'public $T $P { get; set; } = $V;',
    'class A { public string X { get; set; } = "a"; public int Y { get; set; } }',
    1,
  ],
  ['$T $P => $V;', 'class A { int X => 1; int Y { get { return 2; } } int F() => 3; }', 2],
  ['get { ... }', 'class A { int X { get { return 1; } set { } } }', 1],
  [
    'public $C(...) : base(...) { ... }',
    'class A : B { public A(int x) : base(x) { F(); } public A() { } }',
    1,
  ],
  ['event $T $E;', 'class A { event Foo X; Foo Y; }', 1],
  ['delegate $T $D(...);', 'delegate int A(int x);', 1],
  ['params $T[] $X', 'class A { void F(params string[] a) { } }', 1],
  ['string $X;', 'class A { string a; int b; }', 1],
  ['public static void Main(...) { ... }', 'class A { public static void Main(string[] args) { } }', 1],
  ['Console.WriteLine($X);', 'Console.WriteLine("top level");', 1],
  ['using System.IO;', 'using System.IO;\nusing System;', 1],
  ['using $X;', 'using System.IO;\nusing System;', 2],
  ['using $A = $X;', 'using S = System.IO;\nusing System;', 1],
  // Names
  ['System.Diagnostics.Process.Start(...)', 'using System.Diagnostics;\nProcess.Start("x");', 1],
  ['System.Diagnostics.Process.Start(...)', 'using P = System.Diagnostics.Process;\nP.Start("x");', 1],
  ['System.Diagnostics.Process.Start(...)', 'using static System.Diagnostics.Process;\nStart("x");', 1],
  ['System.Diagnostics.Process.Start(...)', 'System.Diagnostics.Process.Start("x");', 1],
  ['System.Diagnostics.Process.Start(...)', 'using Other;\nProcess.Start("x");', 0],
  ['System.Console.WriteLine(...)', 'Console.WriteLine("x");', 1],
  ['System.IO.File.ReadAllText($X)', 'File.ReadAllText(p);', 1],
  ['new System.Random(...)', 'var r = new Random();', 1],
  [
    'System.Security.Cryptography.MD5.Create()',
    'using System.Security.Cryptography;\nnamespace A { class B { void F() { using var h = MD5.Create(); } } }',
    1,
  ],
  // Constants
  ['F("MD5")', 'class A { const string K = "MD5"; void M() { F(K); F(A.K); F(this.x); } }', 2],
  ['F("MD5")', 'class A { private static readonly string K = "MD5"; void M() { F(K); } }', 1],
  ['F("MD5")', 'class A { private string k = "MD5"; void N() { k = G(); } void M() { F(k); } }', 0],
  // Types
  ['(string $X).Length', 'class A { void F(string a, int[] b) { var x = a.Length + b.Length; } }', 1],
  [
    '(SqlCommand $X).ExecuteReader()',
    'class A { SqlCommand c; Other o; void F() { c.ExecuteReader(); this.c.ExecuteReader(); o.ExecuteReader(); var d = new SqlCommand(); d.ExecuteReader(); SqlCommand e = new(); e.ExecuteReader(); } }',
    4,
  ],
  [
    '(SqlCommand $X).ExecuteReader()',
    'class A { public SqlCommand C { get; set; } void F(SqlCommand? d) { C.ExecuteReader(); d!.ExecuteReader(); d?.ExecuteReader(); } }',
    3,
  ],
  ['(SqlCommand $X).ExecuteReader()', 'class A(SqlCommand c) { void F() { c.ExecuteReader(); } }', 1],
  ['($T $X).Close()', 'class A { void F(Foo a) { a.Close(); b.Close(); } }', 1],
  [
    '(Foo $X).Close()',
    'class A { void F(object o) { if (o is Foo f) { f.Close(); } if (o is not Foo g) return; g.Close(); G(out Foo h); h.Close(); } }',
    3,
  ],
  [
    '(Foo $X).Close()',
    'class A { void F() { foreach (Foo f in x) f.Close(); try { } catch (Foo e) { e.Close(); } using (Foo u = G()) { u.Close(); } } }',
    3,
  ],
  // Lists of arguments of attributes, accessors, patterns with fields
  [
    '[F()]\nvoid $X() { ... }',
    'class A { [F] void a() { x(); } [F()] void b() { x(); } [F(1)] void c() { x(); } }',
    2,
  ],
  [
    '[F]\nvoid $X() { ... }',
    'class A { [F] void a() { x(); } [F()] void b() { x(); } [F(1)] void c() { x(); } }',
    3,
  ],
  [
    '[F(...)]\nvoid $X() { ... }',
    'class A { [F] void a() { x(); } [F()] void b() { x(); } [F(1)] void c() { x(); } }',
    3,
  ],
  [
    '[F(1)]\nvoid $X() { ... }',
    'class A { [F] void a() { x(); } [F()] void b() { x(); } [F(1)] void c() { x(); } }',
    1,
  ],
  [
    '[A]\n[B]\nvoid $X() { ... }',
    'class A { [B, C, A] void a() { x(); } [A][B] void b() {x();} [A] void c() { x(); } }',
    2,
  ],
  ['$T $F() { ... }', 'class A { int P { get { return 1; } set { x = value; } } int m() { return 2; } }', 1],
  [
    'get { return $X; }',
    'class A { int P { get { return 1; } set { x = value; } } int m() { return 2; } }',
    1,
  ],
  [
    '$X is Foo { Name: $Y }',
    'class A { void f() { if (a is Foo { Id: 1, Name: "b" }) g(); if (a is Foo { Id: 1 }) h(); } }',
    1,
  ],
  [
    '$X is Foo { Name: var $N } $Y',
    'class A { void f() { if (a is Foo { Id: 1, Name: var b } c) g(); if (a is Foo { Name: var d }) h(); } }',
    1,
  ],
];

/** A formula, code, and how often it holds. */
const FORMULAS: readonly (readonly [formula: string, code: string, times: number])[] = [
  [
    'patterns:\n  - pattern: F($X)\n  - metavariable-regex:\n      metavariable: $X\n      regex: a.*',
    'F(abc); F(b);',
    1,
  ],
  [
    'patterns:\n  - pattern: F($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: $X < 2048',
    'const int N = 1024; F(N); F(4096);',
    1,
  ],
  [
    'patterns:\n  - pattern: F($X)\n  - metavariable-type:\n      metavariable: $X\n      type: string',
    'string a = G(); int b = 1; F(a); F(b); F("x");',
    2,
  ],
  [
    'patterns:\n  - pattern: F($X)\n  - metavariable-pattern:\n      metavariable: $X\n      patterns:\n        - pattern: G(...)\n        - pattern-not: G(1)',
    'F(G(1)); F(G(2)); F(H());',
    1,
  ],
  ['patterns:\n  - pattern: F($X, $Y)\n  - focus-metavariable: $Y', 'F(1, abc);', 1],
  [
    'patterns:\n  - pattern-inside: |\n      class $C : Controller { ... }\n  - pattern: F($X)',
    'class A : Controller { void M() { F(1); } } class B { void M() { F(1); } }',
    1,
  ],
  [
    'patterns:\n  - pattern: |\n      [HttpPost]\n      public $T $F(...) { ... }\n  - pattern-not: |\n      [ValidateAntiForgeryToken]\n      public $T $F(...) { ... }\n  - focus-metavariable: $F',
    'class A { [HttpPost] public int X() { } [HttpPost, ValidateAntiForgeryToken] public int Y() { } }',
    1,
  ],
  [
    'patterns:\n  - pattern: F($X)\n  - pattern-not-inside: |\n      if (DEBUG) { ... }',
    'if (DEBUG) { F(1); } F(2);',
    1,
  ],
  ['pattern-regex: TODO', '// TODO a', 1],
  [
    'patterns:\n  - pattern: $P = $F\n  - pattern-inside: new T { ... }\n  - metavariable-regex: { metavariable: $F, regex: "false" }\n  - focus-metavariable: $F',
    'var a = new T { X = false, Y = true, Z = false }; q = false; if (a is T { X: false }) F();',
    2,
  ],
];

describe('patterns of C#', () => {
  const cases = [
    ...IN_METHOD.map(([pattern, body, times]) => [pattern, inMethod(body), times] as const),
    ...FILES,
  ];
  for (const [pattern, code, times] of cases) {
    it(`${pattern} is ${times} times in ${code}`.replace(/\s+/g, ' '), async () => {
      const block = pattern.split('\n').join('\n  ');
      const found = await matches(`pattern: |\n  ${block}`, code, 'csharp');
      assert.equal(found.length, times, found.join('\n'));
    });
  }

  for (const [formula, code, times] of FORMULAS) {
    it(`${formula} holds ${times} times in ${code}`.replace(/\s+/g, ' '), async () => {
      const found = await matches(formula, code, 'csharp');
      assert.equal(found.length, times, found.join('\n'));
    });
  }
});
