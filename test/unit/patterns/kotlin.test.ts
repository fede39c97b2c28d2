import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';

/** A pattern, code, and how often the pattern is in it. */
const PATTERNS: readonly (readonly [pattern: string, code: string, times: number])[] = [
  ['f("a ${$X.z}")', 'f("a ${y.z}")\nf("a ${y.w}")\nf("a $y")', 1],
  ['f("a ${g($X)} b")', 'f("a ${g(y)} b")\nf("a ${h(y)} b")', 1],
  // Calls and arguments
  ['f($X)', 'f(1)\nf(1, 2)\na.f(1)\ng(f(2))', 2],
  ['f($X, ...)', 'f(1)\nf(1, 2)\nf()', 2],
  ['f(..., $X)', 'f(1)\nf(1, 2)\nf()', 2],
  ['f(...)', 'f()\nf(1) { it }\nf { it }\nval x = f(2)', 4],
  ['$O.f()', 'a.f()\na?.f()\na!!.f()\na.b.f()\nf()', 4],
  ['a.f()', 'a.f()\na?.f()\nb.a.f()', 2],
  ['$O.f(verify = false)', 'a.f(verify = false)\na.f(false)\na.f(verify = true)', 1],
  ['f(..., secure = false, ...)', 'f(1, secure = false)\nf(secure = false, x = 2)\nf(secure = true)', 2],
  ['f(a = 1, b = 2)', 'f(b = 2, a = 1)\nf(a = 1)', 1],
  ['f(*$X)', 'f(*x)\nf(x)', 1],
  ['$F<$T>($X)', 'f<Int>(1)\ng(f<A>(y), 2)\nf(1)', 2],
  ['f($X)', 'f<Int>(1)\nf<A, B>(y)', 2],
  ['Regex("$X")', 'Regex("a+")\nRegex(x)', 1],
  ['$X.length', 'a.length\na?.length\na.size', 2],
  ['$M["key"]', 'm["key"]\nm["other"]', 1],
  ['$O. ... .build()', 'B().a(1).b().build()\nbuild()\nx.build()', 2],
  [
    'OkHttpClient.Builder(). ... .hostnameVerifier($V). ... .build()',
    'OkHttpClient.Builder().x(1).hostnameVerifier(v).y().build()\nOkHttpClient.Builder().build()',
    1,
  ],
  ['Foo(...)', 'val x = Foo(1)\nval y: Foo = z', 1],
  ['$X::class.java', 'String::class.java\na.b.C::class.java', 2],
  ['::$F', 'list.forEach(::println)', 1],
  // Trailing lambdas
  ['f($X) { ... }', 'f(1) { a() }\nf(1)\nf(1, { b() })', 2],
  ['f { ... }', 'f { a() }\nf(1) { a() }\nf({ a() })', 2],
  ['$X.let { ... }', 'a?.let { b(it) }\na.let { x -> c(x) }\na.also { b(it) }', 2],
  ['$X.use { $Y -> ... }', 'a.use { r -> r.x() }\na.use { it.x() }', 2],
  ['{ $A, $B -> ... }', 'f { a, b -> a + b }\nf { a -> a }', 1],
  ['thread { ... $X.run() ... }', 'thread { a()\n b.run() }\nthread { a() }', 1],
  ['fun $F(...) { ... return ...; ... }', 'fun f(): Int { a(); return b }\nfun g() { c() }', 1],
  // Classes with parameters and members
  [
    'class $C(...) { ... fun f(...): $T { ... } ... }',
    'class A(val x: I) { fun f(y: J): K { return y }\n fun g() {} }\nclass B(val x: I)',
    1,
  ],
  [
    'class $C(..., $X: $T, ...) : $P(...) { ... }',
    'class A(x: Int, y: Int) : B(x) { }\nclass C : D() { }',
    1,
  ],
  // Several annotations before a declaration of a file, behind which another one follows
  ['@A\nclass $C { ... }', '@A\n@B("/x")\nclass C(val x: Y) {\n  fun f() {}\n}\n\nclass D {\n}', 1],
  ['@A\nfun $F(...) { ... }', '@B("x")\n@A\nfun f() {\n}\n\n@A\n@B\nfun g() { }\n\nclass D', 2],
  // Statements and ellipsis
  ['a()\n...\nb()', 'fun f() { a()\n x()\n b() }\nfun g() { b()\n a() }', 1],
  [
    'val $X = open(...)\n...\n$X.read()',
    'fun f() { val a = open(1)\n if (y) { a.read() } }\nfun g() { val a = open(1)\n b.read() }',
    1,
  ],
  ['f($X)\n...\ng($X)', 'fun m() { val r = f(a)\n g(a) }\nfun n() { f(a)\n g(b) }', 1],
  ['val $X = $V', 'val a = 1\nvar b = 2\nval c: Int = 3\nval d: Int', 2],
  ['var $X: $T = $V', 'var a = 1\nvar b: Int = 2\nval c: Int = 3', 1],
  ['$X = $V', 'fun f() { val a = 1\n b = 2\n c += 3 }', 2],
  ['val ($A, $B) = $V', 'val (a, b) = p\nval c = p', 1],
  ['const val $K = "..."', 'const val A = "x"\nval B = "x"\nprivate const val C = "y"', 2],
  ['val $X by lazy { ... }', 'val a by lazy { 1 }\nval b = lazy { 1 }', 1],
  ['lateinit var $X: $T', 'class A { lateinit var x: Foo\n var y: Foo }', 1],
  ['if ($C) { ... }', 'fun f() { if (a) b()\n if (a) { b() } else { c() } }', 2],
  ['if ($C) { ... } else { ... }', 'fun f() { if (a) b()\n val x = if (a) b else c }', 1],
  ['val $X = if ($C) $A else $B', 'val x = if (a) b else c\nval y = if (a) { b } else { c }', 2],
  ['for ($X in $Y) { ... }', 'fun f() { for (a in b) c()\n for ((k, v) in m) { } }', 2],
  ['for (...) { ... f($X) ... }', 'fun m() { for (a in b) f(a)\n for (a in b) g(a) }', 1],
  ['while (true) { ... }', 'fun f() { while (true) { a() }\n while (b) { } }', 1],
  ['do { ... } while ($C)', 'fun f() { do { a() } while (b) }', 1],
  ['return $X', 'fun f(): Int { return 1 }\nfun g() { return }', 1],
  ['throw $E(...)', 'fun f() { throw IllegalStateException("x") }', 1],
  ['$A ?: return', 'fun f() { val x = a ?: return\n val y = a ?: b }', 1],
  ['$A ?: throw $E', 'fun f() { val x = a ?: throw E() }', 1],
  ['$X as $T', 'val a = b as C\nval d = b as? E', 2],
  ['$X is $T', 'val a = b is C\nval c = b !is D', 1],
  ['$X !is $T', 'val a = b is C\nval c = b !is D', 1],
  ['$X in $Y', 'val a = b in c\nval d = b !in c', 1],
  ['$X until $Y', 'for (i in 0 until n) f()', 1],
  ['$X..$Y', 'for (i in 0..n) f()', 1],
  ['$X!!', 'val a = b!!\nb!!.c()\nc?.d', 2],
  ['$X == $X', 'val a = b == b\nval c = b == d', 1],
  ['$X == null', 'val a = b == null\nval c = b == 0', 1],
  ['f(true)', 'f(true)\nf(false)', 1],
  // When
  ['when ($X) { ... }', 'fun f() { when (a) { 1 -> b()\n else -> c() }\n when { a -> b() } }', 1],
  ['when ($X) {\n  "a" -> $Y\n}', 'val r = when (a) { "a" -> 1\n "b" -> 2\n else -> 3 }', 1],
  ['is $T -> $X', 'fun f() { when (a) { is B -> c()\n is D -> e()\n else -> g() } }', 2],
  ['else -> $X', 'fun f() { when (a) { is B -> c()\n else -> g() } }', 1],
  // Try
  ['try { ... } catch ($E: $T) { ... }', 'fun f() { try { a() } catch (e: X) { b() } finally { c() } }', 1],
  ['catch ($E: $T) { }', 'fun f() { try { a() } catch (e: X) { }\n try { a() } catch (e: Y) { b() } }', 1],
  [
    'catch ($E: Exception) { ... }',
    'fun f() { try { a() } catch (e: Exception) { b() } catch (e: X) { } }',
    1,
  ],
  [
    'try { ... } finally { ... }',
    'fun f() { try { a() } finally { b() }\n try { a() } catch (e: X) { } }',
    1,
  ],
  // Functions
  ['fun $F(...) { ... }', 'fun a() { b() }\nfun c(x: Int): Int { return x }\nfun d() = 1', 3],
  ['fun $F(...): String { ... }', 'fun a(): String { return "" }\nfun b(): Int { return 1 }', 1],
  [
    'fun $F(..., $X: $T, ...) { ... g($X) ... }',
    'fun a(x: Int, y: String) { g(y) }\nfun b(x: Int) { g(1) }',
    1,
  ],
  ['fun $F($X: String)', 'fun a(x: String) { }\nfun b(x: Int) { }\ninterface I { fun c(y: String) }', 2],
  ['suspend fun $F(...) { ... }', 'suspend fun a() { }\nfun b() { }', 1],
  ['fun String.$F(...) { ... }', 'fun String.a() { }\nfun b() { }', 1],
  ['fun $F(@Body $X: $T) { ... }', 'fun a(@Body x: Int) { }\nfun b(x: Int) { }', 1],
  [
    'override fun $F(...) { }',
    'class A { override fun a() { }\n override fun b() { c() }\n fun d() { } }',
    1,
  ],
  ['fun $F(...) = $X', 'fun a() = b()\nfun c() { d() }', 1],
  ['$X: String', 'fun f(a: String, b: Int) { }', 1],
  ['vararg $X: $T', 'fun f(vararg a: String, b: Int) { }', 1],
  // Classes
  ['class $C : $B { ... }', 'class A : B { }\nclass C : D(1), E { }\nclass F { }', 2],
  ['class $C : $B', 'class A : B(1)\nclass C', 1],
  ['class $C(...) : Base(...) { ... }', 'class A(x: Int) : Base(x) { }\nclass B(x: Int) : Other(x) { }', 1],
  [
    'class $C { ... fun $F() { ... } ... }',
    'class A {\n val x = 1\n fun f() { }\n}\nclass B { val x = 1 }',
    1,
  ],
  [
    'class $C { ... val $X = "..." ... }',
    'class A {\n val x = "k"\n}\nclass B {\n companion object {\n  const val K = "k"\n }\n}\nclass C { val x = 1 }',
    2,
  ],
  ['data class $C(...)', 'data class A(val x: Int)\nclass B(val x: Int)', 1],
  ['object $O { ... }', 'object A { val x = 1 }\nclass B { }', 1],
  ['object : X509TrustManager { ... }', 'val t = object : X509TrustManager { override fun f() { } }', 1],
  ['interface $I { ... }', 'interface A { fun f() }\nclass B { }', 1],
  ['enum class $E { ... }', 'enum class A { X, Y }\nclass B { }', 1],
  ['@Foo', '@Foo class A\n@Foo("x") class B\n@Bar class C', 2],
  ['@Foo(...)\nclass $C', '@Foo("x") class A\nclass B', 1],
  ['@Path("$P")\nfun $F(...) { ... }', 'class A { @Path("/x") fun f() { }\n fun g() { } }', 1],
  ['@JavascriptInterface', 'class A { @JavascriptInterface fun f() { } }', 1],
  ['get() = $X', 'class A {\n val x: Int\n  get() = 1\n}', 1],
  // Strings
  ['"..."', 'val a = "x"\nval b = "x $y"\nval c = """z"""', 2],
  ['"$X"', 'val a = "x"\nval b = y', 1],
  ['"=~/^http:/"', 'f("http://x")\nf("https://x")', 1],
  ['"...${$X}..."', 'val a = "select $b from"\nval c = "plain"\nval d = "x ${e.f}"', 2],
  ['"...$X..."', 'val a = "select $b from"\nval c = "plain"', 1],
  ['"SELECT ... WHERE ${...}"', 'val a = "x"', 0],
  ['db.rawQuery("..." + $X, ...)', 'db.rawQuery("select " + x, null)\ndb.rawQuery("select", null)', 1],
  [
    'db.rawQuery("...${$X}...", ...)',
    'db.rawQuery("select $x", null)\ndb.rawQuery("""a $x""", null)\ndb.rawQuery("select", null)',
    2,
  ],
  // Deep
  ['f(<... $X.password ...>)', 'f("a" + user.password)\nf(user.name)', 1],
  ['if (<... $X.isDebug() ...>) { ... }', 'fun f() { if (a && b.isDebug()) { c() } }', 1],
  // Imports
  [
    'java.security.MessageDigest.getInstance("MD5")',
    'import java.security.MessageDigest\nval a = MessageDigest.getInstance("MD5")',
    1,
  ],
  [
    'java.security.MessageDigest.getInstance($X)',
    'import java.security.MessageDigest as D\nval a = D.getInstance("MD5")',
    1,
  ],
  [
    'java.security.MessageDigest.getInstance($X)',
    'import java.security.*\nval a = MessageDigest.getInstance("MD5")',
    1,
  ],
  [
    'java.security.MessageDigest.getInstance($X)',
    'import other.MessageDigest\nval a = MessageDigest.getInstance("MD5")',
    0,
  ],
  ['java.lang.Runtime.getRuntime()', 'val a = Runtime.getRuntime()', 1],
  ['import java.util.$X', 'import java.util.Random\nimport java.util.Date as D\nimport java.io.File', 2],
  // Constants
  ['f("MD5")', 'const val A = "MD5"\nval x = f(A)', 1],
  [
    'f("MD5")',
    'class C {\n companion object {\n  private const val A = "MD5"\n }\n fun m() { f(A)\n f(C.A) }\n}',
    2,
  ],
  ['f("AES/ECB")', 'val m = "ECB"\nval x = f("AES/$m")', 1],
  ['f(16)', 'val n = 8 + 8\nf(n)\nf(0x10)', 2],
  // Types
  ['($X : String).length', 'fun f(a: String, b: Int) { a.length\n b.length }', 1],
  [
    '($X : SQLiteDatabase).rawQuery(...)',
    'class A(private val db: SQLiteDatabase, val o: Other) { fun f() { db.rawQuery("x")\n this.db.rawQuery("y")\n o.rawQuery("z") } }',
    2,
  ],
  [
    '($X : SQLiteDatabase).rawQuery(...)',
    'fun f(d: SQLiteDatabase?) { d!!.rawQuery("x")\n d?.rawQuery("y") }',
    2,
  ],
  ['($X : Random).nextInt(...)', 'import java.util.Random\nfun f() { val r = Random()\n r.nextInt(3) }', 1],
  [
    '($X : java.util.Random).nextInt(...)',
    'import java.util.Random\nfun f() { val r = Random()\n r.nextInt(3) }',
    1,
  ],
  ['($X : $T).close()', 'fun f(a: Foo) { a.close()\n b.close() }', 1],
  // Lists of arguments of annotations
  ['@F()\nfun $X() { ... }', '@F fun a() { x() }\n@F() fun b() { x() }\n@F(1) fun c() { x() }', 2],
  ['@F\nfun $X() { ... }', '@F fun a() { x() }\n@F() fun b() { x() }\n@F(1) fun c() { x() }', 3],
  ['@F(...)\nfun $X() { ... }', '@F fun a() { x() }\n@F() fun b() { x() }\n@F(1) fun c() { x() }', 3],
  ['@F(1)\nfun $X() { ... }', '@F fun a() { x() }\n@F() fun b() { x() }\n@F(1) fun c() { x() }', 1],
  ['@A\n@B\nfun $X() { ... }', '@B @C @A fun a() { x() }\n@A fun b() { x() }', 1],
  ['fun $F() = $X', 'class A {\n val v: String\n  get() = x\n fun g() = y\n}', 1],
];

/** A formula, code, and how often it holds. */
const FORMULAS: readonly (readonly [formula: string, code: string, times: number])[] = [
  [
    'patterns:\n  - pattern: f($X)\n  - metavariable-regex:\n      metavariable: $X\n      regex: a.*',
    'f(abc)\nf(b)',
    1,
  ],
  [
    'patterns:\n  - pattern: f($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: $X < 2048',
    'const val N = 1024\nval a = f(N)\nval b = f(4096)',
    1,
  ],
  [
    'patterns:\n  - pattern: f($X)\n  - metavariable-type:\n      metavariable: $X\n      type: String',
    'fun m(a: String, b: Int) { f(a)\n f(b)\n f("x") }',
    2,
  ],
  [
    'patterns:\n  - pattern: f($X)\n  - metavariable-pattern:\n      metavariable: $X\n      patterns:\n        - pattern: g(...)\n        - pattern-not: g(1)',
    'f(g(1))\nf(g(2))\nf(h())',
    1,
  ],
  ['patterns:\n  - pattern: f($X, $Y)\n  - focus-metavariable: $Y', 'f(1, abc)', 1],
  [
    'patterns:\n  - pattern-inside: |\n      class $C : Activity() { ... }\n  - pattern: f($X)',
    'class A : Activity() {\n fun m() { f(1) }\n}\nclass B {\n fun m() { f(1) }\n}',
    1,
  ],
  [
    'patterns:\n  - pattern: f($X)\n  - pattern-not-inside: |\n      if (DEBUG) { ... }',
    'fun m() { if (DEBUG) { f(1) }\n f(2) }',
    1,
  ],
  [
    'patterns:\n  - pattern: val $K = "$V"\n  - metavariable-analysis:\n      metavariable: $V\n      analyzer: entropy',
    'val a = "xK9#mQ2$vL8@pR5!zT7w"\nval b = "hello"'.replace('$vL8', 'vL8'),
    1,
  ],
  ['pattern-regex: TODO', '// TODO a\nval x = 1', 1],
];

describe('patterns of Kotlin', () => {
  for (const [pattern, code, times] of PATTERNS) {
    it(`${pattern} is ${times} times in ${code}`.replace(/\s+/g, ' '), async () => {
      const block = pattern.split('\n').join('\n  ');
      const found = await matches(`pattern: |\n  ${block}`, code, 'kotlin');
      assert.equal(found.length, times, found.join('\n'));
    });
  }

  for (const [formula, code, times] of FORMULAS) {
    it(`${formula} holds ${times} times in ${code}`.replace(/\s+/g, ' '), async () => {
      const found = await matches(formula, code, 'kotlin');
      assert.equal(found.length, times, found.join('\n'));
    });
  }
});
