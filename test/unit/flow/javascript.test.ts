import { check } from './support.ts';

const cases: Readonly<Record<string, string>> = {
  'follows constants, templates and destructuring': `
function f(tainted, p) {
  const q = tainted.query;
  sink(q); // !
  const { name, other: [x] } = tainted.body;
  sink(name); // !
  sink(x); // !
  sink(\`a \${q} b\`); // !
  const [one, two] = [1, q];
  sink(one);
  sink(two); // !
  const o = { a: q, b: 1 };
  sink(o.a); // !
  sink(o.b);
  const { b, a } = o;
  sink(a); // !
  sink(b);
  sink(p);
}`,
  'follows arrow functions, callbacks and promises': `
const run = (cmd) => sink(cmd); // !
const id = x => x;
app.get('/', async (req, res) => {
  const a = source();
  sink(await a); // !
  sink(id(a)); // !
  sink(id('x'));
  run(a);
  [1].map(x => sink(x));
  a.map(x => sink(x)); // !
  fetch('x').then(function (r) { sink(a + r); }); // !
});`,
  'sees captured variables as they are where the function is called': `
function outer() {
  let q = 'x';
  function inner() { sink(q); } // !
  q = source();
  inner();
}
function calm() {
  let q = source();
  q = '';
  const inner = () => sink(q);
  inner();
}`,
  'follows functions handed to functions of the file': `
function apply(f, x) { return f(x); }
apply(v => sink(v), source()); // !
apply(v => sink(v), 'x');`,
  'follows classes': `
class A {
  constructor(x, y) { this.x = x; this.y = y; }
  getX() { return this.x; }
  getY() { return this.y; }
}
const a = new A(source(), 1);
sink(a.getX()); // !
sink(a.getY());`,
  'joins what || and ?? may give': `
const a = source() || 'x';
sink(a); // !
const b = null ?? source();
sink(b); // !
let c = 'x';
c ||= source();
sink(c); // !`,
  'follows try, catch and finally': `
try { throw source(); } catch (e) { sink(e); } // !
let a = source();
try { a = ''; } finally { sink(a); } // !
sink(a);`,
  'carries variables of the file into functions': `
const q = source();
function later() { sink(q); } // !`,
  'array methods with callbacks': `
const x = source();
x.forEach((a) => { sink(a); }); // !
const y = x.map((b) => b);
sink(y); // !
`,
  'promise chains': `
source().then((a) => { sink(a); }); // !
f().then((b) => { sink(b); });
`,
  await: `
async function f() {
  const a = await source();
  sink(a); // !
}
`,
  destructuring: `
const { a, b: c } = source();
sink(a); // !
sink(c); // !
const [d, ...e] = source();
sink(d); // !
sink(e); // !
`,
  spread: `
const a = { b: source() };
sink({ ...a }); // !
sink([...source()]); // !
sink(...source()); // !
`,
  templates: `
const a = source();
sink(\`x\${a}\`); // !
sink(\`x\${1}\`);
`,
  handlers: `
app.get('/a', (tainted, res) => {
  const a = tainted.query.b;
  sink(a); // !
  sink(res);
});
`,
  closures: `
const a = source();
function f() {
  sink(a); // !
}
const g = () => sink(a); // !
`,
  'class fields in one method': `
class A {
  m() {
    this.x = source();
    sink(this.x); // !
    sink(this.y);
  }
}
`,
  'fields across methods': `
class A {
  constructor() { this.x = source(); }
  m() {
    sink(this.x); // !
  }
}
`,
  conditions: `
const a = c ? source() : 1;
sink(a); // !
const b = source() || 'x';
sink(b); // !
const d = source() ?? 1;
sink(d); // !
`,
  'sanitizers in branches': `
let a = source();
if (c) {
  a = clean(a);
  sink(a);
}
sink(a); // !
`,
  'try and finally': `
let a;
try {
  a = source();
} catch (e) {
  sink(a); // !
} finally {
  sink(a); // !
}
`,
  loops: `
let a = 1;
for (const b of source()) {
  sink(a); // !
  a = b;
}
`,
  'default parameters': `
function f(a = source()) {
  sink(a); // !
}
`,
  'a tainted default counts where the argument is left out': `
function given(a = source()) {
  sink(a);
}
given(1);
function leftOut(a = source(), b = a) {
  sink(a); // !
  sink(b); // !
}
leftOut();
const pick = ({ a, b } = source()) => {
  sink(a);
};
pick({ a: 1 });
const result = (a, b = source()) => b;
sink(result(1)); // !
sink(result(1, 2));
const second = (a, b = a) => b;
sink(second(source())); // !
sink(second(source(), 1));
`,
  generators: `
function* g() { yield source(); }
for (const a of g()) {
  sink(a); // !
}
`,
  elements: `
const a = {};
a['b'] = source();
sink(a['b']); // !
`,
  'functions as values': `
const f = function (a) { return a; };
sink(f(source())); // !
sink(f(1));
`,
  'side effects and checks': `
function f(a, b) {
  taint(a);
  sink(a); // !
  check(a);
  sink(a);
  sink(b);
}
`,
  propagators: `
function f(a, b) {
  copy(a, source());
  sink(a); // !
  sink(b);
}
`,
};

describe('taint in JavaScript', () => {
  for (const [name, code] of Object.entries(cases)) {
    it(name, async () => {
      await check('javascript', code);
    });
  }
});
