import { check } from './support.ts';

const inMethod = (body: string): string =>
  `class A {\n  func m(_ p: String, tainted: String) throws {\n${body}\n  }\n}\n`;

const cases: Readonly<Record<string, string>> = {
  'follows constants, interpolation and concatenation': `
    let a = source()
    let q = "select \\(a)"
    sink(q) // !
    sink("x" + a) // !
    sink("constant")
    sink(clean(a))
    sink(#"raw \\#(a)"#) // !`,
  'follows parameters and labelled arguments': `
    sink(tainted) // !
    sink(p)
    sink(value: tainted) // !
    let f = File(path: tainted)
    sink(f) // !`,
  'follows optional chaining, unwrapping and casts': `
    let a: Any? = source()
    sink(a!) // !
    sink(a?.b) // !
    sink(a as? String) // !
    sink((a as! String).trimmed()) // !
    sink(a ?? "x") // !
    sink("x" ?? "y")`,
  'follows if let, guard let and while let': `
    if let a = source() { sink(a) } // !
    guard let b = source(), p != "" else { return }
    sink(b) // !
    while let c = source() { sink(c) } // !
    guard let d = clean(source()) else { return }
    sink(d)`,
  'follows switch and enum payloads': `
    switch source() {
    case .some(let x): sink(x) // !
    case let y as String: sink(y) // !
    default: sink("a")
    }`,
  'joins branches and runs loops to the end': `
    var a = "x"
    if p == "" { a = source() }
    sink(a) // !
    a = "y"
    sink(a)
    var b = ""
    for i in 0..<3 { sink(b); b = source() } // !
    for e in source() { sink(e) } // !
    repeat { b = "" } while p == ""
    sink(b)`,
  'follows try, errors and await': `
    let a = try source()
    sink(a) // !
    let b = try? source()
    sink(b) // !
    let c = await source()
    sink(c) // !
    do { throw E(source()) } catch let e as E { sink(e) } // !
    do { throw E(source()) } catch { sink(error) } // !`,
  'follows fields and elements': `
    let o = Box()
    o.a = source()
    sink(o.a) // !
    sink(o.b)
    var list = ["x"]
    list[0] = source()
    sink(list[1]) // !
    let d = ["a": source(), "b": "x"]
    sink(d) // !
    let t = (l: source(), r: "x")
    sink(t.l) // !
    sink(t.r)
    let (u, v) = (source(), "x")
    sink(u) // !
    sink(v)`,
  'follows closures': `
    let a = source()
    let run = { sink(a) } // !
    run()
    items.forEach { x in sink(x) }
    let many = source()
    many.forEach { sink($0) } // !
    many.map { y in sink(y) } // !
    let id = { (s: String) -> String in return s }
    sink(id(a)) // !
    DispatchQueue.main.async { sink(a) } // !`,
  'knows the ternary and comparisons': `
    let a = source()
    sink(p == "" ? a : "x") // !
    sink(p == "" ? "y" : "x")
    let n = a
    sink(n) // !`,
  'leaves functions through guard, return and throw': `
    var a = source()
    if p == "" { throw E.a } else { a = "x" }
    sink(a)
    guard p == "b" else { return }
    sink(a)
    defer { sink("x") }`,
  'trusts checks and copies': `
    let a = source()
    check(a)
    sink(a)
    var b = ""
    copy(b, source())
    sink(b) // !`,
};

describe('taint in Swift', () => {
  for (const [name, body] of Object.entries(cases)) {
    it(name, async () => {
      await check('swift', inMethod(body));
    });
  }

  it('follows functions, methods and properties of the file', async () => {
    await check(
      'swift',
      `
func quote(_ s: String) -> String { return "'" + s + "'" }
func short(_ s: String) -> String { "<\\(s)>" }
func only(_ s: String) -> String { clean(s) }
func run(cmd: String) { sink(cmd) } // !
struct Box {
  let value: String
  var label: String = ""
  init(value: String) { self.value = value }
  func get() -> String { return value }
  mutating func fill() { label = source() }
}
func m(tainted: String) {
  sink(quote(tainted)) // !
  sink(short(tainted)) // !
  sink(only(tainted))
  sink(quote("x"))
  run(cmd: tainted)
  run(cmd: "x")
  let b = Box(value: tainted)
  sink(b.get()) // !
  let c = Box(value: "x")
  sink(c.get())
}
func fill(_ to: inout String) { to = source() }
func n() {
  var a = ""
  fill(&a)
  sink(a) // !
}
`,
    );
  });

  it('follows fields of the object from method to method', async () => {
    await check(
      'swift',
      `
class A {
  private var q: String = ""
  private var r = ""
  func set() { self.q = source() }
  func get() {
    sink(self.q) // !
    sink(q) // !
    sink(r)
  }
}
extension A {
  func other() { sink(q) } // !
}
`,
    );
  });
});
