import assert from 'node:assert/strict';

import { shown, unknownInProfile } from '../../support/ast.ts';

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
  reads('vec![1, 2];', '(expressionStatement expression=(call callee=vec arguments=1 arguments=2))');
  reads('x = 1;', '(expressionStatement expression=(assign target=x operator== value=1))');
});
