import { check } from './support.ts';

const inFunction = (body: string): string => `fn m(p: String, tainted: String) {\n${body}\n}\n`;

const cases: Readonly<Record<string, string>> = {
  'follows let bindings, mutation and compound assignment': `
    let a = source();
    sink(a); // !
    let b: String = a;
    sink(b); // !
    let mut c = String::new();
    sink(c);
    c = b;
    sink(c); // !
    let mut d = String::new();
    d += &a;
    sink(d); // !
    sink(clean(a));`,
  'follows parameters': `
    sink(tainted); // !
    sink(p);`,
  'shadows a name by a new binding': `
    let a = source();
    let a = clean(a);
    sink(a);
    let a = source();
    sink(a); // !`,
  'follows method chains and conversions': `
    let a = source();
    sink(a.trim().to_string()); // !
    sink(a.clone()); // !
    sink(String::from(a)); // !
    sink(&a[1..]); // !
    sink(a as u8); // !`,
  'follows references and dereferences': `
    let a = source();
    let r = &a;
    sink(*r); // !
    let mut b = String::new();
    let s = &mut b;
    sink(s);`,
  'follows the question mark, unwrapping and await': `
    let a = source()?;
    sink(a); // !
    let b = source().unwrap_or_default();
    sink(b); // !
    let c = source().await?;
    sink(c); // !`,
  'follows format': `
    let a = source();
    let b = format!("select {}", a);
    sink(b); // !
    sink(format!("{}", "x"));
    sink(&format!("{}-{}", p, a)); // !`,
  'follows named arguments of format': `
    let a = source();
    sink(format!("{x}", x = a)); // !`,
  'follows vec': `
    let a = source();
    let v = vec!["x", a];
    sink(v); // !
    let w = vec![a; 3];
    sink(w); // !
    sink(vec!["x"]);`,
  'reaches sinks in macros': `
    let a = source();
    println!("{}", sink(a)); // !
    assert!(sink(p));
    my_macro!(sink(a)); // !`,
  'follows tuples by their places': `
    let (a, b) = (source(), "x");
    sink(a); // !
    sink(b);
    let t = (source(), "x");
    sink(t.0); // !
    sink(t.1);`,
  'follows fields of struct literals': `
    let s = S { a: source(), b: "x" };
    sink(s.a); // !
    sink(s.b);
    let S { a, b } = s;
    sink(a); // !
    sink(b);`,
  'follows shorthand fields and the rest': `
    let a = source();
    let s = S { a, b: 1 };
    sink(s.a); // !
    sink(s.b);
    let t = S { b: 2, ..s };
    sink(t); // !`,
  'follows arrays and slices': `
    let mut v = [p, "x"];
    sink(v[0]);
    v[0] = source();
    sink(v[1]); // !`,
  'follows if as a value': `
    let a = if p == "" { source() } else { "x" };
    sink(a); // !
    let b = if p == "" { "y" } else { "x" };
    sink(b);`,
  'follows match as a value': `
    let a = match p { x if x == "" => source(), _ => "x" };
    sink(a); // !
    let b = match source() { _ => "x" };
    sink(b);`,
  'follows bindings of match arms': `
    match source() {
      Some(x) => { sink(x); } // !
      None => sink("x"),
    }
    match p { Some(y) => sink(y), _ => {} }`,
  'follows struct, or and captured patterns': `
    match source() {
      A { b, c: d } => { sink(b); sink(d); } // !
      B(e) | C(e) => sink(e), // !
      n @ D => sink(n), // !
      _ => {}
    }`,
  'follows if let and its chains': `
    if let Some(a) = source() { sink(a); } // !
    if let Some(b) = source() && p == "" { sink(b); } // !
    if let Some(c) = p { sink(c); }`,
  'follows while let and for': `
    while let Some(a) = source() { sink(a); } // !
    for x in source() { sink(x); } // !
    for (i, y) in source().iter().enumerate() { sink(y); } // !
    for z in p { sink(z); }`,
  'follows let else': `
    let Some(a) = source() else { return; };
    sink(a); // !
    let Ok(b) = clean(source()) else { return; };
    sink(b);`,
  'joins branches': `
    let mut a = "x";
    if p == "" { a = source(); }
    sink(a); // !
    let mut b = source();
    if p == "" { b = "x"; } else { b = "y"; }
    sink(b);`,
  'runs loops to the end': `
    let mut a = "x";
    loop { sink(a); a = source(); if p == "" { break; } } // !
    let mut b = "x";
    for _ in 0..3 { sink(b); b = source(); } // !`,
  'leaves loops by their labels': `
    let mut a = "x";
    'outer: loop { loop { a = source(); break 'outer; } }
    sink(a); // !`,
  'takes the result of a loop': `
    let a = loop { break source(); };
    sink(a); // !`,
  'follows blocks and unsafe blocks as values': `
    let a = { let b = source(); b };
    sink(a); // !
    let c = unsafe { source() };
    sink(c); // !
    unsafe { sink(c); } // !`,
  'follows closures': `
    let f = |x| sink(x); // !
    f(source());
    f("x");
    let g = |x: String| { x };
    sink(g(source())); // !
    sink(g(p));`,
  'follows captured variables': `
    let a = source();
    let f = move || { sink(a); }; // !
    f();`,
  'hands elements to closures': `
    source().iter().for_each(|x| sink(x)); // !
    source().map(|x| { sink(x) }); // !
    p.iter().for_each(|x| sink(x));`,
  'takes side effects and propagators': `
    let mut buf = String::new();
    taint(&mut buf);
    sink(buf); // !
    let mut to = String::new();
    copy(&mut to, source());
    sink(to); // !`,
  'knows sanitizers by side effect': `
    let a = source();
    check(&a);
    sink(a);`,
  'stops at return': `
    let a = source();
    if p == "" { return; }
    sink(a); // !
    return;
    sink(a);`,
};

const programs: Readonly<Record<string, string>> = {
  'goes through functions of the file': `
fn id(x: String) -> String { x }
fn early(x: String) -> String { return x; }
fn constant(x: String) -> &'static str { "x" }
fn run(x: String) { sink(x); } // !
fn m() { sink(id(source())); // !
  sink(early(source())); // !
  sink(constant(source()));
  run(source()); }
`,
  'goes through methods and associated functions': `
struct S { a: String }
impl S {
  fn new(a: String) -> Self { S { a } }
  fn run(&self, x: String) { sink(x); } // !
  fn made(x: String) -> String { x }
  fn both(&self) { self.run(source()); }
}
fn m() { sink(S::made(source())); // !
  sink(S::made("x")); }
`,
  'goes through fields of self': `
struct S { a: String, b: String }
impl S {
  fn set(&mut self) { self.a = source(); }
  fn get(&mut self) { self.a = source(); sink(&self.a); // !
    sink(&self.b); }
}
`,
  'goes through results of match and of blocks': `
fn pick(x: Option<String>) -> String { match x { Some(y) => y, None => String::new() } }
fn inner(x: String) -> String { if x == "" { "a" } else { x } }
fn m() { sink(pick(source())); // !
  sink(inner(source())); // !
  sink(pick("x")); }
`,
  'follows mutable references to the caller': `
fn fill(x: &mut String) { *x = source(); }
fn m() { let mut a = String::new(); fill(&mut a); sink(a); } // !
`,
  'follows statics and constants': `
const A: &str = "x";
static mut B: String = String::new();
fn m() { sink(A); unsafe { B = source(); sink(B); } } // !
`,
  'follows modules and nested functions': `
mod a { pub fn run(x: String) { sink(x); } } // !
fn m() { a::run(source());
  fn inner(x: String) { sink(x); } // !
  inner(source()); }
`,
};

describe('taint in Rust', () => {
  for (const [title, body] of Object.entries(cases)) {
    it(title, () => check('rust', inFunction(body)));
  }
  for (const [title, code] of Object.entries(programs)) {
    it(title, () => check('rust', code));
  }
});
