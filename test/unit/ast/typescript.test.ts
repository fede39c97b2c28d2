import assert from 'node:assert/strict';

import { shown, unknownInProfile } from '../../support/ast.ts';

/** Code, and how it reads. */
const READINGS: readonly (readonly [code: string, ...nodes: readonly string[]])[] = [
  [
    "import type { A } from 'm'; import fs = require('fs');",
    '(import modifiers=type names=(importName name=A) module="m")',
    '(import alias=fs module="fs")',
  ],
  [
    'function f<T>(this: X, a: string, b?: number, c: Foo<T> = 1, ...r: any[]): Promise<T> { return a as any; }',
    '(function name=f typeParameters=T parameters=(parameter target=this type=X) parameters=(parameter target=a type=string) parameters=(parameter target=b type=number) parameters=(parameter target=c type=(genericType base=Foo arguments=T) default=1) parameters=(parameter target=(spread operator=... value=r) type=(arrayType base=any)) returns=(genericType base=Promise arguments=T) body=(block statements=(return value=(cast value=a type=any))))',
  ],
  [
    'abstract class A<T> extends B<T> implements C, D { private readonly x: string = "a"; constructor(private a: B, @Inject() public c: D) { super(); } abstract m(): void; @Get(\'x\') async h(@Param() p: string): Promise<void> {} @In() y?: number; }',
    '(class form=class modifiers=abstract name=A typeParameters=T parents=B parents=C parents=D members=(variable modifiers=private modifiers=readonly target=x type=string value="a") members=(function name=constructor parameters=(parameter modifiers=private target=a type=B) parameters=(parameter attributes=(annotation list=() name=Inject) modifiers=public target=c type=D) body=(block statements=(expressionStatement expression=(call callee=super)))) members=(function modifiers=abstract name=m returns=void) members=(function attributes=(annotation list=() name=Get arguments="x") modifiers=async name=h parameters=(parameter attributes=(annotation list=() name=Param) target=p type=string) returns=(genericType base=Promise arguments=void) body=(block)) members=(variable attributes=(annotation list=() name=In) target=y type=number))',
  ],
  [
    'interface I extends J { a: string; m(x: number): void; }',
    '(class form=interface name=I parents=J members=(variable target=a type=string) members=(function name=m parameters=(parameter target=x type=number) returns=void))',
  ],
  [
    'enum E { A, B = 2 } const enum F { X }',
    '(class form=enum name=E members=A members=(variable target=B value=2))',
    '(class form=enum modifiers=const name=F members=X)',
  ],
  [
    'namespace N.M { export const a = 1; }',
    '(namespace name=(member object=N name=M) statements=(variable modifiers=export modifiers=const target=a value=1))',
  ],
  [
    'declare module "x" { function g(): void; }',
    '(namespace modifiers=declare name="x" statements=(function name=g returns=void))',
  ],
  [
    'type T1 = A | B; let u: Array<string>[] = x!.y; const v = <any>z; const w = x satisfies Y;',
    '(:type_alias_declaration type name=T1 = value=(:union_type A | B))',
    '(variable modifiers=let target=u type=(arrayType base=(genericType base=Array arguments=string)) value=(member object=x name=y))',
    '(variable modifiers=const target=v value=(cast type=any value=z))',
    '(variable modifiers=const target=w value=(cast value=x type=Y))',
  ],
  [
    'const fn = (a: string): number => 1; f<string>(x); new Map<string, A>();',
    '(variable modifiers=const target=fn value=(lambda parameters=(parameter target=a type=string) returns=number body=(block statements=(return value=1))))',
    '(expressionStatement expression=(call callee=f typeArguments=string arguments=x))',
    '(expressionStatement expression=(new type=Map typeArguments=string typeArguments=A))',
  ],
  ['($X: T).foo();', '(expressionStatement expression=(call callee=(member object=$X object=T name=foo)))'],
  [
    'try {} catch (e: unknown) {}',
    '(try body=(block) catches=(catch parameter=(parameter target=e type=unknown) body=(block)))',
  ],
];

describe('TypeScript in the shared vocabulary', () => {
  for (const [code, ...nodes] of READINGS) {
    it(code.replace(/\s+/g, ' '), async () => {
      assert.deepEqual(await shown('typescript', code), nodes);
    });
  }

  it('names only what the grammar and the vocabulary have', async () => {
    assert.deepEqual(await unknownInProfile('typescript'), []);
    assert.deepEqual(await unknownInProfile('tsx'), []);
  });
});
