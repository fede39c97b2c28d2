import assert from 'node:assert/strict';

import { frameOf, shown, unknownInProfile } from '../../support/ast.ts';

describe('Go in the shared vocabulary', () => {
  const reads = (code: string, ...expected: readonly string[]): void => {
    it(code.replaceAll('\n', ' '), async () => {
      assert.deepEqual(await shown('go', code), expected);
    });
  };

  it('names only what the grammar and the vocabulary have', async () => {
    assert.deepEqual(await unknownInProfile('go'), []);
  });

  reads('import "fmt"', '(import module="fmt")');
  reads('import (\n h "net/http"\n)', '(import alias=h module="net/http")');
  reads(
    'func F[T any](a, b int, d ...string) error { }',
    '(function name=F typeParameters=(parameter target=T type=any) parameters=(parameter target=a type=int) ' +
      'parameters=(parameter target=b type=int) parameters=(parameter modifiers=... target=d type=(arrayType base=string)) ' +
      'returns=error body=(block))',
  );
  reads(
    'func (s *S) M(r *http.Request) { }',
    '(function receiver=(parameter target=s type=(pointerType base=S)) name=M parameters=(parameter target=r ' +
      'type=(pointerType base=(member object=http name=Request))) body=(block))',
  );
  reads(
    'type S struct {\n A, B int\n *Base\n}',
    '(class form=struct name=S members=(variable target=A type=int) members=(variable target=B type=int) members=Base)',
  );
  reads(
    'type I interface { M(x int) error }',
    '(class form=interface name=I members=(function name=M parameters=(parameter target=x type=int) returns=error))',
  );
  reads('x := f()', '(variable target=x value=(call callee=f))');
  reads('var x = f()', '(variable target=x value=(call callee=f))');
  reads('x = f()', '(assign target=x operator== value=(call callee=f))');
  reads('a, err := f()', '(variable target=(tuple elements=a elements=err) value=(call callee=f))');
  reads('const k = 1', '(variable modifiers=const target=k value=1)');
  reads('i++\n', '(expressionStatement expression=(unary operator=post++ operand=i))');
  reads(
    'for i := 0; i < 3; i++ { }',
    '(for initialiser=(variable target=i value=0) condition=(binary left=i operator=< right=3) ' +
      'update=(expressionStatement expression=(unary operator=post++ operand=i)) body=(block))',
  );
  reads('for k, v := range m { }', '(forEach target=(tuple elements=k elements=v) iterable=m body=(block))');
  reads('for x { }', '(for condition=x body=(block))');
  reads('for { }', '(for body=(block))');
  reads(
    'if err := f(); err != nil { return }',
    '(if initialiser=(variable target=err value=(call callee=f)) condition=(binary left=err operator=!= right=(:nil nil)) ' +
      'then=(block statements=(return)))',
  );
  reads(
    'switch y { case 1, 2: f(); default: g() }',
    '(switch value=y cases=(case patterns=1 patterns=2 body=(block statements=(expressionStatement expression=(call callee=f)))) ' +
      'cases=(case body=(block statements=(expressionStatement expression=(call callee=g)))))',
  );
  reads(
    'c := &tls.Config{InsecureSkipVerify: true}',
    '(variable target=c value=(unary operator=& operand=(record type=(member object=tls name=Config) ' +
      'fields=(pair key=InsecureSkipVerify value=(:true true)))))',
  );
  reads(
    'f(xs...)',
    '(expressionStatement expression=(call callee=f arguments=(spread operator=... value=xs)))',
  );
  reads(
    'f := func(a int) int { return a }',
    '(variable target=f value=(lambda parameters=(parameter target=a type=int) returns=int body=(block statements=(return value=a))))',
  );

  for (const [pattern, role] of [
    ['exec.Command(a, b)', 'expression'],
    ['x := f(y)', 'statements'],
    ['a()\nb()', 'statements'],
    ['import "crypto/md5"', 'declarations'],
    ['func (r *T) F(x X) error { y }', 'declarations'],
    ['case a: x', 'part'],
    ['case v := <-ch: x', 'part'],
    ['InsecureSkipVerify: true', 'part'],
    ['A string `json:"x"`', 'member'],
  ] as const) {
    it(`parses the pattern ${pattern.replaceAll('\n', ' ')} as ${role}`, async () => {
      assert.equal((await frameOf('go', pattern))?.role, role);
    });
  }
});
