import { check } from './support.ts';

const inFunction = (body: string): string => `void f(std::string p) {\n${body}\n}\n`;

const cases: Readonly<Record<string, string>> = {
  'follows strings and streams': `
    std::string a = source();
    sink(a + "x"); // !
    sink(a.c_str()); // !
    std::string b = "x";
    b += a;
    sink(b); // !
    sink(p);`,
  'follows constructed variables': `
    std::string a(source());
    sink(a); // !
    std::string b{source()};
    sink(b); // !
    auto x = source();
    std::string c(x);
    sink(c); // !
    std::string d("x");
    sink(d);`,
  'follows references': `
    std::string a = source();
    std::string &b = a;
    sink(b); // !
    const auto &c = a;
    sink(c); // !`,
  'follows containers and range loops': `
    std::vector<std::string> v{"a", source()};
    for (const auto &each : v) sink(each); // !
    sink(v[0]); // !
    sink(v.at(1)); // !
    std::vector<int> w{1};
    for (auto each : w) sink(each);`,
  'follows what is made with new': `
    A *a = new A(source());
    sink(a); // !
    char *b = new char[10];
    sink(b);
    delete a;`,
  'follows casts': `
    auto a = source();
    sink(static_cast<int>(a)); // !
    sink(reinterpret_cast<char *>(a)); // !
    sink((long)a); // !
    sink(int(a)); // !`,
  'follows lambdas with what they capture': `
    auto a = source();
    auto g = [&]() { sink(a); }; // !
    auto h = [](int x) { return x; };
    sink(h(source())); // !
    auto k = [](int x) { return 1; };
    sink(k(source()));`,
  'follows exceptions': `
    std::string a = "x";
    try { a = source(); risky(); a = "y"; }
    catch (const E &e) { sink(a); } // !
    try { throw E(source()); }
    catch (E &e) { sink(e.what()); } // !`,
  'follows structured bindings': `
    auto [a, b] = source();
    sink(a); // !
    sink(b); // !`,
  'follows if with an initialiser': `
    if (auto a = source(); a > 1) { sink(a); } // !
    if (auto a = source()) { sink(a); } // !`,
  'follows moves': `
    auto a = source();
    auto b = std::move(a);
    sink(b); // !`,
  'follows smart pointers': `
    auto a = std::make_unique<A>(source());
    sink(a->b()); // !
    sink(*a); // !`,
};

const files: Readonly<Record<string, string>> = {
  'follows fields of a class': `
class A {
  std::string q, r;
  void set() { q = source(); this->r = "x"; }
  void get() {
    sink(q); // !
    sink(this->q); // !
    sink(r);
  }
};
`,
  'follows methods written outside of their class': `
class A { std::string q; void set(); void get(); };
void A::set() { this->q = source(); }
void A::get() { sink(this->q); } // !
`,
  'follows initialisers of constructors': `
class A {
  std::string q, r;
  A(std::string tainted) : q(tainted), r("x") { }
  void get() {
    sink(q); // !
    sink(r);
  }
};
`,
  'follows what a function does through a reference': `
void fill(std::string &to) { to = source(); }
void wipe(std::string copy) { copy = ""; }
void f() {
  std::string a, b = source();
  fill(a);
  sink(a); // !
  wipe(b);
  sink(b); // !
}
`,
  'follows functions in namespaces and templates': `
namespace n { template <typename T> T id(T x) { return x; } }
void f() {
  sink(n::id(source())); // !
  sink(n::id<int>(source())); // !
  sink(n::id(1));
}
`,
  'a tainted default counts where the argument is left out': `
void given(int a = source()) { sink(a); }
int result(int a, int b = source()) { return b; }
void lonely(int a = source()) { sink(a); } // !
void f() {
  given(1);
  sink(result(1)); // !
  sink(result(1, 2));
}
`,
  'follows default arguments and overloads': `
int id(int a) { return 1; }
int id(int a, int b) { return b; }
void f() {
  sink(id(source()));
  sink(id(1, source())); // !
}
`,
};

describe('taint in C++', () => {
  for (const [name, body] of Object.entries(cases)) {
    it(name, async () => {
      await check('cpp', inFunction(body));
    });
  }

  for (const [name, code] of Object.entries(files)) {
    it(name, async () => {
      await check('cpp', code);
    });
  }
});
