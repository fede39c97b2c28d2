import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';

type Case = readonly [pattern: string, code: string, times: number];

/** Code as it stands in a function. */
const BODIES: readonly Case[] = [
  // Calls and names
  ['f($X)', 'f(a); f(a, b); x.f(a); x->f(b); n::f(c);', 1],
  ['f(...)', 'f(); f<int>(a); x.f(); ::f(b);', 3],
  ['f<int>($X)', 'f<int>(a); f<char>(a); f(a);', 1],
  ['f<$T>($X)', 'f<int>(a); f<char>(a); f(a);', 2],
  ['f<...>(...)', 'f<int>(a); f<char, int>(a); f(a);', 3],
  ['static_cast<$T &&>($X)', 'static_cast<A &&>(x); static_cast<A &>(x); static_cast<A>(x);', 1],
  ['static_cast<$T &>($X)', 'static_cast<A &&>(x); static_cast<A &>(x); static_cast<A>(x);', 1],
  ['static_cast<$T>($X)', 'static_cast<A &&>(x); static_cast<A &>(x); static_cast<A>(x);', 3],
  ['static_cast<A>($X)', 'static_cast<A &&>(x); static_cast<A>(x);', 1],
  ['f((T &)$X)', 'f((T &)x); f((T)x); f((T *)x);', 1],
  ['$X->$F(...)', 'a->b(); a.b(); a->b->c(1); (*a).b();', 3],
  ['$X.$F(...)', 'a.b(); a->b(); b();', 2],
  ['this->$F(...)', 'this->b(); b(); a->b();', 1],
  ['a::f(...)', 'a::f(1); f(1); b::f(1); a::b::f(1); x::a::f(1);', 1],
  ['$N::f(...)', 'a::f(1); f(1); b::f(1);', 2],
  ['std::strcpy(...)', 'std::strcpy(a, b); strcpy(a, b);', 1],
  ['strcpy(...)', 'std::strcpy(a, b); strcpy(a, b);', 1],
  ['std::move($X)', 'x = std::move(y); z = move(y);', 1],
  ['std::vector<$T>', 'std::vector<int> a; std::list<int> b;', 1],
  ['$X.f(...).g(...)', 'x.f(1).g(2); x.f().h().g();', 1],
  ['$O. ... .g()', 'x.f(1).g(); x->y.g(); g(); x.g();', 3],
  ['$X()', 'a(); b.c(); d(1);', 2],
  ['f($X...)', 'f(a...); f(a);', 1],
  // Literals
  ['f("...")', 'f("a"); f(u8"a"); f(R"(a)"); f(x); f("a" "b");', 4],
  ['f("a")', 'f("a"); f(R"(a)"); f("b");', 2],
  ['f(1000)', "f(1'000); f(1000); f(0x3e8);", 3],
  ['f(nullptr)', 'f(nullptr); f(NULL); f(0);', 1],
  ['f(true)', 'f(true); f(false);', 1],
  // Objects
  ['new $T', 'a = new A; b = new A(); c = new int[3];', 3],
  ['new A(...)', 'a = new A(1); b = new A(); c = new B(); d = new A{2};', 3],
  ['new $T(...)', 'a = new A(1); b = new n::A(); c = new std::vector<int>(3);', 3],
  ['new $T[$N]', 'a = new int[n]; b = new int(n); c = new A[3];', 2],
  ['new char[$N]', 'a = new char[n]; b = new int[n];', 1],
  ['new (...) $T(...)', 'a = new (p) A(1); b = new A(1);', 2],
  ['delete $X', 'delete a; delete[] b; delete c->d;', 2],
  ['delete[] $X', 'delete a; delete[] b;', 1],
  ['delete this', 'delete this; delete a;', 1],
  ['throw $X', 'throw a; throw A("x"); throw;', 2],
  ['throw $E(...)', 'throw a; throw A("x"); throw n::B();', 2],
  ['throw;', 'throw a; throw;', 1],
  ['throw new $E(...)', 'throw new A(1); throw A(1);', 1],
  ['static_cast<$T>($X)', 'a = static_cast<int>(b); c = dynamic_cast<A *>(d); e = (int)f;', 1],
  ['reinterpret_cast<$T *>($X)', 'a = reinterpret_cast<char *>(b); c = reinterpret_cast<long>(d);', 1],
  ['const_cast<...>($X)', 'a = const_cast<char *>(b); c = static_cast<int>(d);', 1],
  ['($T)$X', 'a = (int)b; c = static_cast<int>(d);', 1],
  ['int($X)', 'a = int(b); c = long(d);', 1],
  ['sizeof($X)', 'f(sizeof(int)); f(sizeof x);', 2],
  ['$X[$I]', 'f(a[1]); f(a.at(1));', 1],
  ['$X == nullptr', 'if (a == nullptr) {} if (nullptr == a) {}', 1],
  ['cout << $X', 'cout << a; cerr << a;', 1],
  ['std::cout << ... << $X', 'std::cout << a << b; std::cerr << a;', 1],
  ['$A ? $B : $C', 'x = a ? b : c;', 1],
  ['std::string($X)', 'f(std::string(a)); f(std::string("x"));', 2],
  ['A{...}', 'f(A{1, 2}); f(A(1));', 1],
  // Lambdas
  ['[](...) { ... }', 'f([](int a) { return a; }); f([&]() { }); f([=](int b, int c) { g(); });', 3],
  ['[&](...) { ... }', 'f([](int a) { return a; }); f([&]() { });', 1],
  ['[...](...) { ... }', 'f([](int a) { return a; }); f([&]() { });', 2],
  ['[=]($T $X) { ... }', 'f([=](int a) { return a; }); f([=]() { });', 1],
  ['[&] { ... }', 'f([&] { g(); });', 1],
  ['[](auto $X) { ... g($X); ... }', 'f([](auto a) { g(a); }); f([](auto a) { g(b); });', 1],
  // Declarations
  ['$T $X = $V;', 'int a = 1; auto b = f(); const A c = d; A e(1); A g{2};', 5],
  ['$T $X;', 'int a; A b; A c(1);', 2],
  ['auto $X = $V;', 'auto b = f(); int a = 1; auto c = g();', 2],
  ['$T &$X = $V;', 'int &a = b; int c = d; const A &e = f;', 2],
  ['auto &&$X = $V;', 'auto &&a = b; auto &c = d; auto e = f;', 1],
  ['const $T &$X = $V;', 'int &a = b; const A &e = f;', 1],
  ['$T *$X = new $T;', 'A *a = new A; A *b = new B;', 1],
  ['$T *$X = new $T(...);', 'A *a = new A(1); A *b = new B();', 1],
  ['$X = new $T[$N]', 'int *a = new int[3]; b = new char[n]; c = new int;', 2],
  ['$T $X($Y);', 'A a(b); A c(1, 2); A d;', 1],
  ['A $X(...);', 'A a(b); A c(1, 2); A d; B e(1);', 2],
  ['std::string $X($Y);', 'std::string a(b); std::string c;', 1],
  ['std::string $X = $Y;', 'std::string a = b; std::string c; string d = e;', 1],
  ['std::ifstream $F($P, ...);', 'std::ifstream f(p); std::ifstream g(p, m); std::ofstream h(p);', 2],
  ['std::lock_guard<$T> $L($M);', 'std::lock_guard<std::mutex> l(m); std::unique_lock<std::mutex> k(m);', 1],
  ['std::vector<$T> $X;', 'std::vector<int> a; std::vector<int> b(3); std::list<int> c;', 1],
  ['std::map<$K, $V> $X;', 'std::map<int, char> a; std::set<int> b;', 1],
  ['std::unique_ptr<$T> $X(...);', 'std::unique_ptr<A> a(new A); std::shared_ptr<A> b(new A);', 1],
  ['char $B[$N];', 'char a[10]; char b; int c[2];', 1],
  ['static const $T $X = $V;', 'static const int a = 1; static int b = 2;', 1],
  ['auto [$A, $B] = $V;', 'auto [a, b] = f(); auto c = g();', 1],
  ['using namespace $N;', 'using namespace std; using a::b;', 1],
  ['using $X = $T;', 'using a = int; using b::c;', 1],
  // Statements
  ['if ($C) { ... }', 'if (a) { b(); } if (int x = f(); x) { } if (c) d();', 3],
  ['if (auto $X = $V; $C) { ... }', 'if (auto x = f(); x > 1) { } if (a) { }', 1],
  ['for (...) { ... }', 'for (int i = 0; i < n; i++) { } for (auto x : v) { }', 2],
  ['for ($T $X : $V) { ... }', 'for (auto x : v) { } for (int i = 0;;) { } for (const auto &y : w) { }', 2],
  ['for (auto $X : $V) { ... }', 'for (auto x : v) { } for (int y : w) { }', 1],
  ['for (auto &$X : $V) { ... }', 'for (auto x : v) { } for (auto &y : w) { }', 1],
  ['while ($C) { ... }', 'while (a) { } do { } while (b);', 1],
  ['switch ($X) { ... }', 'switch (a) { case 1: b(); }', 1],
  [
    'try { ... } catch (...) { ... }',
    'try { a(); } catch (...) { b(); } try { } catch (const E &e) { c(); }',
    2,
  ],
  ['try { ... } catch ($T $E) { ... }', 'try { a(); } catch (E e) { b(); } try { } catch (...) { c(); }', 1],
  ['catch (...) { }', 'try { a(); } catch (...) { } try { } catch (const E &e) { c(); }', 1],
  [
    'catch ($T &$E) { ... }',
    'try { a(); } catch (E &e) { } try { } catch (const E &e) { c(); } try { } catch (E e) { }',
    2,
  ],
  ['catch (const $T &$E) { ... }', 'try { a(); } catch (E &e) { } try { } catch (const E &e) { c(); }', 1],
  ['catch (std::exception &$E) { ... }', 'try { a(); } catch (std::exception &e) { } catch (F &f) { }', 1],
  ['return *this;', 'return *this;', 1],
  ['return std::move($X);', 'return std::move(a);', 1],
  ['{ ... delete $X; ... }', '{ a(); delete b; } { c(); }', 2],
  ['co_await $X', 'x = co_await y;', 1],
  // Sequences
  ['$P = new $T(...); ... delete $P;', 'A *p = new A(1); if (x) { delete p; }', 1],
  ['$X = new $T[$N]; ... delete $X;', 'int *p = new int[3]; f(); delete p;', 1],
  ['delete $P; ... $P->$F(...);', 'delete p; f(); p->g();', 1],
  ['$X.lock(); ... $X.unlock();', 'm.lock(); f(); m.unlock();', 1],
  ['a(); ... b();', 'a(); try { b(); } catch (...) { }', 1],
  ['a(); ... b();', 'a(); for (auto x : v) { b(); }', 1],
  ['a(); ... b();', 'a(); auto f = [] { b(); };', 1],
  // Deep
  ['f(<... x ...>)', 'f(a.b(x)); f(static_cast<int>(x)); f(y);', 2],
  ['if (<... $P == nullptr ...>) { ... }', 'if (a && p == nullptr) { }', 1],
  // Types and constants
  ['(std::string $X).c_str()', 'std::string a; a.c_str(); A b; b.c_str();', 1],
  ['(std::vector<$T> $X).size()', 'std::vector<int> a; a.size(); A b; b.size();', 1],
  ['(A $X).f()', 'A a; a.f(); B b; b.f(); auto c = A(); c.f();', 1],
  ['(A *$X)->f()', 'A *a; a->f(); A b; b.f(); auto c = new A(); c->f();', 2],
  ['f((char *$X))', 'char *a; f(a); char b; f(b);', 1],
  ['f((std::string $X))', 'std::string a; f(a); const std::string &b = a; f(b);', 2],
  ['f("a")', 'const char *x = "a"; f(x); std::string y = "a"; f(y);', 2],
  ['f(3)', 'constexpr int n = 3; f(n);', 1],
  ['f("b")', 'std::string x = "a"; x = "b"; f(x);', 1],
];

/** Whole files. */
const FILES: readonly Case[] = [
  ['$T (*$F)(...);', 'int (*f)(int);\nint h(int);\n', 1],
  // A type without its arguments is any of them, wherever it comes from.
  [
    'std::vector $X = $Y;',
    'void f() { std::vector<int> a = g(); vector<int> b = g(); std::vector c = g(); }\n',
    2,
  ],
  [
    'f((std::vector $X))',
    'void g(std::vector<int> &a, const std::vector<T> b, std::map<T> c) { f(a); f(b); f(c); }\n',
    2,
  ],
  ['class $C : public std::vector { ... };', 'class A : public std::vector<int> { int a; };\n', 1],
  ['{.a = 1}', 'S x = {.a = 1, .b = 2}, y{.a = 1, .b = 3}; void g() { f({.a = 1, .c = 2}); }\n', 3],
  ['#define $N "..."', '#define A "x"\n#define B 1\n', 1],
  ['#include <$H>', '#include <vector>\n#include "a.h"\n', 1],
  ['std::strcpy(...)', 'using namespace std;\nvoid f() { strcpy(a, b); }\n', 1],
  ['std::strcpy(...)', 'using std::strcpy;\nvoid f() { strcpy(a, b); }\n', 1],
  [
    'std::filesystem::remove(...)',
    'namespace fs = std::filesystem;\nvoid f() { fs::remove(a); remove(b); }\n',
    1,
  ],
  ['strcpy(...)', 'using namespace std;\nvoid f() { strcpy(a, b); }\n', 1],
  // Members that a function defined outside of its class names
  [
    '(std::mutex $M).lock()',
    'class W { void m(); std::mutex mtx; };\nvoid W::m() { mtx.lock(); }\nvoid V::m() { mtx.lock(); }\nvoid W::n() { Other mtx; mtx.lock(); }\n',
    1,
  ],
  [
    '(A $M).lock()',
    'template <typename T> class W { void m(); A mtx; };\ntemplate <typename T> void W<T>::m() { mtx.lock(); }\n',
    1,
  ],
  // Functions
  ['$T $F(...) { ... }', 'int f() { return 1; }\nvoid A::g(int a) { }\nA::A() { }\n', 2],
  ['$T $C::$F(...) { ... }', 'int f() { return 1; }\nvoid A::g(int a) { }\n', 1],
  ['$C::$C(...) { ... }', 'A::A(int x) : y(x) { }\nA::~A() { }\nvoid A::f() { }\n', 1],
  ['$C::~$C() { ... }', 'A::A(int x) : y(x) { }\nA::~A() { }\n', 1],
  ['A::$F(...) { ... }', 'A::A() { }\n', 1],
  ['$T $F($U &&$X) { ... }', 'void f(int &&x) { }\nvoid g(int &x) { }\nvoid h(const int &x) { }', 1],
  ['$T $F($U &$X) { ... }', 'void f(int &&x) { }\nvoid g(int &x) { }\nvoid h(const int &x) { }', 2],
  [
    '$T $F(const std::string &$X) { ... }',
    'void f(const std::string &x) { }\nvoid g(std::string y) { }\n',
    1,
  ],
  ['$T $F(..., std::string $X, ...) { ... }', 'void f(int a, std::string x) { }\nvoid g(int y) { }\n', 1],
  [
    'template <...> $T $F(...) { ... }',
    'template <typename T> T f(T a) { return a; }\nint g() { return 1; }\n',
    1,
  ],
  [
    'template <typename $T> $R $F(...) { ... }',
    'template <typename T> T f(T a) { return a; }\nint g() { return 1; }\n',
    1,
  ],
  ['$R $F(...) { ... }', 'template <typename T> T f(T a) { return a; }\nint g() { return 1; }\n', 2],
  [
    '$T operator==(...) { ... }',
    'bool operator==(A a, A b) { return true; }\nbool operator!=(A a, A b) { return true; }\n',
    1,
  ],
  ['virtual $T $F(...);', 'class A { virtual void f(); void g(); };\n', 1],
  ['$T $F(...) override;', 'class A { void f() override; void g(); };\n', 1],
  ['$T $F(...) const { ... }', 'class A { int f() const { return 1; } int g() { return 1; } };\n', 1],
  ['static $T $F(...);', 'class A { static int f(); int g(); };\n', 1],
  ['constexpr $T $F(...) { ... }', 'constexpr int f() { return 1; }\nint g() { return 1; }\n', 1],
  // Classes
  ['class $C { ... };', 'class A { int x; };\nstruct B { };\nclass D : public A { };\n', 2],
  ['class $C { ... }', 'class A { int x; };\nstruct B { };\n', 1],
  [
    'class $C : public $B { ... };',
    'class A { int x; };\nclass D : public A { };\nclass E : private A { };\n',
    2,
  ],
  ['class $C : $B { ... };', 'class A { int x; };\nclass D : A { };\n', 1],
  ['struct $S { ... };', 'struct A { int x; };\nclass B { };\n', 1],
  ['class $C { ... int $F; ... };', 'class A { char *a; int b; };\nclass B { char *c; };\n', 1],
  ['class $C { ... $T *$F; ... };', 'class A { int b; };\nclass B { char *c; };\n', 1],
  ['class $C { ... $C(...); ... };', 'class A { public: A(int x); int b; };\nclass B { char *c; };\n', 1],
  ['class $C { ... ~$C(); ... };', 'class A { public: ~A(); int b; };\nclass B { char *c; };\n', 1],
  ['class $C { ... virtual ~$C(); ... };', 'class A { public: virtual ~A(); };\nclass B { ~B(); };\n', 1],
  ['class $C { public: ... };', 'class A { public: int a; };\n', 1],
  [
    'class $C { ... void $F(...) { ... } ... };',
    'class A { void f() { g(); } int x; };\nclass B { int y; };\n',
    1,
  ],
  ['template <...> class $C { ... };', 'template <typename T> class A { T x; };\nclass B { };\n', 1],
  ['enum class $E { ... };', 'enum class A { X };\nenum B { Y };\n', 1],
  ['enum $E { ..., X, ... };', 'enum A { X, Y };\nenum B { Z };\n', 1],
  ['namespace $N { ... }', 'namespace a { int x; }\nnamespace b::c { }\n', 2],
  ['free($X)', '#define xfree free\nnamespace n { void g(char *p) { xfree(p); n::xfree(p); } }\n', 1],
  ['free($X)', '#define xfree(p) free(p)\nclass A { void g() { xfree(p); } void h() { a.xfree(p); } };\n', 1],
  ['namespace { ... }', 'namespace { int x; }\nnamespace b { }\n', 1],
  ['f("a")', 'class A { static constexpr const char *x = "a"; void g() { f(x); f(A::x); } };\n', 2],
  [
    '(std::string $X).size()',
    'class A { std::string s; int n; void g() { s.size(); this->s.size(); n.size(); } };\n',
    2,
  ],
];

async function occurrences(pattern: string, code: string): Promise<readonly string[]> {
  return matches(`pattern: |\n  ${pattern.split('\n').join('\n  ')}`, code, 'cpp');
}

describe('patterns of C++', () => {
  for (const [pattern, code, times] of BODIES) {
    it(`${pattern} is ${times} times in ${code}`.replace(/\s+/g, ' '), async () => {
      const found = await occurrences(pattern, `void test() {\n${code}\n}\n`);
      assert.equal(found.length, times, found.join('\n'));
    });
  }

  for (const [pattern, code, times] of FILES) {
    it(`${pattern} is ${times} times in the file ${code}`.replace(/\s+/g, ' '), async () => {
      const found = await occurrences(pattern, code);
      assert.equal(found.length, times, found.join('\n'));
    });
  }

  it('match nothing in C where they are no C, and the rest of their rule runs', async () => {
    const formula =
      'patterns:\n  - pattern-either:\n      - pattern: std::free($X)\n      - pattern: free($X)\n  - pattern-not: delete $X;\n' +
      '  - metavariable-type: {metavariable: $X, types: ["std::string", "char *"]}';
    const code = 'void f(char *p, int *q) { free(p); free(q); }';
    assert.deepEqual(await matches(formula, code, 'c', 'c, cpp'), ['free(p)']);
    assert.deepEqual(await matches(formula, `${code} void g(char *r) { std::free(r); }`, 'cpp', 'c, cpp'), [
      'free(p)',
      'std::free(r)',
    ]);
    await assert.rejects(matches(formula, code, 'c'), /no C expression/);
  });

  for (const pattern of [
    'for (auto $X : $Y) { ... }',
    'void $F(std::string &$P) { ... }',
    'void $F($T &$P) { ... }',
    'extern "C" { ... }',
    '[&]() { ... }',
    'try { ... } catch (...) { ... }',
    'class $C { ... };',
    '$X = new $T[$N];',
    'if ($A and $B) { ... }',
    'template <typename T> $R $F(...) { ... }',
    '$R $F(...) const { ... }',
    '$V<$T> $X;',
    'throw $E;',
  ]) {
    it(`are a matter of C++ in a rule for both: ${pattern}`, async () => {
      assert.deepEqual(await matches(`pattern: ${JSON.stringify(pattern)}`, 'int x;', 'c', 'c, cpp'), []);
    });
  }

  for (const pattern of ['rand(', 'f($X', 'if ($X { ... }', 'x = = 1;', 'f(&$X', 'int $X =;']) {
    it(`are a mistake in a rule for both, where they are no code of either: ${pattern}`, async () => {
      const formula = `pattern: ${JSON.stringify(pattern)}`;
      await assert.rejects(matches(formula, 'int x;', 'c', 'c, cpp'), /no C expression/);
    });
  }
});
