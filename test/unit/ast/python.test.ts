import assert from 'node:assert/strict';

import { shown, unknownInProfile } from '../../support/ast.ts';

/** Code, and how it reads. */
const READINGS: readonly (readonly [code: string, ...nodes: readonly string[]])[] = [
  [
    'import a.b.c as d, e',
    '(import module=(member object=(member object=a name=b) name=c) alias=d)',
    '(import module=e)',
  ],
  [
    'from x.y import z as w, v',
    '(import module=(member object=x name=y) names=(importName name=z alias=w) names=(importName name=v))',
  ],
  ['from . import q', '(import module=. names=(importName name=q))'],
  ['from m import *', '(import module=m names=*)'],
  ['from __future__ import annotations', '(import module=__future__ names=(importName name=annotations))'],
  [
    '@app.route("/x", methods=["GET"])\n@login\nasync def f(a, b=1, c: int = 2, d: str, *args, e, **kw) -> int:\n    """doc"""\n    x: int = 5\n    if a: pass\n    elif b:\n        g()\n    elif c:\n        h()\n    else:\n        i()\n    return x, 1',
    '(function attributes=(annotation list=() name=(member object=app name=route) arguments="/x" arguments=(keyword name=methods value=(list elements="GET"))) attributes=(annotation name=login) modifiers=async name=f parameters=(parameter target=a) parameters=(parameter target=b default=1) parameters=(parameter target=c type=int default=2) parameters=(parameter target=d type=str) parameters=(parameter target=(spread operator=* value=args)) parameters=(parameter target=e) parameters=(parameter target=(spread operator=** value=kw)) returns=int body=(block statements=(expressionStatement expression="doc") statements=(variable target=x type=int value=5) statements=(if condition=a then=(block statements=(:pass_statement pass)) else=(if condition=b then=(block statements=(expressionStatement expression=(call callee=g))) else=(if condition=c then=(block statements=(expressionStatement expression=(call callee=h))) else=(block statements=(expressionStatement expression=(call callee=i)))))) statements=(return value=(tuple elements=x elements=1))))',
  ],
  [
    'class A(B, metaclass=M):\n    f = models.CharField(max_length=3)\n    def g(self): pass',
    '(class form=class name=A parents=B parents=(keyword name=metaclass value=M) members=(expressionStatement expression=(assign operator== target=f value=(call callee=(member object=models name=CharField) arguments=(keyword name=max_length value=3)))) members=(function name=g parameters=(parameter target=self) body=(block statements=(:pass_statement pass))))',
  ],
  [
    'try:\n    a()\nexcept ValueError as e:\n    raise X from e\nexcept (A, B):\n    pass\nexcept:\n    pass\nelse:\n    z\nfinally:\n    c()',
    '(try body=(block statements=(expressionStatement expression=(call callee=a))) catches=(catch type=ValueError parameter=(parameter target=e) body=(block statements=(throw value=X cause=e))) catches=(catch type=(tuple elements=A elements=B) body=(block statements=(:pass_statement pass))) catches=(catch body=(block statements=(:pass_statement pass))) else=(block statements=(expressionStatement expression=z)) finally=(block statements=(expressionStatement expression=(call callee=c))))',
  ],
  [
    'with open(x) as f, g:\n    f.read()',
    '(with resources=(resource value=(call callee=open arguments=x) target=f) resources=g body=(block statements=(expressionStatement expression=(call callee=(member object=f name=read)))))',
  ],
  [
    'for a, b in c:\n    pass\nelse:\n    d',
    '(forEach target=(tuple elements=a elements=b) iterable=c body=(block statements=(:pass_statement pass)) else=(block statements=(expressionStatement expression=d)))',
  ],
  [
    'x = y = f"a{b!r:>3}c\\n" "d"',
    '(expressionStatement expression=(assign operator== target=x value=(assign operator== target=y value=(template parts="a" parts=b parts="c\\\\n" parts="d"))))',
  ],
  ['x += 1', '(expressionStatement expression=(assign target=x operator=+= value=1))'],
  [
    'if (n := f(1)) > 2 and not z: pass',
    '(if condition=(binary left=(binary left=(assign operator== target=n value=(call callee=f arguments=1)) operator=> right=2) operator=and right=(unary operator=not operand=z)) then=(block statements=(:pass_statement pass)))',
  ],
  ['print x', '(expressionStatement expression=(call callee=print arguments=x))'],
  ['a < b < c', '(expressionStatement expression=(:comparison_operator a operators=< b operators=< c))'],
  [
    'l = lambda x, y=1: x + y',
    '(expressionStatement expression=(assign operator== target=l value=(lambda parameters=(parameter target=x) parameters=(parameter target=y default=1) body=(block statements=(return value=(binary left=x operator=+ right=y))))))',
  ],
  [
    '[i for i in z if i]',
    '(expressionStatement expression=(comprehension form=list value=i clauses=(comprehensionFor target=i iterable=z) clauses=(comprehensionIf condition=i)))',
  ],
  [
    'd = {"a": 1, **k}',
    '(expressionStatement expression=(assign operator== target=d value=(record fields=(pair key="a" value=1) fields=(spread operator=** value=k))))',
  ],
  ['a[1:2]', '(expressionStatement expression=(index object=a indices=(:slice 1 : 2)))'],
  ['a[b]', '(expressionStatement expression=(index object=a indices=b))'],
  [
    'match x:\n    case 1 | 2: pass\n    case A(b=c) if z: pass\n    case _: pass',
    '(switch value=x cases=(case patterns=(variable target=(:union_pattern 1 | 2)) body=(block statements=(:pass_statement pass))) cases=(case patterns=(variable target=(call callee=A arguments=(pair key=b value=c))) guard=z body=(block statements=(:pass_statement pass))) cases=(case patterns=_ body=(block statements=(:pass_statement pass))))',
  ],
  [
    'def g(a: Optional[int], /, b, *, c): yield from z',
    '(function name=g parameters=(parameter target=a type=(genericType base=Optional arguments=int)) parameters=(parameter target=/) parameters=(parameter target=b) parameters=(parameter target=*) parameters=(parameter target=c) body=(block statements=(expressionStatement expression=(yield operator=from value=z))))',
  ],
  [
    'await f(*a, k=1)',
    '(expressionStatement expression=(await value=(call callee=f arguments=(spread operator=* value=a) arguments=(keyword name=k value=1))))',
  ],
  ['x if y else z', '(expressionStatement expression=(conditional then=x condition=y else=z))'],
  [
    'os.system("a" "b")',
    '(expressionStatement expression=(call callee=(member object=os name=system) arguments="ab"))',
  ],
  [
    'async with a as b: pass',
    '(with modifiers=async resources=(resource value=a target=b) body=(block statements=(:pass_statement pass)))',
  ],
  [
    'f(x for x in y)',
    '(expressionStatement expression=(call callee=f arguments=(comprehension form=generator value=x clauses=(comprehensionFor target=x iterable=y))))',
  ],
  ['global zz', '(:global_statement global zz)'],
  ['assert x, y', '(:assert_statement assert x y)'],
  ['del x', '(:delete_statement del x)'],
];

describe('Python in the shared vocabulary', () => {
  for (const [code, ...nodes] of READINGS) {
    it(code.replace(/\s+/g, ' '), async () => {
      assert.deepEqual(await shown('python', code), nodes);
    });
  }

  it('names only what the grammar and the vocabulary have', async () => {
    assert.deepEqual(await unknownInProfile('python'), []);
  });
});
