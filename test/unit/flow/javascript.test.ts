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
};

describe('taint in JavaScript', () => {
  for (const [name, code] of Object.entries(cases)) {
    it(name, async () => {
      await check('javascript', code);
    });
  }
});
