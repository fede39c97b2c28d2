import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';
import { itHolds } from './cases.ts';

/** A pattern, code, and how often the pattern is in it. */
const PATTERNS: readonly (readonly [pattern: string, code: string, times: number, language?: string])[] = [
  // In the text of a template `//` begins no comment, and a quotation mark no string.
  ['f(`http://${$X}`)', 'f(`http://${u}`); f(`http://${u}/a`);', 1],
  ['f(`https://a/${$X}`, $Y)', 'f(`https://a/${u}`, 1); f(`https://b/${u}`, 1);', 1],
  ["f(`it's ${$X}`)", "f(`it's ${u}`); f(`its ${u}`);", 1],
  ['f(`a ${g(`//${$X}`)} b`, $Y)', 'f(`a ${g(`//${u}`)} b`, 1);', 1],
  ['if (!(await $X)) { ... }', 'async () => { if (!(await f())) { g(); } if (!(f())) { g(); } };', 1],
  ['g((typeof $X))', 'g((typeof x)); g(x);', 1],
  ['eval($X)', 'eval(a); x.eval(b); f(eval(c))', 2],
  ['$X.innerHTML = $Y', "a.innerHTML = b; document.getElementById('x').innerHTML = c + d;", 2],
  ['function $F(...) { ... }', 'function a(x) { return 1; }', 1],
  [
    'function $F($REQ, $RES) { ... $RES.send($REQ.query.$X); ... }',
    'function h(req, res) { a(); res.send(req.query.name); b(); }',
    1,
  ],
  [
    '$APP.get(..., function ($REQ, $RES) { ... })',
    "app.get('/x', mid, function (req, res) { res.send(1); });",
    1,
  ],
  ['$APP.get(..., ($REQ, $RES) => { ... })', "app.get('/x', mid, (req, res) => { res.send(1); });", 1],
  [
    '$APP.get(..., function $F($REQ, $RES) { ... })',
    "app.get('/x', mid, function named(req, res) { res.send(1); });",
    1,
  ],
  [
    '$APP.get(..., function ($REQ, $RES) { ... })',
    "app.get('/x', mid, function named(req, res) { res.send(1); });",
    1,
  ],
  ['$APP.get(..., function ($REQ, $RES) { ... })', "app.get('/x', mid, (req, res) => { res.send(1); });", 1],
  [
    'function ($REQ, $RES) { ... $RES.send($REQ.$X); ... }',
    "app.get('/x', (req, res) => { res.send(req.a); });",
    1,
  ],
  [
    "const $X = require('child_process')",
    'const cp = require(\'child_process\'); var q = require("child_process");',
    1,
  ],
  [
    "$X = require('child_process')",
    'const cp = require(\'child_process\'); q = require("child_process");',
    2,
  ],
  ['{ ..., httpOnly: false, ... }', 'x({ a: 1, httpOnly: false, secure: true })', 1],
  ['cookie({ httpOnly: false })', 'cookie({ a: 1, httpOnly: false, secure: true })', 1],
  ['`...${$X}...`', "f(`select ${a} from`); g('x')", 1],
  ['$C.query(`...${$X}...`)', "c.query(`select ${a} from`); c.query('x')", 1],
  ['$C.query("..." + $X, ...)', "c.query('select ' + a, cb);", 1],
  ["import $X from 'm'", "import y from 'm'", 1],
  ["import * as $X from 'm'", "import * as y from 'm'", 1],
  ['new Foo(...)', 'new Foo; new Foo(1, 2)', 2],
  [
    '<div dangerouslySetInnerHTML={$X} />',
    "const a = <div className='x' dangerouslySetInnerHTML={{__html: y}}>t</div>; const b = <div dangerouslySetInnerHTML={z}/>",
    2,
  ],
  ['<$EL href={$X} ... />', "const a = <a className='x' href={y} target='b'>t</a>;", 1],
  ['<$EL ... href={$X} ... >...</$EL>', "const a = <a className='x' href={y} target='b'>t <b/></a>;", 1],
  [
    '<$EL ... style={{color: $C}} ... />',
    "function f() { return (\n<div><a x='1' style={{ color: c }} y='2'/><b style={{ size: c }} z='3'/></div>); }",
    1,
  ],
  ['{ __html: $X }', 'f({ __html: a })', 1],
  ['try { ... } catch ($E) { }', 'try { a(); } catch (e) { } try { b(); } catch (e) { c(); }', 1],
  ['catch ($E) { ... }', 'try { a(); } catch (e) { b(); }', 1],
  ['if ($X) { ... } else { ... }', 'if (a) b(); else c(); if (d) e();', 1],
  ['for (const $X of $Y) { ... }', 'for (const a of b) f(a);', 1],
  ['for (...) { ... }', 'for (let i = 0; i < n; i++) f(i);', 1],
  ['setTimeout("...", ...)', "setTimeout('x()', 100); setTimeout(f, 100)", 1],
  ['class $C extends React.Component { ... }', 'class A extends React.Component { render() {} }', 1],
  [
    'class $C { ... constructor(...) { ... } ... }',
    'class A extends B { x = 1; constructor(a) { super(a); } m() {} }',
    1,
  ],
  ['$F(...) { ... super(...); ... }', 'class A extends B { constructor(a) { super(a); } m() {} }', 1],
  ['/.../', "x = /ab/; y = 'c'", 1],
  ['$X.$Y(...)', 'a.b(1); a?.b(2); c(3)', 2],
  ['$O. ... .then($F)', 'fetch(u).then(a).catch(b); x.y.then(z)', 2],
  ['async function $F(...) { ... }', 'async function a() {} function b() {}', 1],
  ['$X == $X', 'if (a.b == a.b) {} if (a == b) {}', 1],
  ['var $X = $Y; ... f($X);', 'var a = 1; g(); f(a);', 1],
  ['let $X = $Y; ... f($X);', 'function t() { let a = 1; if (z) { f(a); } }', 1],
  ['$X = {...$Y}', 'a = {...b}; c = {d: 1}', 1],
  ['Object.assign({}, ...)', 'Object.assign({}, a, b)', 1],
  ["res.set('X', ...)", "res.set('X', 1, 2)", 1],
  ['return $X', 'function f() { return a; return; }', 1],
  ['(...) => $X', 'f((a, b) => a + b)', 1],
  ['$X !== $Y', 'if (a !== b) {} if (a != b) {}', 1],
  ['module.exports = { ..., $K: $V, ... }', 'module.exports = { a: 1 }', 1],
  [
    'switch ($X) { ... case 2: c(...); ... }',
    'switch (a) { case 1: b(); break; case 2: c(3); break; default: d(); } switch (a) { case 2: c(1); } switch (a) { case 2: d(); }',
    2,
  ],
  [
    'switch ($X) { ... default: ... f(...); }',
    'switch (a) { case 1: b(); default: c(); f(1); } switch (a) { case 1: f(2); default: c(); }',
    1,
  ],
  ['case $X: ...', 'switch (a) { case 1: f(); break; }', 1],
  ['throw new Error($X)', "throw new Error('a')", 1],
  ['export default $X', 'export default foo', 1],
  ['export function $F(...) { ... }', 'export function a() {} function b() {}', 1],
  ["foo('secret')", "const K = 'secret'; foo(K)", 1],
  ['f($X, $X)', 'f(a, a); f(a, b)', 1],
  ['log(<... $X.secret ...>)', "log('a' + b.secret)", 1],
  ['document.cookie', 'x = document.cookie + a', 1],
  ['"=~/^http:.*/"', "f('http://x', 'https://y')", 1],
  ['while (true) { ... }', 'while (true) { f(); }', 1],
  ['delete $X', 'delete a.b', 1],
  ['$X ? $Y : $Z', 'a ? b : c', 1],
  ['await $X', 'async () => { await f(); }', 1],
  ['key: $V', 'x = { key: 1 }', 1],
  ['child_process.exec(...)', "import * as cp from 'child_process'; cp.exec(a)", 1],
  ['child_process.exec(...)', "import { exec } from 'child_process'; exec(a)", 1],
  ['child_process.exec(...)', "const cp = require('child_process'); cp.exec(a)", 1],
  ["const { $X } = require('child_process')", "const { exec } = require('child_process')", 1],
  ["$X.use(session({..., secret: '...', ...}))", "app.use(session({ secret: 'x', resave: true }))", 1],
  [
    "jwt.verify($T, $K, {..., algorithms: [..., 'none', ...], ...})",
    "jwt.verify(t, k, { algorithms: ['HS256', 'none'] })",
    1,
  ],
  ["crypto.createHash('md5')", 'crypto.createHash("md5").update(x)', 1],
  ["process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'", 'process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"', 1],
  ['window.location = $X', 'window.location = a', 1],
  ['$(...).html($X)', "$('#a').html(b)", 1],
  ['new RegExp($X, ...)', "new RegExp(a, 'g')", 1],
  ['if ($X === $Y) { ... }', 'if (a === b) c()', 1],
  ["switch ($X) { ... case 'a': ... }", "switch (x) { case 'b': f(); break; case 'a': g(); }", 1],
  ['$P.then(function ($X) { ... })', 'p.then(x => { f(x) })', 1],
  ['async ($X) => { ... }', 'f(async (a) => { await b })', 1],
  ['class $X { ... $M(...) { ... return $Y; ... } ... }', 'class A { m(a) { if (a) return 1; } }', 1],
  ['document.$W(...)', 'document.write(a)', 1],
  ['$X += $Y', 'a += b', 1],
  ['for (let $I = 0; $I < $N; $I++) { ... }', 'for (let i = 0; i < n; i++) f()', 1],
  ['"use strict"', "'use strict'; f()", 1],
  ['$OBJ[$KEY] = $VAL', 'a[b] = c; a.b = c', 1],
  ['export const $X = $Y', 'export const a = 1; const b = 2', 1],
  ["import '...'", "import 'm'", 1],
  ['<a href="...">...</a>', "x = <a href='b'>{c}</a>", 1],
  ['<iframe src={...} />', 'x = <iframe src={a}></iframe>', 1],
  ['React.createElement("a", {href: $X}, ...)', "React.createElement('a', {href: b, c: 1}, d)", 1],
  ['child_process.exec(...)', "const { exec } = require('child_process'); exec(a)", 1],
  ['child_process.exec(...)', "const { exec: run } = require('child_process'); run(a); exec(b)", 1],
  // Private names
  ['this.#$X', 'class A { #p = 1; m() { this.#p = 2; return this.q + this.#p; } }', 2],
  ['this.#$X = $V', 'class A { #p = 1; m() { this.#p = 2; this.q = 3; } }', 1],
  ['this.#key', 'class A { m() { return this.#key + this.#other + this.key; } }', 1],
  ['this.#$M(...)', 'class A { m() { this.#go(1); this.go(2); this.#run(); } }', 2],
  ['class $C { ... #$M(...) { ... } ... }', 'class A { #go() { x() } }\nclass B { go() { x() } }', 1],
];

const FORMULAS: readonly (readonly [formula: string, code: string, times: number])[] = [
  [
    "patterns:\n  - pattern-inside: |\n      const $CP = require('child_process')\n      ...\n  - pattern: $CP.exec($X, ...)",
    "const cp = require('child_process');\nfunction f(a) {\n  cp.exec(a);\n}",
    1,
  ],
  [
    'patterns:\n  - pattern-inside: function ... (..., $ARG, ...) { ... }\n  - pattern: eval($ARG)',
    'function f(a, b) { eval(b) }',
    1,
  ],
  [
    'patterns:\n  - pattern-inside: function $F(..., $ARG, ...) { ... }\n  - pattern: eval($ARG)',
    'function f(a, b) { eval(b); eval(c) }\nconst g = (z) => { eval(z) }',
    2,
  ],
];

describe('patterns of JavaScript', () => {
  itHolds('javascript.txt', 'javascript');
  itHolds('jsx.txt', 'javascript');

  for (const [pattern, code, times, language = 'javascript'] of PATTERNS) {
    it(`${pattern} is ${times} times in ${code}`.replace(/\s+/g, ' '), async () => {
      const block = pattern.split('\n').join('\n  ');
      const found = await matches(`pattern: |\n  ${block}`, code, language);
      assert.equal(found.length, times, found.join('\n'));
    });
  }

  for (const [formula, code, times] of FORMULAS) {
    it(`${formula} holds ${times} times in ${code}`.replace(/\s+/g, ' '), async () => {
      const found = await matches(formula, code, 'javascript');
      assert.equal(found.length, times, found.join('\n'));
    });
  }
});
