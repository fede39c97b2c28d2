import assert from 'node:assert/strict';

import { withMemberEnds } from '../../../server/src/core/syntax/memberEnds.ts';
import { shown } from '../../support/ast.ts';
import { grammar } from '../../support/engine.ts';

/** As the profile of Kotlin says it. */
async function ended(text: string): Promise<string> {
  const { memberEnds } = (await grammar('kotlin')).definition.profile;
  assert.ok(memberEnds);
  return withMemberEnds(text, memberEnds);
}

/** A text, and what the grammar is given for it; the same where nothing is to be done. */
const CASES: readonly (readonly [text: string, given?: string])[] = [
  ['object A { val x = 1 }', 'object A { val x = 1;}'],
  [
    'class A(val b: B = C(1)) : D(b), E { fun f() = 1 }\nval y = 2',
    'class A(val b: B = C(1)) : D(b), E { fun f() = 1;}\nval y = 2',
  ],
  ['class A { companion object { const val X = 1 } }', 'class A { companion object { const val X = 1;};}'],
  ['val o = object : R { override fun f() { g() } }', 'val o = object : R { override fun f() { g() };}'],
  ['f(object : R { val x = 1 })', 'f(object : R { val x = 1;})'],
  [
    'enum class A(n: Int) {\n  B(1) { override fun f() = 1 }, @X("y") C(g(2)) { override fun f() = 2 };\n}',
    'enum class A(n: Int) {\n  B(1) { override fun f() = 1;}, @X("y") C(g(2)) { override fun f() = 2;};\n}',
  ],
  ['class A {\n  val x = f(1) { g() }\n  fun f() = run { 1 }\n}'],
  ['class A { }'],
  ['class A { val x = 1; }'],
  ['class A {\n  val x = 1\n}'],
  ['fun f() { g { it } }'],
  ['val c = A::class\nfun f() { g() }'],
  ['val s = "class ${ x }"'],
  ['// class A { val x = 1 }'],
  ['class A { val s = "a } b" }', 'class A { val s = "a } b";}'],
  ['if (x) { y } else { z }'],
  ['}}} class { { '],
];

describe('the end of the last member of a type', () => {
  for (const [text, given = text] of CASES) {
    it(text.replaceAll('\n', ' '), async () => {
      assert.equal(await ended(text), given);
      assert.equal(given.length, text.length);
    });
  }

  it('leaves the file behind a type of one line as it is', async () => {
    const code =
      'class A { fun f() = 1 }\nclass B {\n  companion object { const val X = 1 }\n  fun g() { h() }\n}\n';
    const tree = (await shown('kotlin', code)).join('\n');
    assert.doesNotMatch(tree, /ERROR/);
    assert.match(tree, /target=X.*name=g/);
  });

  it('leaves an enumeration as it is whose entries have members', async () => {
    const code =
      'enum class A {\n  B { override fun f() = 1 },\n  C { override fun f() = 2 };\n  abstract fun f(): Int\n}\n';
    assert.doesNotMatch((await shown('kotlin', code)).join('\n'), /ERROR/);
  });

  it('takes a time that grows with the text alone', async () => {
    assert.equal((await ended('class {'.repeat(40_000))).length, 280_000);
    assert.equal((await ended(`class ${'(a)'.repeat(60_000)} { x }`)).length, 180_000 + 12);
    assert.equal((await ended('class a '.repeat(40_000) + '{ x }'.repeat(20_000))).length, 420_000);
  });
});
