import assert from 'node:assert/strict';

import { shown, unknownInProfile } from '../../support/ast.ts';

/** Code, and how it reads. */
const READINGS: readonly (readonly [code: string, ...nodes: readonly string[]])[] = [
  [
    'fun f(a: Int = 1, vararg b: String, @X c: T) { break; for (x in y) { continue } ; break@outer; return@lab 1; this@A.x }',
    '(function name=f parameters=(parameter target=a type=Int default=1) parameters=(parameter modifiers=vararg target=b type=String) parameters=(parameter attributes=(annotation name=X) target=c type=T) body=(block statements=(break) statements=(forEach target=x iterable=y body=(block statements=(continue))) statements=(break label=outer) statements=(return value=1) statements=(member object=this name=x)))',
  ],
  ['!a.f(1)', '(unary operator=! operand=(call callee=(member object=a name=f) arguments=1))'],
  [
    '-a[0].b!!',
    '(unary operator=- operand=(unary operator=post!! operand=(member object=(index object=a indices=0) name=b)))',
  ],
  ['(-a).b', '(member object=(unary operator=- operand=a) name=b)'],
  [
    'val x: Int by lazy { 1 }',
    '(variable modifiers=val target=x type=Int modifiers=by value=(call callee=lazy arguments=(lambda parameters=(parameter target=it) body=(block statements=1))))',
  ],
  [
    'a.b?.c!!.d(1, k = 2, *c) { x, y -> z }',
    '(call callee=(member object=(unary operator=post!! operand=(member object=(member object=a name=b) name=c)) name=d) arguments=1 arguments=(keyword name=k value=2) arguments=(spread operator=* value=c) arguments=(lambda parameters=(parameter target=x) parameters=(parameter target=y) body=(block statements=z)))',
  ],
  [
    'when (val x = f()) { 1, 2 -> a; in 1..3 -> b; is String -> c; else -> { d } }',
    '(switch value=(variable modifiers=val target=x value=(call callee=f)) cases=(case patterns=1 patterns=2 body=(block statements=a)) cases=(case patterns=(:range_test in (binary left=1 operator=.. right=3)) body=(block statements=b)) cases=(case patterns=(:type_test is String) body=(block statements=c)) cases=(case body=(block statements=d)))',
  ],
  [
    'when { a -> b; else -> c }',
    '(switch cases=(case guard=a body=(block statements=b)) cases=(case body=(block statements=c)))',
  ],
  [
    'try { a() } catch (e: Ex) { b() } finally { c() }',
    '(try body=(block statements=(call callee=a)) catches=(catch parameter=(parameter target=e type=Ex) body=(block statements=(call callee=b))) finally=(block statements=(call callee=c)))',
  ],
  [
    'val s = "a $b ${c.d} \\n e \\$z"',
    '(variable modifiers=val target=s value=(template parts="a " parts=b parts=" " parts=(member object=c name=d) parts=" \\\\n e \\\\$z"))',
  ],
  [
    'class A<T> @Inject constructor(private val x: Int = 3, y: String) : B(x), C, D by y {\n  init { f() }\n  constructor(z: Int) : this(z, "") { g() }\n  companion object { const val K = 1 }\n  var p: Int = 1\n    get() = field\n    set(v) { field = v }\n}',
    '(class form=class name=A typeParameters=T attributes=(annotation name=Inject) parameters=(parameter modifiers=private modifiers=val target=x type=Int default=3) parameters=(parameter target=y type=String) parents=B arguments=x parents=C parents=D arguments=y members=(block statements=(call callee=f)) members=(function name=constructor parameters=(parameter target=z type=Int) body=(block statements=(call callee=this arguments=z arguments="") statements=(call callee=g))) members=(variable modifiers=const modifiers=val target=K value=1) members=(variable modifiers=var target=p type=Int value=1 accessors=(function name=get body=(block statements=(return value=field))) accessors=(function name=set parameters=(parameter target=v) body=(block statements=(assign target=field operator== value=v)))))',
  ],
  [
    '@Foo(1) @get:Bar class X',
    '(class attributes=(annotation list=() name=Foo arguments=1) attributes=(annotation target=get name=Bar) form=class name=X)',
  ],
  [
    'val o = object : Foo(1) { override fun bar() {} }',
    '(variable modifiers=val target=o value=(new type=Foo arguments=1 members=(function modifiers=override name=bar body=(block))))',
  ],
  [
    'fun String.ext(x: Int): Int = x',
    '(function receiver=(parameter target=this type=String) name=ext parameters=(parameter target=x type=Int) returns=Int body=(block statements=(return value=x)))',
  ],
  ['val (a, b) = pair', '(variable modifiers=val target=(tuple elements=a elements=b) value=pair)'],
  [
    'a shl 2; 1..2; a !in b; a !is B; a as? B; i++; -i; String::class.java; ::foo; A::foo; f<Int>(1); g { it }; [1, 2]',
    '(binary left=a operator=shl right=2)',
    '(binary left=1 operator=.. right=2)',
    '(binary left=a operator=!in right=b)',
    '(binary left=a operator=!is right=B)',
    '(cast value=a type=B)',
    '(unary operator=post++ operand=i)',
    '(unary operator=- operand=i)',
    '(member object=(member object=String name=class) name=java)',
    '(unary operator=:: operand=foo)',
    '(member object=A name=foo)',
    '(call callee=f typeArguments=Int arguments=1)',
    '(call callee=g arguments=(lambda parameters=(parameter target=it) body=(block statements=it)))',
    '(list elements=1 elements=2)',
  ],
  [
    'outer@ for ((a, b) in x) f()',
    '(labeled label=outer@ statements=(forEach target=(tuple elements=a elements=b) iterable=x body=(block statements=(call callee=f))))',
  ],
  [
    'import a.b.C\nimport a.b.*\nimport a.b.C as D',
    '(import module=(member object=(member object=a name=b) name=C))',
    '(import module=(member object=a name=b) names=*)',
    '(import module=(member object=(member object=a name=b) name=C) alias=D)',
  ],
  [
    'if (a) b else if (c) d else { e }',
    '(if condition=a then=(block statements=b) else=(if condition=c then=(block statements=d) else=(block statements=e)))',
  ],
  [
    'val f = fun(x: Int): Int { return x }',
    '(variable modifiers=val target=f value=(lambda parameters=(parameter target=x type=Int) returns=Int body=(block statements=(return value=x))))',
  ],
  [
    'x as String; throw X(); return; @Sup val y = z',
    '(cast value=x type=String)',
    '(throw value=(call callee=X))',
    '(return)',
    '(variable attributes=(annotation name=Sup) modifiers=val target=y value=z)',
  ],
  [
    'typealias A = Map<String, *>',
    '(:type_alias typealias type=A = (genericType base=Map arguments=String arguments=*))',
  ],
  ['for (x: Int in y) z()', '(forEach target=x type=Int iterable=y body=(block statements=(call callee=z)))'],
  [
    'x.f { (k, v), w: Int -> k }',
    '(call callee=(member object=x name=f) arguments=(lambda parameters=(parameter target=(tuple elements=k elements=v)) parameters=(parameter target=w type=Int) body=(block statements=k)))',
  ],
];

describe('Kotlin in the shared vocabulary', () => {
  it('names only what the grammar and the vocabulary have', async () => {
    assert.deepEqual(await unknownInProfile('kotlin'), []);
  });

  for (const [code, ...nodes] of READINGS) {
    it(code.replace(/\s+/g, ' '), async () => {
      assert.deepEqual(await shown('kotlin', code), nodes);
    });
  }
});
