import assert from 'node:assert/strict';

import { repaired } from '../../../server/src/core/syntax/repairs.ts';
import { shown, unknownInProfile } from '../../support/ast.ts';

/** Code, and how it reads. */
const READINGS: readonly (readonly [code: string, ...nodes: readonly string[]])[] = [
  // Operators as the language groups them
  ['!a.f(1)', '(unary operator=! operand=(call callee=(member object=a name=f) arguments=1))'],
  [
    'x = try a + b[0].c!',
    '(assign target=x operator== value=(binary left=a operator=+ right=(unary operator=post! operand=(member object=(index object=b indices=0) name=c))))',
  ],
  [
    'a > 3 && b == f(4) || c',
    '(binary left=(binary left=(binary left=a operator=> right=3) operator=&& right=(binary left=b operator=== right=(call callee=f arguments=4))) operator=|| right=c)',
  ],
  ['-a * b', '(binary left=(unary operator=- operand=a) operator=* right=b)'],
  ['(a + f)(1)', '(call callee=(binary left=a operator=+ right=f) arguments=1)'],
  ['-(a * b)', '(unary operator=- operand=(binary left=a operator=* right=b))'],
  ['!(a).b', '(unary operator=! operand=(member object=a name=b))'],
  ['a * (b || c)', '(binary left=a operator=* right=(binary left=b operator=|| right=c))'],
  ['import UIKit.UIView', '(import module=(member object=UIKit name=UIView))'],
  [
    'f(1, x: 2) { a in b }',
    '(call callee=f arguments=1 arguments=(keyword name=x value=2) arguments=(lambda parameters=(parameter target=a) body=(block statements=b)))',
  ],
  [
    'f { $0.x }',
    '(call callee=f arguments=(lambda parameters=(parameter target=$0) body=(block statements=(member object=$0 name=x))))',
  ],
  [
    'a?.b!.c[0]',
    '(index object=(member object=(unary operator=post! operand=(member object=a name=b)) name=c) indices=0)',
  ],
  [
    'var x = 1, y: Int',
    '(variable modifiers=var target=x value=1)',
    '(variable modifiers=var target=y type=Int)',
  ],
  ['let (p, q) = f()', '(variable modifiers=let target=(tuple elements=p elements=q) value=(call callee=f))'],
  [
    'if let x = a, x > 1 { f() } else { g() }',
    '(if condition=(binary left=(variable modifiers=let target=x value=a) operator=&& right=(binary left=x operator=> right=1)) then=(block statements=(call callee=f)) else=(block statements=(call callee=g)))',
  ],
  ['if a {} else { g() }', '(if then=(block) condition=a else=(block statements=(call callee=g)))'],
  [
    'guard let x = a else { return }',
    '(if condition=(variable modifiers=let target=x value=a) else=(block statements=(return)))',
  ],
  [
    'func m(with b: inout String, c: Int = 1) throws -> Int { 2 }',
    '(function name=m parameters=(parameter label=with target=b modifiers=inout type=String) parameters=(parameter target=c type=Int default=1) throws=throws returns=Int body=(block statements=2))',
  ],
  [
    'class A: B { var d: Int { get { a } set { b = newValue } } }',
    '(class form=class name=A parents=B members=(variable modifiers=var target=d type=Int accessors=(function name=get body=(block statements=a)) accessors=(function name=set parameters=(parameter target=newValue) body=(block statements=(assign target=b operator== value=newValue)))))',
  ],
  [
    'enum E: String { case a = "x", b }',
    '(class form=enum name=E parents=String members=(variable modifiers=case target=a value="x") members=(variable modifiers=case target=b))',
  ],
  ['let s = "a\\(b)c"', '(variable modifiers=let target=s value=(template parts="a" parts=b parts="c"))'],
  ['let r = #"raw \\n"#', '(variable modifiers=let target=r value="raw \\\\n")'],
  [
    'let p = ["a": 1, "b": 2]',
    '(variable modifiers=let target=p value=(record fields=(pair key="a" value=1) fields=(pair key="b" value=2)))',
  ],
  [
    'let y = try! b as! C',
    '(variable modifiers=let target=y value=(unary operator=try! operand=(cast value=b operator=as! type=C)))',
  ],
  [
    'do { try f() } catch { g(error) }',
    '(try body=(block statements=(call callee=f)) catches=(catch parameter=(parameter target=error) body=(block statements=(call callee=g arguments=error))))',
  ],
];

describe('Swift in the shared vocabulary', () => {
  for (const [code, ...nodes] of READINGS) {
    it(code, async () => {
      assert.deepEqual(await shown('swift', code), nodes);
    });
  }

  it('reads raw strings and directives in every file, not only in the first', async () => {
    for (let file = 0; file < 3; file++)
      assert.deepEqual(await shown('swift', 'f(#"a"#)'), ['(call callee=f arguments="a")']);
  });

  it('puts a wasm right only where it is the one that the repair is for', () => {
    const wasm = new Uint8Array([1, 2, 3]);
    const repair = { offset: 1, bytes: '02', replacement: '09', reason: 'test' };
    assert.deepEqual([...repaired(wasm, [repair])], [1, 9, 3]);
    // A part of a Buffer shares its memory.
    const read = Buffer.from(wasm);
    assert.deepEqual([...repaired(read, [repair])], [1, 9, 3]);
    assert.deepEqual([...repaired(read, [repair])], [1, 9, 3]);
    assert.deepEqual([...wasm], [1, 2, 3]);
    assert.equal(repaired(wasm, []), wasm);
    assert.throws(() => repaired(wasm, [{ ...repair, offset: 0 }]), /does not fit/);
  });

  it('names only what the grammar and the vocabulary have', async () => {
    assert.deepEqual(await unknownInProfile('swift'), []);
  });
});
