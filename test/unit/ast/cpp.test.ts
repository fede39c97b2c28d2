import assert from 'node:assert/strict';

import { frameOf, shown, unknownInProfile } from '../../support/ast.ts';

describe('C++ in the shared vocabulary', () => {
  const reads = (code: string, ...expected: readonly string[]): void => {
    it(code.replaceAll('\n', ' '), async () => {
      assert.deepEqual(await shown('cpp', code), expected);
    });
  };

  it('names only what the grammar and the vocabulary have', async () => {
    assert.deepEqual(await unknownInProfile('cpp'), []);
    assert.deepEqual(await unknownInProfile('c'), []);
  });

  reads(
    'a::b::c<int>(3);',
    '(expressionStatement expression=(call callee=(member object=(member object=a name=b) name=c) typeArguments=int arguments=3))',
  );
  reads('::foo(1);', '(expressionStatement expression=(call callee=foo arguments=1))');
  reads(
    'std::vector<int> v;',
    '(variable type=(genericType base=(member object=std name=vector) arguments=int) target=v)',
  );
  reads(
    'class A : public B { public: A(int x) : y(x) { } int y = 3; };',
    '(class form=class name=A parents=B members=(function name=A parameters=(parameter type=int target=x) ' +
      'attributes=(assign operator== target=(member object=this name=y) value=x) body=(block)) members=(variable type=int target=y value=3))',
  );
  reads('namespace a { int x; }', '(namespace name=a statements=(variable type=int target=x))');
  reads('using namespace std;', '(import names=* module=std)');
  reads('namespace fs = std::filesystem;', '(import alias=fs module=(member object=std name=filesystem))');
  reads(
    'template <class T> T f(T a) { return a; }',
    '(function typeParameters=T returns=T name=f parameters=(parameter type=T target=a) body=(block statements=(return value=a)))',
  );
  reads(
    'extern "C" { int g(int); }',
    '(:linkage_specification extern value="C" body=(block statements=(function returns=int name=g parameters=(parameter type=int))))',
  );
  reads(
    'void f() { try { g(); } catch (const E& e) { } catch (...) { throw; } }',
    '(function returns=void name=f body=(block statements=(try body=(block statements=(expressionStatement expression=(call callee=g))) ' +
      'catches=(catch parameter=(parameter modifiers=const type=E modifiers=& target=e) body=(block)) ' +
      'catches=(catch parameter=... body=(block statements=(throw))))))',
  );
  reads(
    'void f() { for (auto& x : xs) { } }',
    '(function returns=void name=f body=(block statements=(forEach type=auto modifiers=& target=x iterable=xs body=(block))))',
  );
  reads('auto [a, b] = p;', '(variable type=auto target=(tuple elements=a elements=b) value=p)');
  reads('char b[10];', '(variable type=(arrayType base=char size=10) target=b)');
  reads(
    'int* p = new int[3];',
    '(variable type=(pointerType base=int) target=p value=(new type=(arrayType base=int size=3)))',
  );
  reads('delete[] p;', '(expressionStatement expression=(unary operator=delete[] operand=p))');
  reads('i++;', '(expressionStatement expression=(unary operator=post++ operand=i))');
  reads(
    '#if A\nint x;\n#else\nint y;\n#endif\n',
    '(variable type=int target=x)',
    '(variable type=int target=y)',
  );

  for (const [pattern, role] of [
    ['catch (E e) { x; }', 'part'],
    ['throw x', 'statements'],
    ['new T(x)', 'expression'],
    ['virtual ~A();', 'member'],
    ['for (auto& x : y) { z; }', 'statements'],
  ] as const) {
    it(`parses the pattern ${pattern} as ${role}`, async () => {
      assert.equal((await frameOf('cpp', pattern))?.role, role);
    });
  }
});
