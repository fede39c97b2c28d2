import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { TagSyntaxId } from '../../../server/src/core/trace/tagSyntaxes.ts';
import { readComments, tagLines } from './reading.ts';

const CASES: readonly [syntax: TagSyntaxId, comment: string, tags: readonly string[]][] = [
  [
    'need-ids',
    '// @need-ids: SR_1, SR_2 SR_3',
    ['SR_1 implements 1:15', 'SR_2 implements 1:21', 'SR_3 implements 1:26'],
  ],
  ['need-ids', '/* @need-ids: SR_1*/', ['SR_1 implements 1:15']],
  ['need-ids', '// need-ids: SR_1', []],
  ['score', '# req-Id: a__b, c', ['a__b implements 1:11', 'c implements 1:17']],
  ['score', '// req-traceability: a', ['a implements 1:22']],
  ['score', '//req-Id: a', []],
  ['score', '// Req-Id: a', []],
  ['score', '// see req-Id: a', []],
  ['lobster', '// lobster-trace: pkg.req, pkg.req2', ['pkg.req implements 1:19', 'pkg.req2 implements 1:28']],
  ['doxygen', '/** @satisfy{@req{SR-1}} */', ['SR-1 implements/satisfy 1:19']],
  [
    'doxygen',
    '/** \\verify{\\req{SR-1, SR-2}} */',
    ['SR-1 verifies/verify 1:18', 'SR-2 verifies/verify 1:24'],
  ],
  [
    'doxygen',
    '/**\n * @req SR-1\n * @req SR-2.\n */',
    ['SR-1 implements/req 2:9', 'SR-2 implements/req 3:9'],
  ],
  [
    'doxygen',
    '/** @requirement CB-#0815, CB-#0816 */',
    ['CB-#0815 implements/requirement 1:18', 'CB-#0816 implements/requirement 1:28'],
  ],
  ['doxygen', '/** @req the password and @verify it */', []],
  ['doxygen', '/** @request 5 */', []],
];

describe('lists of ids in comments', () => {
  for (const [syntax, comment, expected] of CASES) {
    it(`${syntax}: ${comment.replaceAll('\n', ' ')}`, () => {
      assert.deepEqual(tagLines(readComments(syntax, [comment])), expected);
    });
  }

  it('are read from any text', () => {
    const words = [
      '@need-ids:',
      '@satisfy{',
      '@req{',
      '@req ',
      'SR-1',
      ',',
      '}',
      '\n',
      ' ',
      '// req-Id:',
      'lobster-trace:',
      '*/',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words)), (parts) => {
        for (const syntax of ['need-ids', 'score', 'lobster', 'doxygen'] as const) {
          for (const { id } of readComments(syntax, [parts.join('')]).tags) assert.match(id, /^\S+$/);
        }
      }),
    );
  });
});
