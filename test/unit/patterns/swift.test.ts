import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';

/** A pattern, code, and how often the pattern is in it. */
const PATTERNS: readonly (readonly [pattern: string, code: string, times: number])[] = [
  ['break', 'for x in xs { break }\nfor x in xs { continue }\n', 1],
  ['continue', 'for x in xs { break }\nfor x in xs {\n continue\n}\n', 1],
  // Calls and argument labels
  ['f($X)', 'f(1)\nf(1, 2)\nf(x: 1)\ny = f(f(2))\n', 3],
  ['f(x: $X)', 'f(x: 1)\nf(y: 1)\nf(1)\nf(x: 1, y: 2)\n', 1],
  ['f(x: $X, ...)', 'f(x: 1)\nf(x: 1, y: 2)\nf(y: 1, x: 3)\nf(y: 1)\n', 3],
  ['f($A, x: $B)', 'f(1, x: 2)\nf(1, y: 2)\nf(x: 2)\n', 1],
  ['f(..., x: "a", ...)', 'f(1, x: "a", y: 2)\nf(x: "a")\nf(x: "b")\n', 2],
  ['f($L: $X)', 'f(a: 1)\nf(1)\n', 1],
  ['f(...)', 'f()\nf(1) { a in b }\nf { $0 }\ng()\n', 3],
  ['f($X, ...)', 'f()\nf(1)\nf(1, 2) { a in b }\nf(a: 1)\n', 2],
  ['f($...A, last)', 'f(last)\nf(1, 2, last)\nf(last, 1)\n', 2],
  ['$F($X, $X)', 'g(a, a)\ng(a, b)\ng(a.b, a.b)\n', 2],
  ['$X.f(1)', 'a.f(1)\na.b.f(1)\nf(1)\na?.f(1)\na!.f(1)\n', 4],
  ['a.f($X)', 'a.f(1)\nb.a.f(1)\na?.f(2)\n', 2],
  ['$O. ... .end()', 'a.b().c.end()\nx.end()\nend()\n', 2],
  ['x: $V', 'f(x: 1, y: 2)\n', 1],
  ['Array<$T>()', 'let a = Array<Int>()\nlet b = Array()\n', 1],
  ['Array()', 'let a = Array<Int>()\nlet b = Array()\n', 2],
  [
    'Data(contentsOf: $U)',
    'let d = try Data(contentsOf: u)\nlet e = try? Data(contentsOf: u, options: [])\n',
    1,
  ],
  // Trailing closures
  ['f { ... }', 'f { a() }\nf { x in b() }\nf(1) { c() }\n', 2],
  ['f(...) { ... }', 'f(1) { c() }\nf { c() }\n', 2],
  ['f { $X in ... }', 'f { x in b() }\nf { x, y in b() }\n', 1],
  ['{ $X in sink($X) }', 'f { x in sink(x) }\nf { x in sink(y) }\n', 1],
  [
    'DispatchQueue.main.async { ... }',
    'DispatchQueue.main.async { a() }\nDispatchQueue.main.async { [weak self] in self?.b() }\n',
    2,
  ],
  // Optional chaining, unwrapping, casts
  ['$X!', 'a!\nlet b = c.d!\na? .b\n', 2],
  ['try! $X', 'let a = try! f()\nlet b = try? f()\ntry f()\n', 1],
  ['try? $X', 'let a = try! f()\nlet b = try? f()\n', 1],
  ['$X as! $T', 'let a = b as! String\nlet c = b as? String\n', 1],
  ['$X as? String', 'let a = b as! String\nlet c = b as? String\nlet d = b as? Int\n', 1],
  ['$X is String', 'if a is String { b() }\n', 1],
  ['$A ?? $B', 'x = a ?? b\n', 1],
  ['await $X', 'let a = await f()\n', 1],
  // Declarations
  ['let $X = f()', 'let a = f()\nlet b: Int = f()\nvar c = f()\nlet d = g()\n', 3],
  ['$X = f()', 'a = f()\nlet b = f()\nc += f()\n', 2],
  ['let $X: $T = $V', 'let a: Int = 1\nlet b = 1\n', 1],
  ['var $X: Int', 'class A { var a: Int\n var b: Int = 1\n var c: String }\n', 1],
  [
    'var $X: Int { ... }',
    'class A { var a: Int { return 1 }\n var b: Int = 1\n var c: Int { get { 1 } set { d = newValue } } }\n',
    2,
  ],
  ['let ($A, $B) = $V', 'let (a, b) = f()\nlet c = f()\n', 1],
  [
    'private let $X = "..."',
    'class A { private let a = "x"\n let b = "y"\n private static let c: String = "z" }\n',
    2,
  ],
  ['@Published var $X = $V', 'class A { @Published var a = 1\n var b = 2 }\n', 1],
  ['@$W var $X: $T', 'class A { @State private var a: Int\n var b: Int }\n', 1],
  ['func $F(...) { ... }', 'func a() { b() }\nfunc c(d: Int) -> Int { 1 }\nprotocol P { func e() }\n', 2],
  [
    'func $F($A: String) -> $T { ... }',
    'func a(b: String) -> Int { 1 }\nfunc c(d: Int) -> Int { 1 }\nfunc e(f: String) {}\n',
    1,
  ],
  [
    'func $F(with $A: $T)',
    'func a(with b: Int) {}\nfunc a(b: Int) {}\nprotocol P { func c(with d: Int) }\n',
    2,
  ],
  ['func $F(..., $A: $T = $D, ...) { ... }', 'func a(b: Int, c: Int = 1) {}\nfunc d(e: Int) {}\n', 1],
  ['func $F(...) throws { ... }', 'func a() throws {}\nfunc b() {}\n', 1],
  ['func $F(..., $A: inout $T, ...) { ... }', 'func a(b: inout Int) {}\nfunc c(d: Int) {}\n', 1],
  [
    'override func viewDidLoad() { ... }',
    'class A { override func viewDidLoad() { super.viewDidLoad() } }\nclass B { func viewDidLoad() {} }\n',
    1,
  ],
  ['func $F(...) { ... f($X) ... }', 'func a() { b()\n f(1)\n c() }\nfunc d() { g() }\n', 1],
  ['init(...) { ... }', 'class A { init() { a() }\n init(b: Int) {} }\n', 2],
  ['deinit { ... }', 'class A { deinit { a() } }\n', 1],
  ['subscript(...) -> $T { ... }', 'class A { subscript(i: Int) -> Int { get { 1 } } }\n', 1],
  // Types
  ['class $C { ... }', 'class A {}\nfinal class B: C { var d = 1 }\nstruct E {}\nextension A {}\n', 2],
  ['class $C: UIViewController { ... }', 'class A: UIViewController, B {}\nclass C: UIView {}\n', 1],
  [
    'class $C: $P { ... func tap() { ... } ... }',
    'class A: B { var x = 1\n func tap() { y() } }\nclass D: E { func t() {} }\n',
    1,
  ],
  ['struct $S { ... }', 'struct A { let b: Int }\nclass B {}\n', 1],
  ['extension $T { ... }', 'extension A: P { func f() {} }\n', 1],
  ['protocol $P { ... }', 'protocol A { func f() }\n', 1],
  ['enum $E: String { ... }', 'enum A: String { case b = "c" }\nenum D { case e }\n', 1],
  ['case $X = "..."', 'enum A: String { case b = "c", d }\n', 1],
  ['import $M', 'import Foundation\nimport UIKit.UIView\n', 2],
  ['import Foundation', 'import Foundation\nimport UIKit\n', 1],
  ['@objc func $F(...) { ... }', 'class A { @objc private func f() {}\n func g() {} }\n', 1],
  ['@available(...)', '@available(iOS 13, *) func f() {}\n', 1],
  ['@available(iOS 13, *)', '@available(iOS 13, *) func f() {}\n@available(macOS 10, *) func g() {}\n', 1],
  // Statements
  ['if $C { ... }', 'if a { b() }\nif a, b > 1 { c() } else { d() }\nguard a else { return }\n', 2],
  ['if let $X = $Y { ... }', 'if let a = b { c() }\nif a { b() }\nguard let a = b else { return }\n', 1],
  [
    'guard let $X = $Y else { ... }',
    'func f() { guard let a = b else { return }\n if let a = b { c() } }\n',
    1,
  ],
  ['guard $C else { return }', 'func f() { guard a else { return }\n guard b else { g()\n return } }\n', 1],
  ['if case .some(let $X) = $Y { ... }', 'if case .some(let a) = b { c() }\nif case .none = b { c() }\n', 1],
  ['while $C { ... }', 'while let a = b() { c() }\nwhile true {}\nrepeat { d() } while e\n', 2],
  ['repeat { ... } while $C', 'repeat { d() } while e\nwhile true {}\n', 1],
  ['for $X in $Y { ... }', 'for a in b where a > 1 { c() }\nfor i in 0..<3 {}\n', 2],
  ['for $X in $Y { ... f($X) ... }', 'for a in b { f(a) }\nfor c in d { f(e) }\n', 1],
  ['switch $X { ... }', 'switch a { case .b: c()\ndefault: d() }\n', 1],
  ['switch $X { case .b: ... }', 'switch a { case .b: c()\ndefault: d() }\nswitch a { case .e: f() }\n', 1],
  ['case .b: ...', 'switch a { case .b: c()\ncase .c(let d): e()\ndefault: d() }\n', 1],
  ['case .c(let $X): ...', 'switch a { case .b: c()\ncase .c(let d): e()\ndefault: d() }\n', 1],
  ['default: ...', 'switch a { case .b: c()\ndefault: d() }\n', 1],
  ['do { ... } catch { ... }', 'do { try f() } catch { g() }\ndo { try f() } catch let e as E { h() }\n', 1],
  ['do { ... } catch { }', 'do { try f() } catch { }\ndo { try f() } catch { g() }\n', 1],
  ['catch { ... }', 'do { try f() } catch { g() }\n', 1],
  [
    'catch let $E as $T { ... }',
    'do { try f() } catch let e as NSError { h() }\ndo { try f() } catch { g() }\n',
    1,
  ],
  ['return $X', 'func f() { return 1 }\nfunc g() { return }\n', 1],
  ['return try f(a: $X)', 'func g() { return try f(a: 1) }\nfunc h() { return f(b: 1) }\n', 1],
  ['return .f(a: $X)', 'func g() { return .f(a: 1) }\nfunc h() { return f(a: 1) }\n', 1],
  ['$X as? A.B', 'let a = b as? A.B; let c = d as? A; let e = (f as? A).B', 1],
  ['b is A.Type', 'func g() { if b is A.Type { } }', 1],
  ['throw .f($X)', 'func g() { throw .f(1) }\n', 1],
  ['throw $X', 'func f() throws { throw E.a }\n', 1],
  ['defer { ... }', 'func f() { defer { a() }\n b() }\n', 1],
  [
    'let $X = open()\n...\n$X.close()',
    'func f() { let a = open()\n if b { a.close() } }\nfunc g() { let a = open()\n b.close() }\n',
    1,
  ],
  ['f(a)\n...\ng(a)', 'func x() { f(a)\n for i in y { if z { g(a) } } }\n', 1],
  // Strings
  ['"..."', 'x = "a"\ny = b\n', 1],
  ['f("...")', 'f("a")\nf(#"a"#)\nf("""\n  a\n  """)\nf(a)\n', 3],
  ['f("...\\($X)...")', 'f("a\\(b)c")\nf("a")\nf(#"x\\#(y)"#)\n', 2],
  ['f("=~/^http:/")', 'f("http://a")\nf("https://a")\nf(#"http://b"#)\n', 2],
  ['f("abc")', 'f("abc")\nf(#"abc"#)\nlet k = "abc"\nf(k)\nf("ab" + "c")\n', 4],
  ['let $K = "$V"', 'let a = "x"\n', 1],
  // Literals and operators
  ['[..., $X, ...]', 'let a = [1]\nlet b: [Int] = []\n', 1],
  ['[..., "a": $X, ...]', 'let a = ["a": 1, "b": 2]\nlet c = ["b": 3]\n', 1],
  ['["a": $X]', 'let a = ["b": 2, "a": 1]\n', 1],
  ['$A == $A', 'if a == a { }\nif a == b { }\n', 1],
  ['$X & 16', 'let a = b & 0x10\nlet c = 0b10000 & d\n', 2],
  ['f(1000)', 'f(1_000)\n', 1],
  ['$C ? $A : $B', 'let a = b ? c : d\n', 1],
  ['f(true)', 'f(true)\nf(false)\nlet t = true\nf(t)\n', 2],
  ['f(nil)', 'f(nil)\nf(a)\n', 1],
  ['$X == nil', 'if a == nil {}\nif a == b {}\n', 1],
  ['f(&$X)', 'f(&a)\nf(a)\n', 1],
  ['f(.high)', 'f(.high)\nf(.low)\nf(A.high)\n', 1],
  ['#selector($X)', 'let a = #selector(tap)\n', 1],
  ['$X[$I]', 'let a = b[1]\nc["x"] = 1\n', 2],
  ['$X[$K] = $V', 'c["x"] = 1\nlet a = b[1]\n', 1],
  ['f(<... secret ...>)', 'f(a(secret).b)\nf(c)\n', 1],
  ['self.$X = $Y', 'class A { func f() { self.a = 1 } }\n', 1],
  // Imports, types
  ['Foundation.Data($X)', 'import Foundation\nlet a = Data(x)\n', 1],
  [
    '($X: URLSession).dataTask(...)',
    'func f(s: URLSession, t: Other) { s.dataTask(a)\n t.dataTask(a) }\n',
    1,
  ],
  ['f(($X: String))', 'let a: String = b\nlet c = 1\nf(a)\nf(c)\nf("x")\n', 2],
  // Lists of arguments of attributes, accessors
  ['@F\nfunc $X() { ... }', '@F func a() { x() }\n@F() func b() { x() }\n@F(1) func c() { x() }', 3],
  ['@F(1)\nfunc $X() { ... }', '@F func a() { x() }\n@F() func b() { x() }\n@F(1) func c() { x() }', 1],
  ['func $F() { ... }', 'class A { var v: Int { get { return 1 } }\n func m() { x() } }', 1],
];

describe('patterns of Swift', () => {
  for (const [pattern, code, times] of PATTERNS) {
    it(`${pattern} is ${times} times in ${code}`.replace(/\s+/g, ' '), async () => {
      const block = pattern.split('\n').join('\n  ');
      const found = await matches(`pattern: |\n  ${block}`, code, 'swift');
      assert.equal(found.length, times, found.join('\n'));
    });
  }
});
