import assert from 'node:assert/strict';

import { descendants } from '../../../server/src/core/ast/node.ts';
import { astOf, shown, unknownInProfile } from '../../support/ast.ts';

describe('Rust in the shared vocabulary', () => {
  const reads = (code: string, expected: string): void => {
    it(code, async () => {
      assert.deepEqual(await shown('rust', code), [expected]);
    });
  };

  it('names only what the grammar and the vocabulary have', async () => {
    assert.deepEqual(await unknownInProfile('rust'), []);
  });

  reads('use a::b::C;', '(import module=(member object=(member object=a name=b) name=C))');
  reads('use a as b;', '(import module=a alias=b)');
  reads(
    'const K: u8 = f(1);',
    '(variable modifiers=const target=K type=u8 value=(call callee=f arguments=1))',
  );
  reads(
    'vec![1, 2];',
    '(expressionStatement expression=(call operator=! callee=vec arguments=1 arguments=2))',
  );
  reads(
    'use a::{self, b::{c as d, e::f}};',
    '(import module=a names=(importName name=self) names=(importName name=(import module=b names=(importName name=c alias=d) names=(importName name=(member object=e name=f)))))',
  );
  reads(
    '#[cfg(feature = "x")] fn f() {}',
    '(function attributes=(annotation name=cfg arguments=(keyword name=feature value="x")) name=f body=(block))',
  );
  reads(
    'a!(b!(c!(d(1))));',
    '(expressionStatement expression=(call operator=! callee=a arguments=(call operator=! callee=b arguments=(call operator=! callee=c arguments=(call callee=d arguments=1)))))',
  );
  reads('a!(b => c);', '(expressionStatement expression=(call operator=! callee=a arguments=b arguments=c))');
  reads(
    'a![b; 2];',
    '(expressionStatement expression=(call operator=! callee=a arguments=(:array_expression b length=2)))',
  );
  reads(
    'let Some(a) = b else { return; };',
    '(if condition=(variable target=(call callee=Some arguments=a) value=b) else=(block statements=(return)))',
  );
  reads('x = 1;', '(expressionStatement expression=(assign target=x operator== value=1))');

  it('keeps places of code in macros, whatever stands beside it', async () => {
    const code =
      'fn f() {\n  bad!(a => b);\n  one!("é", x1, inner!(x2, y));\n  two![x3; 4];\n  open!(x4\n}\n';
    const { root, text } = await astOf('rust', code);
    const names = [...descendants(root)].filter(
      ({ kind, text: name }) => kind === 'identifier' && /^x\d$/.test(name),
    );
    assert.deepEqual(
      names.map(({ start, end }) => text.slice(start, end)),
      names.map(({ text: name }) => name),
    );
    assert.deepEqual(names.map((node) => node.text).slice(0, 3), ['x1', 'x2', 'x3']);
  });

  it('reads macros nested without end in bounded time', async () => {
    const depth = 3_000;
    const { nodes } = await astOf('rust', `fn f() { ${'m!('.repeat(depth)}1${')'.repeat(depth)}; }`);
    assert.ok(nodes.length < 10 * depth);
  });
});
