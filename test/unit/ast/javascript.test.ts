import assert from 'node:assert/strict';

import { shown, unknownInProfile } from '../../support/ast.ts';

/** Code, and how it reads. */
const READINGS: readonly (readonly [code: string, ...nodes: readonly string[]])[] = [
  [
    "import x, {a as b, c} from 'm';",
    '(import names=(importName name=default alias=x) names=(importName name=a alias=b) names=(importName name=c) module="m")',
  ],
  ["import * as n from 'm';", '(import alias=n module="m")'],
  ["import 'z';", '(import module="z")'],
  [
    "const {d, e: f, g = 1, ...h} = require('x'), i = 2;",
    '(variable modifiers=const target=(record fields=(pair key=d value=d) fields=(pair key=e value=f) fields=(pair key=g value=(assign target=g operator== value=1)) fields=(spread operator=... value=h)) value=(call callee=require arguments="x"))',
    '(variable modifiers=const target=i value=2)',
  ],
  [
    'let y; var z = [1, ...k];',
    '(variable modifiers=let target=y)',
    '(variable modifiers=var target=z value=(list elements=1 elements=(spread operator=... value=k)))',
  ],
  [
    'export async function foo(a, {b}, c = 1, ...r) { "use strict"; return a; }',
    '(function modifiers=export modifiers=async name=foo parameters=(parameter target=a) parameters=(parameter target=(record fields=(pair key=b value=b))) parameters=(parameter target=c default=1) parameters=(parameter target=(spread operator=... value=r)) body=(block statements=(expressionStatement expression="use strict") statements=(return value=a)))',
  ],
  [
    'export default class extends B {}',
    '(:export_statement export default value=(class form=class parents=B))',
  ],
  ['export const q = 3;', '(variable modifiers=export modifiers=const target=q value=3)'],
  ['export { a };', '(export names=(exportName name=a))'],
  [
    'class A extends B.C { static #p = 1; constructor(x) { super(x); } get v() { return 1; } static async *m() {} static { z(); } }',
    '(class form=class name=A parents=(member object=B name=C) members=(variable modifiers=static target=#p value=1) members=(function name=constructor parameters=(parameter target=x) body=(block statements=(expressionStatement expression=(call callee=super arguments=x)))) members=(function modifiers=get name=v body=(block statements=(return value=1))) members=(function modifiers=static modifiers=async modifiers=* name=m body=(block)) members=(block statements=(expressionStatement expression=(call callee=z))))',
  ],
  [
    'const arrow = async (a, b) => a + b, arr2 = a => { b(); };',
    '(variable modifiers=const target=arrow value=(lambda modifiers=async parameters=(parameter target=a) parameters=(parameter target=b) body=(block statements=(return value=(binary left=a operator=+ right=b)))))',
    '(variable modifiers=const target=arr2 value=(lambda parameters=(parameter target=a) body=(block statements=(expressionStatement expression=(call callee=b)))))',
  ],
  [
    'o = { a, b: 1, [c]: 2, m() {}, ...s, f: function () {}, g: function named(x) {} };',
    '(expressionStatement expression=(assign target=o operator== value=(record fields=(pair key=a value=a) fields=(pair key=b value=1) fields=(pair key=(:computed_property_name c) value=2) fields=(function name=m body=(block)) fields=(spread operator=... value=s) fields=(pair key=f value=(lambda body=(block))) fields=(pair key=g value=(function name=named parameters=(parameter target=x) body=(block))))))',
  ],
  [
    'a?.b?.[c]?.(d);',
    '(expressionStatement expression=(call callee=(index object=(member object=a name=b) indices=c) arguments=d))',
  ],
  [
    'new Foo; new Foo(1, ...x);',
    '(expressionStatement expression=(new type=Foo))',
    '(expressionStatement expression=(new type=Foo arguments=1 arguments=(spread operator=... value=x)))',
  ],
  [
    '`a${b}c\\nd`; tag`a${b}`; `plain`;',
    '(expressionStatement expression=(template parts="a" parts=b parts="c\\\\nd"))',
    '(expressionStatement expression=(template tag=tag parts="a" parts=b))',
    '(expressionStatement expression="plain")',
  ],
  [
    'i++; --i; typeof x; delete a.b;',
    '(expressionStatement expression=(unary operator=post++ operand=i))',
    '(expressionStatement expression=(unary operator=-- operand=i))',
    '(expressionStatement expression=(unary operator=typeof operand=x))',
    '(expressionStatement expression=(unary operator=delete operand=(member object=a name=b)))',
  ],
  [
    'x = a ? b : c; x += 1;',
    '(expressionStatement expression=(assign target=x operator== value=(conditional condition=a then=b else=c)))',
    '(expressionStatement expression=(assign target=x operator=+= value=1))',
  ],
  [
    'if (a) b(); else if (c) { d(); } else { e(); }',
    '(if condition=a then=(block statements=(expressionStatement expression=(call callee=b))) else=(if condition=c then=(block statements=(expressionStatement expression=(call callee=d))) else=(block statements=(expressionStatement expression=(call callee=e)))))',
  ],
  [
    'for (let i = 0; i < n; i++) { f(); }',
    '(for initialiser=(variable modifiers=let target=i value=0) condition=(binary left=i operator=< right=n) update=(unary operator=post++ operand=i) body=(block statements=(expressionStatement expression=(call callee=f))))',
  ],
  ['for (;;) ;', '(for body=(block))'],
  [
    'for (const k of ks) g(k);',
    '(forEach modifiers=const target=k modifiers=of iterable=ks body=(block statements=(expressionStatement expression=(call callee=g arguments=k))))',
  ],
  [
    'for (k in ks) g(k);',
    '(forEach target=k modifiers=in iterable=ks body=(block statements=(expressionStatement expression=(call callee=g arguments=k))))',
  ],
  [
    'while (x) y();',
    '(while condition=x body=(block statements=(expressionStatement expression=(call callee=y))))',
  ],
  [
    'do { y(); } while (x);',
    '(doWhile body=(block statements=(expressionStatement expression=(call callee=y))) condition=x)',
  ],
  [
    'switch (x) { case 1: case 2: f(); break; default: g(); }',
    '(switch value=x cases=(case patterns=1) cases=(case patterns=2 body=(block statements=(expressionStatement expression=(call callee=f)) statements=(break))) cases=(case body=(block statements=(expressionStatement expression=(call callee=g)))))',
  ],
  [
    'try { f(); } catch (e) { g(e); } finally { h(); }',
    '(try body=(block statements=(expressionStatement expression=(call callee=f))) catches=(catch parameter=(parameter target=e) body=(block statements=(expressionStatement expression=(call callee=g arguments=e)))) finally=(block statements=(expressionStatement expression=(call callee=h))))',
  ],
  [
    'try { f(); } catch { }',
    '(try body=(block statements=(expressionStatement expression=(call callee=f))) catches=(catch body=(block)))',
  ],
  ['throw new Error("a\\n");', '(throw value=(new type=Error arguments="a\\\\n"))'],
  [
    '/ab+c/gi.test(x);',
    '(expressionStatement expression=(call callee=(member object=/ab+c/ name=test) arguments=x))',
  ],
  ['a, b;', '(expressionStatement expression=(:sequence_expression a b))'],
  [
    'lbl: for (;;) break lbl;',
    '(labeled label=lbl statements=(for body=(block statements=(break label=lbl))))',
  ],
  ['key: value;', '(pair key=key value=value)'],
  ['(function () { })();', '(expressionStatement expression=(call callee=(lambda body=(block))))'],
  [
    "import('x').then(m => m);",
    '(expressionStatement expression=(call callee=(member object=(call callee=import arguments="x") name=then) arguments=(lambda parameters=(parameter target=m) body=(block statements=(return value=m)))))',
  ],
  [
    'const el = <div className="a" onClick={() => f()} {...props} disabled>text {x} <b/> {/* c */}</div>;',
    '(variable modifiers=const target=el value=(element name=div attributes=(keyword name=className value="a") attributes=(keyword name=onClick value=(lambda body=(block statements=(return value=(call callee=f))))) attributes=(spread operator=... value=props) attributes=(keyword name=disabled) content=(:jsx_text text ) content=x content=(element name=b)))',
  ],
  [
    'const fr = <><A.B x:y="1" /></>;',
    '(variable modifiers=const target=fr value=(element content=(element name=(member object=A name=B) attributes=(keyword name=x:y value="1"))))',
  ],
  [
    '@dec({a: 1}) class D { @foo() bar() {} @baz p = 1; }',
    '(class form=class attributes=(annotation list=() name=dec arguments=(record fields=(pair key=a value=1))) name=D members=(function attributes=(annotation list=() name=foo) name=bar body=(block)) members=(variable attributes=(annotation name=baz) target=p value=1))',
  ],
  ['await x;', '(expressionStatement expression=(await value=x))'],
];

describe('JavaScript in the shared vocabulary', () => {
  for (const [code, ...nodes] of READINGS) {
    it(code.replace(/\s+/g, ' '), async () => {
      assert.deepEqual(await shown('javascript', code), nodes);
    });
  }

  it('names only what the grammar and the vocabulary have', async () => {
    assert.deepEqual(await unknownInProfile('javascript'), []);
  });
});
