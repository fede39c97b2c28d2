import { check } from './support.ts';

const inFunction = (body: string): string => `fun m(p: String, tainted: String) {\n${body}\n}\n`;

const bodies: Readonly<Record<string, string>> = {
  'follows declarations, concatenation and templates': `
    val a = source()
    val q = "select " + a
    sink(q) // !
    sink("$a") // !
    sink("x \${a.b}") // !
    sink("""x $a""") // !
    val t = """
      select \${a}
    """.trimIndent()
    sink(t) // !
    sink("$p")
    sink("constant")
    sink("x".format(a)) // !
    sink(String.format("%s", a)) // !
    sink(clean(a))`,
  'follows parameters': `
    sink(tainted) // !
    sink(p)`,
  'forgets what is overwritten': `
    var a = source()
    a = "x"
    sink(a)
    var b = "x"
    b += source()
    sink(b) // !`,
  'follows casts and null handling': `
    val a = source() as String
    sink(a) // !
    sink(a as? Int) // !
    sink(a!!) // !
    sink(a?.trim()) // !
    sink(a?.b?.c) // !
    val x = source() ?: "c"
    sink(x) // !
    val y = source() ?: return
    sink(y!!) // !
    val z = p ?: source()
    sink(z) // !
    val w = p ?: throw E(source())
    sink(w)
    sink("x" ?: "y")`,
  'follows let': `
    val a = source()
    a.let { sink(it) } // !
    a?.let { x -> sink(x) } // !
    val b = a.let { f(it) }
    sink(b) // !
    "c".let { sink(it) }
    a?.let { sink(it) } ?: sink("x") // !
    a.let(::sink)`,
  'follows also, apply, run and with': `
    val a = source()
    a.also { sink(it) } // !
    a.apply { sink(this) } // !
    a.run { sink(this) } // !
    with(a) { sink(this) } // !
    val b = a.also { log(it) }
    sink(b) // !
    val c = a.apply { trim() }
    sink(c) // !
    val d = run { source() }
    sink(d) // !
    val e = with(p) { source() }
    sink(e) // !
    a.takeIf { it != "" }?.let { sink(it) } // !
    "c".also { sink(it) }
    "c".apply { sink(this) }
    with("c") { sink(this) }
    "c".run { sink(this) }`,
  'sees fields of a receiver': `
    val o = Box().apply { value = source() }
    sink(o.value) // !
    val q = Box().also { it.value = source() }
    sink(q.value) // !
    val r = Box().apply { value = "x" }
    sink(r.value)`,
  'knows the value of if': `
    val a = source()
    val x = if (p == "") a else "c"
    sink(x) // !
    val y = if (p == "") { "a" } else { "c" }
    sink(y)
    sink(if (p == "") a else "c") // !
    val z = if (a == "") "b" else "c"
    sink(z)`,
  'knows the value of when': `
    val a = source()
    val x = when (p) { "a" -> a
      else -> "c" }
    sink(x) // !
    val y = when { p == "" -> "x"
      else -> "y" }
    sink(y)
    val z = when (val s = source()) { "a" -> s
      else -> "c" }
    sink(z) // !
    when (a) {
      is String -> sink(a) // !
      in list -> sink("x")
      else -> { sink(a) } // !
    }
    when (p) { "a", "b" -> sink(a) // !
      else -> {} }`,
  'knows the value of try': `
    val x = try { source() } catch (e: E) { "c" }
    sink(x) // !
    val y = try { "a" } catch (e: E) { "c" } finally { source() }
    sink(y)
    try { throw E(source()) } catch (e: E) { sink(e.message) } // !
    val z = runCatching { source() }.getOrNull()
    sink(z) // !`,
  'runs loops to the end': `
    for (x in source()) { sink(x) } // !
    for ((k, v) in source()) { sink(v) } // !
    for ((i, x) in source().withIndex()) sink(x) // !
    var a = "c"
    while (p != "") { sink(a) // !
      a = source() }
    var b = "c"
    do { b = b + source() } while (p != "")
    sink(b) // !
    for (x in list) sink(x)
    for (i in 0..3) sink(i)
    repeat(3) { sink(a) } // !`,
  'joins branches': `
    var a = source()
    if (p == "") a = "x"
    sink(a) // !
    var b = source()
    if (p == "") b = "x" else b = "y"
    sink(b)
    var c = source()
    when (p) { "a" -> c = "x"
      else -> c = "y" }
    sink(c)`,
  'leaves by return, throw, break and continue': `
    var b = "x"
    if (p == "") { b = source(); throw E() }
    sink(b)
    for (s in list) { var d = source()
      if (s == "") { d = ""; continue }
      sink(d) // !
    }
    var e = source()
    outer@ while (true) { while (true) { e = ""; break@outer } }
    sink(e)
    val f = source()
    list.forEach { if (it == "") return@forEach
      sink(f) } // !`,
  'follows destructuring': `
    val (a, b) = source()
    sink(a) // !
    val (c, _) = Pair(source(), "x")
    sink(c) // !
    source().let { (x, y) -> sink(y) } // !
    map.forEach { (k, v) -> sink(v) }
    val (d, e) = "x" to source()
    sink(e) // !`,
  'follows collections': `
    val l = listOf("a", source())
    sink(l[1]) // !
    sink(l.first()) // !
    val m = mapOf("k" to source())
    sink(m["k"]) // !
    val n = mutableMapOf<String, String>()
    n["k"] = source()
    sink(n["k"]) // !
    val o = arrayOf(source())
    sink(o[0]) // !
    sink(l.joinToString(",")) // !
    sink(listOf("a"))
    sink(*l) // !`,
  'follows functions on collections': `
    val a = source()
    sink(a.split(",").map { it.trim() }) // !
    sink(list.map { a }) // !
    sink(list.map { "c" })
    a.lines().forEach { sink(it) } // !
    a.lines().forEachIndexed { i, x -> sink(x) } // !
    a.lines().filter { it != "" }.map { x -> sink(x) } // !
    list.forEach { x -> sink(x) }
    val f = list.fold("") { acc, x -> acc + a }
    sink(f) // !
    a.lines().mapNotNull { sink(it) } // !
    a.lines().onEach { sink(it) } // !
    a.use { sink(it) } // !`,
  'follows builders of text': `
    val a = source()
    val s = buildString { append(a) }
    sink(StringBuilder(a).append("x").toString()) // !
    sink(StringBuilder().append("a").append(a).toString()) // !
    val b = StringBuilder()
    b.append(a)
    sink(b.toString())
    copy(b, a)
    sink(b.toString()) // !`,
  'follows lambdas and anonymous functions': `
    val a = source()
    val f = { sink(a) } // !
    f()
    val id = { s: String -> s }
    sink(id(a)) // !
    sink(id("x"))
    val g = fun(s: String): String { return s }
    sink(g(a)) // !
    val h = fun(s: String) = "c"
    sink(h(a))
    sink(id.invoke(a)) // !`,
  'follows objects written in place': `
    val a = source()
    execute(object : Runnable {
      override fun run() { sink(a) } // !
    })
    execute(object : Runnable {
      override fun run() { sink(p) }
    })
    Thread { sink(a) }.start() // !
    thread(start = true) { sink(a) } // !`,
  'follows trailing lambdas': `
    val a = source()
    launch { sink(a) } // !
    withContext(Dispatchers.IO) { sink(a) } // !
    val b = withContext(Dispatchers.IO) { source() }
    sink(b) // !
    val c = synchronized(this) { source() }
    sink(c) // !
    val d = async { source() }.await()
    sink(d) // !`,
  'follows delegates': `
    val a by lazy { source() }
    sink(a) // !
    val b by lazy { "x" }
    sink(b)`,
  'follows fields and elements': `
    val o = Box()
    o.a = source()
    sink(o.a) // !
    sink(o.b)
    sink(o) // !
    o.a = "x"
    sink(o.a)`,
  'follows named arguments of the unknown': `
    sink(value = tainted) // !
    val f = File(path = tainted)
    sink(f) // !
    val g = Box(a = "x", b = tainted)
    sink(g.b) // !`,
  'follows infix calls and ranges': `
    val a = source()
    sink(a to "x") // !
    sink("x" to "y")
    sink(a.."z") // !
    sink(a in list) // !
    sink(a + 1) // !`,
  'trusts checks and copies': `
    val a = source()
    check(a)
    sink(a)
    val b = source()
    if (p == "") check(b)
    sink(b) // !
    val c = StringBuilder()
    copy(c, source())
    sink(c) // !`,
  'tells variables of two blocks apart': `
    run { val a = source(); sink(a) } // !
    run { val a = "x"; sink(a) }
    if (p == "") { val a = source() } else { val a = "x"; sink(a) }`,
  'follows local functions': `
    fun f(x: String) = x
    fun g(x: String) = "c"
    sink(f(source())) // !
    sink(g(source()))
    val a = source()
    fun h() { sink(a) } // !
    h()`,
  'does not take comparisons with is and a class for data': `
    val a = source()
    sink(a is String) // !
    sink(String::class)
    sink(p::class.java)`,
};

const files: Readonly<Record<string, string>> = {
  'follows functions with bodies of an expression': `
fun a(x: String): String = x
fun b(x: String) = "c"
fun m() { sink(a(source())) // !
  sink(b(source()))
  inner(source()) }
fun inner(y: String) { sink(y) } // !
`,
  'follows named and default arguments': `
fun a(x: String, y: String): String { return y }
fun b(x: String = "c", y: String = source()): String { return y }
fun m() {
  sink(a(y = source(), x = "c")) // !
  sink(a(x = source(), y = "c"))
  sink(b()) // !
  sink(b(y = "c"))
}`,
  'follows variable arguments': `
fun all(vararg xs: String): String = xs[0]
fun m() { sink(all("x", source())) } // !
`,
  'follows a function given as an argument': `
fun run(x: String, f: (String) -> Unit) { f(x) }
fun twice(f: () -> String): String = f() + f()
fun m() {
  run(source()) { sink(it) } // !
  run("x") { sink(it) }
  run(source(), ::show)
  sink(twice { source() }) // !
  sink(twice { "x" })
}
fun show(s: String) { sink(s) } // !
`,
  'follows fields from method to method': `
class A {
  var q = ""
  var r = ""
  val s = source()
  fun set() { this.q = source() }
  fun get() {
    sink(q) // !
    sink(this.q) // !
    sink(r)
    sink(s) // !
  }
}`,
  'follows constructors': `
class A(val q: String) {
  fun m() { sink(q) }
}
class B(x: String) {
  val y = x
  init { sink(x) } // !
}
class C {
  var z = ""
  constructor(x: String) { z = x }
}
data class D(val a: String, val b: String)
fun n() {
  val a = A(source())
  sink(a.q) // !
  sink(A("x").q)
  val b = B(source())
  val c = C(source())
  sink(c.z) // !
  val d = D(a = source(), b = "x")
  sink(d.a) // !
  sink(d.b)
}`,
  'follows extension functions': `
fun String.twice(): String = this + this
fun String.none(): String = "c"
fun String.show() { sink(this) } // !
fun m() {
  sink(source().twice()) // !
  sink(source().none())
  sink("x".twice())
  source().show()
}`,
  'follows properties that compute': `
class A {
  private var raw = ""
  private var safe = ""
  val v: String
    get() = raw
  val w: String get() { return safe }
  val x: String
    get() = clean(raw)
  fun set() { raw = source() }
  fun m() {
    sink(v) // !
    sink(this.v) // !
    sink(w)
    sink(x)
  }
}
val String.quoted: String get() = "'" + this + "'"
fun n(tainted: String) { sink(tainted.quoted) } // !
`,
  'follows setters and the field behind a property': `
class A {
  var a: String = ""
    set(value) { field = value.trim() }
  var b: String = ""
    set(value) { field = clean(value) }
  var c: String = ""
    get() = field
  var d = ""
    set(v) { sink(v) } // !
  fun m() {
    a = source()
    sink(a) // !
    b = source()
    sink(b)
    sink(c)
    d = source()
  }
}
fun n() {
  val o = A()
  o.a = source()
  sink(o.a) // !
  val q = A()
  q.b = source()
  sink(q.b)
}`,
  'follows companions and objects': `
class A {
  companion object {
    var q = ""
    fun set() { q = source() }
    fun id(x: String) = x
  }
  fun m() {
    sink(q) // !
    sink(A.id(source())) // !
    sink(A.id("x"))
  }
}
object S {
  var q = ""
  var r = ""
}
fun a() { S.q = source() }
fun m() {
  sink(S.q) // !
  sink(S.r)
}`,
  'follows variables of the file': `
var q = ""
val r = source()
var s = ""
fun a() { q = source() }
fun m() {
  sink(q) // !
  sink(r) // !
  sink(s)
}`,
  'follows suspending functions': `
suspend fun load(): String = withContext(Dispatchers.IO) { source() }
suspend fun m() { sink(load()) } // !
`,
  'follows interfaces and overriding': `
interface I {
  fun f(x: String): String
}
class A : I { override fun f(x: String) = x }
fun m(i: I, a: A) {
  sink(a.f(source())) // !
  sink(i.f(source())) // !
}`,
  'follows statements of a script': `
val a = source()
sink(a) // !
routing { get("/x") { sink(call.parameters["a"]) } }
`,
  'follows calls between classes': `
class Repo { fun find(id: String): String { return "select $id" }
  fun run(q: String) { sink(q) } } // !
class A(private val repo: Repo) {
  fun m(tainted: String) {
    sink(repo.find(tainted)) // !
    repo.run(tainted)
    sink(Repo().find("x"))
  }
}`,
};

describe('taint in Kotlin', () => {
  for (const [name, body] of Object.entries(bodies)) {
    it(name, async () => {
      await check('kotlin', inFunction(body));
    });
  }
  for (const [name, code] of Object.entries(files)) {
    it(name, async () => {
      await check('kotlin', code);
    });
  }
});
