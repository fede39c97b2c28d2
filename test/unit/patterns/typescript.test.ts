import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';
import { itHolds } from './cases.ts';

/** A pattern, code, and how often the pattern is in it. */
const PATTERNS: readonly (readonly [pattern: string, code: string, times: number, language?: string])[] = [
  ['function $F($A: string) { ... }', 'function f(a: string) {} function g(a: number) {}', 1],
  ['function $F($A) { ... }', 'function f(a: string) {}', 1],
  ['@Get(...) $F(...) { ... }', "class A { @Get('x') async f(): Promise<void> {} g() {} }", 1],
  ['class $C { ... @Get(...) $F(...) { ... } ... }', "class A { x = 1; @Get('x') f() {} }", 1],
  ['@Controller(...) class $C { ... }', "@Controller('x') export class A {}\nclass B {}", 1],
  ['$X as any', 'f(a as any)', 1],
  ['const $X: $T = $Y', 'const a: string = b; const c = d;', 1],
  ['const $X = $Y', 'const a: string = b; const c = d;', 2],
  ['new $X<...>(...)', 'new Map<string, X>(a)', 1],
  ['bypass($X)', 'this.s.bypass(a as string); bypass(b!)', 1],
  ['interface $I { ... }', 'interface A { x: string }', 1],
  ['($X: Foo).bar(...)', 'function f(a: Foo, b: Bar) { a.bar(1); b.bar(1); }', 1],
  ['private $X: $T', 'class A { private x: string; public y: string }', 1],
  ['constructor(private $X: $T) { ... }', 'class A { constructor(private x: Http) { f(); } }', 1],
  [
    '<$EL dangerouslySetInnerHTML={$X} />',
    'const a: X = <div dangerouslySetInnerHTML={y as any}/>;',
    1,
    'tsx',
  ],
  ['const $X: $T = $Y', 'const a: string = b;', 1, 'tsx'],
  ["import { $X } from '@angular/core'", "import { A } from '@angular/core'", 1],
  ['function $F(...): $T { ... }', "function f(): string { return '' }", 1],
  [
    'class $C { constructor(..., private $X: DomSanitizer, ...) { ... } }',
    'class A { constructor(private s: DomSanitizer) {} }',
    1,
  ],
  ['this.$X.bypassSecurityTrustHtml($Y)', 'class A { f() { this.s.bypassSecurityTrustHtml(x) } }', 1],
  [
    '@Component({..., template: $X, ...}) class $C { ... }',
    "@Component({selector: 'a', template: t}) export class A {}",
    1,
  ],
  ['export class $C { ... }', 'export class A {} class B {}', 1],
  ['enum $E { ... }', 'enum A { B, C = 1 }', 1],
  ['type $T = $X', 'type A = B', 1],
  ['let $X: any', 'let a: any;', 1],
  ['async $F(...): Promise<$T> { ... }', 'class A { async f(): Promise<string> {} }', 1],
];

describe('patterns of TypeScript', () => {
  itHolds('typescript.txt', 'typescript');
  itHolds('javascript.txt', 'typescript');
  itHolds('jsx.txt', 'tsx');

  for (const [pattern, code, times, language = 'typescript'] of PATTERNS) {
    it(`${pattern} is ${times} times in ${code}`.replace(/\s+/g, ' '), async () => {
      const block = pattern.split('\n').join('\n  ');
      const found = await matches(`pattern: |\n  ${block}`, code, language);
      assert.equal(found.length, times, found.join('\n'));
    });
  }

  it('with types match nothing in JavaScript, and the rest of their rule runs', async () => {
    const formula =
      'pattern-either:\n  - pattern: "({ $X }: Request, $R: Response) => {...}"\n  - pattern: eval($X)';
    const both = 'javascript, typescript';
    assert.deepEqual(await matches(formula, 'f(({ a }, r) => { b() }); eval(c)', 'javascript', both), [
      'eval(c)',
    ]);
    const typed = 'f(({ a }: Request, r: Response) => { b() });';
    assert.equal((await matches(formula, typed, 'typescript', both)).length, 1);
    await assert.rejects(matches(formula, 'eval(c)', 'javascript'), /no JavaScript expression/);
  });

  it('with elements match nothing where there are none, and the rest of their rule runs', async () => {
    const both = 'typescript, tsx';
    const formula = [
      'pattern-either:',
      "  - pattern: '<$E html={$X} />'",
      "  - pattern: '<$E>...</$E>'",
      "  - pattern: 'html={{__html: $X}}'",
      '  - pattern: $E.innerHTML = $X',
    ].join('\n');
    assert.deepEqual(await matches(formula, 'a.innerHTML = b;', 'typescript', both), ['a.innerHTML = b']);
    assert.equal((await matches(formula, 'a.innerHTML = b; c = <d html={e} />;', 'tsx', both)).length, 2);
    await assert.rejects(
      matches('pattern: <$E a={ />', 'f()', 'tsx', both),
      /no TypeScript with JSX expression/,
    );
    await assert.rejects(matches('pattern: f(<$X', 'f()', 'typescript', both), /no TypeScript expression/);
  });

  it('with `<T>x` match nothing beside elements, and the rest of their rule runs', async () => {
    const formula = 'pattern-either:\n  - pattern: <any>$X\n  - pattern: $X as any';
    const both = 'typescript, tsx';
    assert.deepEqual(await matches(formula, 'f(<any>a); f(b as any)', 'typescript', both), [
      '<any>a',
      'b as any',
    ]);
    assert.deepEqual(await matches(formula, 'f(b as any)', 'tsx', both), ['b as any']);
  });

  it('are a matter of TypeScript in a rule for both, unless they are no code of either', async () => {
    const both = 'javascript, typescript';
    for (const pattern of [
      'import $X = require("y")',
      'export = $X',
      '$X as any',
      'abstract class $C { ... }',
      'enum $E { ... }',
      'type $T = $U',
      'interface $I { ... }',
      'class $C { private $X = $Y; }',
      'f<$T>($X)',
      'let $X: $T = $Y',
      '$X!',
    ])
      assert.deepEqual(await matches(`pattern: ${JSON.stringify(pattern)}`, 'f()', 'javascript', both), []);
    for (const pattern of ['eval(', 'if ($X { ... }', 'f($X))', 'const $X ='])
      await assert.rejects(
        matches(`pattern: ${JSON.stringify(pattern)}`, 'f()', 'javascript', both),
        /no JavaScript expression/,
      );
  });
});
