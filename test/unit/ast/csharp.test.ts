import assert from 'node:assert/strict';

import { shown, unknownInProfile } from '../../support/ast.ts';

/** Code, and how it reads. */
const READINGS: readonly (readonly [code: string, ...nodes: readonly string[]])[] = [
  [
    'using System; using static System.Math; using X = A.B.C; global using Foo;',
    '(import module=System)',
    '(import modifiers=static module=(member object=System name=Math))',
    '(import alias=X module=(member object=(member object=A name=B) name=C))',
    '(import modifiers=global module=Foo)',
  ],
  [
    'class A<T> : B, IC where T : class { private readonly int x = 1, y; public const string K = "a"; public string P { get; set; } = "d"; public int Q => x; public int R { get { return x; } private set { x = value; } } [HttpPost("a"), Authorize] public async Task<int> M(ref int a, int c = 1, params string[] b) { await f(); } public A(int q) : base(q) { } ~A() {} public int this[int i] => 1; public static A operator +(A a, A b) => a; event E Ev; delegate int D(int x); void N<U>(U u) => g(); }',
    '(class form=class name=A typeParameters=T parents=B parents=IC members=(variable modifiers=private modifiers=readonly type=int target=x value=1) members=(variable modifiers=private modifiers=readonly type=int target=y) members=(variable modifiers=public modifiers=const type=string target=K value="a") members=(variable modifiers=public type=string target=P accessors=(function name=get) accessors=(function parameters=(parameter target=value) name=set) value="d") members=(variable modifiers=public accessors=(function name=get body=(block statements=(return value=x))) type=int target=Q) members=(variable modifiers=public type=int target=R accessors=(function name=get body=(block statements=(return value=x))) accessors=(function parameters=(parameter target=value) modifiers=private name=set body=(block statements=(expressionStatement expression=(assign target=x operator== value=value))))) members=(function attributes=(annotation list=() name=HttpPost arguments="a") attributes=(annotation name=Authorize) modifiers=public modifiers=async returns=(genericType base=Task arguments=int) name=M parameters=(parameter modifiers=ref type=int target=a) parameters=(parameter type=int target=c default=1) parameters=(parameter modifiers=params type=(arrayType base=string) target=b) body=(block statements=(expressionStatement expression=(await value=(call callee=f))))) members=(function modifiers=public name=A parameters=(parameter type=int target=q) body=(block statements=(expressionStatement expression=(call callee=base arguments=q)))) members=(function modifiers=~ name=A body=(block)) members=(variable modifiers=public accessors=(function name=get body=(block statements=(return value=1))) type=int target=this) members=(function modifiers=public modifiers=static returns=A modifiers=operator name=+ parameters=(parameter type=A target=a) parameters=(parameter type=A target=b) body=(block statements=(return value=a))) members=(variable modifiers=event type=E target=Ev) members=(function modifiers=delegate returns=int name=D parameters=(parameter type=int target=x)) members=(function returns=void name=N typeParameters=U parameters=(parameter type=U target=u) body=(block statements=(return value=(call callee=g)))))',
  ],
  [
    'try { a(); } catch (E e) when (x) { b(); } catch (F) {} catch { c(); } finally { d(); }',
    '(try body=(block statements=(expressionStatement expression=(call callee=a))) catches=(catch type=E parameter=(parameter type=E target=e) guard=x body=(block statements=(expressionStatement expression=(call callee=b)))) catches=(catch type=F body=(block)) catches=(catch body=(block statements=(expressionStatement expression=(call callee=c)))) finally=(block statements=(expressionStatement expression=(call callee=d))))',
  ],
  [
    'switch (x) { case 1: case 2: a(); break; case string s when s != null: b(); break; default: c(); break; }',
    '(switch value=x cases=(case patterns=1) cases=(case patterns=2 body=(block statements=(expressionStatement expression=(call callee=a)) statements=(break))) cases=(case patterns=(variable type=string target=s) guard=(binary left=s operator=!= right=(:null_literal null)) body=(block statements=(expressionStatement expression=(call callee=b)) statements=(break))) cases=(case body=(block statements=(expressionStatement expression=(call callee=c)) statements=(break))))',
  ],
  [
    'var y = x switch { 1 => a, > 2 => b, _ => c };',
    '(variable type=var target=y value=(switch value=x cases=(case patterns=1 body=(block statements=a)) cases=(case patterns=(:relational_pattern > 2) body=(block statements=b)) cases=(case patterns=_ body=(block statements=c))))',
  ],
  [
    'var s = $"a {b} c {d:F2}\\n"; var v = @"c:\\x"; var w = """raw"""; var i = $@"x{y}"; var z = $"""a {b}""";',
    '(variable type=var target=s value=(template parts="a " parts=b parts=" c " parts=d parts="\\\\n"))',
    '(variable type=var target=v value="c:\\\\x")',
    '(variable type=var target=w value="raw")',
    '(variable type=var target=i value=(template parts="x" parts=y))',
    '(variable type=var target=z value=(template parts="a " parts=b))',
  ],
  [
    'foreach (var x in y) { } foreach (var (a, b) in c) f(); for (int i = 0; i < n; i++) { } do { } while (x); while (true) ;',
    '(forEach type=var target=x iterable=y body=(block))',
    '(forEach type=var target=(tuple elements=a elements=b) iterable=c body=(block statements=(expressionStatement expression=(call callee=f))))',
    '(for initialiser=(variable type=int target=i value=0) condition=(binary left=i operator=< right=n) update=(unary operator=post++ operand=i) body=(block))',
    '(doWhile body=(block) condition=x)',
    '(while condition=(:boolean_literal true))',
  ],
  [
    'using (var c = f()) { g(); } using var d = h(); lock (x) { } fixed (int* p = q) { } unsafe { }',
    '(with modifiers=using resources=(variable type=var target=c value=(call callee=f)) body=(block statements=(expressionStatement expression=(call callee=g))))',
    '(variable modifiers=using type=var target=d value=(call callee=h))',
    '(with modifiers=lock resources=x body=(block))',
    '(with modifiers=fixed resources=(variable type=(pointerType base=int) target=p value=q) body=(block))',
    '(with modifiers=unsafe body=(block))',
  ],
  [
    'f(a?.b.c(1).d?.e, a?[1], a!.b, (string)x, x as string, x is string s, x is not null, typeof(A), default(int), new(), new(1) { A = 2 }, new[] {1,2}, new { A = 1, b.C }, a ? b : c, a ?? throw new E(), (a, b: 2), x => x, async (x) => await x, (int a, b) => { return a; }, delegate(int q) { }, out var z, ref q, k: 1, new A.B<int>(), new int[3], new int[] {1});',
    '(expressionStatement expression=(call callee=f arguments=(member object=(member object=(call callee=(member object=(member object=a name=b) name=c) arguments=1) name=d) name=e) arguments=(index object=a indices=1) arguments=(member object=a name=b) arguments=(cast type=string value=x) arguments=(cast value=x type=string) arguments=(binary left=x operator=is right=(variable type=string target=s)) arguments=(binary left=x operator=is right=(unary operator=not operand=(:null_literal null))) arguments=(:typeof_expression typeof type=A) arguments=(:default_expression default type=int) arguments=(new) arguments=(new arguments=1 fields=(pair key=A value=2)) arguments=(list elements=1 elements=2) arguments=(record fields=(pair key=A value=1) fields=(member object=b name=C)) arguments=(conditional condition=a then=b else=c) arguments=(binary left=a operator=?? right=(throw value=(new type=E))) arguments=(tuple elements=a elements=(keyword name=b value=2)) arguments=(lambda parameters=(parameter target=x) body=(block statements=(return value=x))) arguments=(lambda modifiers=async parameters=(parameter target=x) body=(block statements=(return value=(await value=x)))) arguments=(lambda parameters=(parameter type=int target=a) parameters=(parameter target=b) body=(block statements=(return value=a))) arguments=(lambda parameters=(parameter type=int target=q) body=(block)) arguments=(unary operator=out operand=(variable type=var target=z)) arguments=(unary operator=ref operand=q) arguments=(keyword name=k value=1) arguments=(new type=(member object=A name=(genericType base=B arguments=int))) arguments=(new type=(arrayType base=int) arguments=3) arguments=(new type=(arrayType base=int) arguments=(list elements=1))))',
  ],
  [
    'Foo m = new(1); x.F<int>(1); F<int>(2); new Foo(1) { A = 2, B = { C = 3 } }; var l = new List<int> { 1, 2 }; var d = new Dictionary<string,int> { ["a"] = 1, {"b", 2} };',
    '(variable type=Foo target=m value=(new type=Foo arguments=1))',
    '(expressionStatement expression=(call callee=(member object=x name=F) typeArguments=int arguments=1))',
    '(expressionStatement expression=(call callee=F typeArguments=int arguments=2))',
    '(expressionStatement expression=(new type=Foo arguments=1 fields=(pair key=A value=2) fields=(pair key=B value=(record fields=(pair key=C value=3)))))',
    '(variable type=var target=l value=(new type=(genericType base=List arguments=int) fields=1 fields=2))',
    '(variable type=var target=d value=(new type=(genericType base=Dictionary arguments=string arguments=int) fields=(pair key="a" value=1) fields=(list elements="b" elements=2)))',
  ],
  [
    'var q = from u in users where u.A == 1 orderby u.B select u.C;',
    '(variable type=var target=q value=(:query_expression (variable modifiers=from target=u value=users) (:where_clause where (binary left=(member object=u name=A) operator=== right=1)) (:order_by_clause orderby (member object=u name=B)) (:select_clause select (member object=u name=C))))',
  ],
  [
    'record R(int A, string B) : S(A); record struct S(int X) { } struct T { } interface I { void M(); } enum E : byte { [A] A = 1, B }',
    '(class form=record name=R parameters=(parameter type=int target=A) parameters=(parameter type=string target=B) parents=S arguments=A)',
    '(class form=record modifiers=struct name=S parameters=(parameter type=int target=X))',
    '(class form=struct name=T)',
    '(class form=interface name=I members=(function returns=void name=M))',
    '(class form=enum name=E parents=byte members=(variable attributes=(annotation name=A) target=A value=1) members=(variable target=B))',
  ],
  ['namespace A.B; class C {}', '(namespace name=(member object=A name=B))', '(class form=class name=C)'],
  [
    'namespace A.B { class C {} }',
    '(namespace name=(member object=A name=B) statements=(class form=class name=C))',
  ],
  [
    'int Local(int x) => x + 1; void Main() { goto x; x: f(); yield return 1; yield break; throw new E(); int? a = null; a ??= 1; return; }',
    '(function returns=int name=Local parameters=(parameter type=int target=x) body=(block statements=(return value=(binary left=x operator=+ right=1))))',
    '(function returns=void name=Main body=(block statements=(goto label=x) statements=(labeled label=x statements=(expressionStatement expression=(call callee=f))) statements=(yield value=1) statements=(return) statements=(throw value=(new type=E)) statements=(variable type=int target=a value=(:null_literal null)) statements=(expressionStatement expression=(assign target=a operator=??= value=1)) statements=(return)))',
  ],
  [
    'x = r with { A = 1 }; int[] b = { 1, 2 }; string[] y = ["a", .. z]; (int m, string n) = f(); var (p, q) = g();',
    '(expressionStatement expression=(assign target=x operator== value=(record fields=(spread operator=... value=r) fields=(pair key=A value=1))))',
    '(variable type=(arrayType base=int) target=b value=(list elements=1 elements=2))',
    '(variable type=(arrayType base=string) target=y value=(list elements="a" elements=(spread operator=... value=z)))',
    '(expressionStatement expression=(assign target=(tuple elements=(variable type=int target=m) elements=(variable type=string target=n)) operator== value=(call callee=f)))',
    '(variable type=var target=(tuple elements=p elements=q) value=(call callee=g))',
  ],
  [
    'global::System.Console.WriteLine(); base.M(); this.x = 1; int.Parse(s);',
    '(expressionStatement expression=(call callee=(member object=(member object=System name=Console) name=WriteLine)))',
    '(expressionStatement expression=(call callee=(member object=base name=M)))',
    '(expressionStatement expression=(assign target=(member object=this name=x) operator== value=1))',
    '(expressionStatement expression=(call callee=(member object=int name=Parse) arguments=s))',
  ],
  [
    '[assembly: Foo("x")] [Serializable] class X {}',
    '(annotation target=assembly list=() name=Foo arguments="x")',
    '(class form=class attributes=(annotation name=Serializable) name=X)',
  ],
  [
    '#if DEBUG\nf();\n#else\ng();\n#endif',
    '(expressionStatement expression=(call callee=f))',
    '(expressionStatement expression=(call callee=g))',
  ],
];

describe('C# in the shared vocabulary', () => {
  it('names only what the grammar and the vocabulary have', async () => {
    assert.deepEqual(await unknownInProfile('csharp'), []);
  });

  for (const [code, ...nodes] of READINGS) {
    it(code.replace(/\s+/g, ' '), async () => {
      assert.deepEqual(await shown('csharp', code), nodes);
    });
  }
});
