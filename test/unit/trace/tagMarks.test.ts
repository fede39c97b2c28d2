import assert from 'node:assert/strict';

import fc from 'fast-check';

import { TAG_SYNTAXES, mayHoldTags, type TagSyntaxId } from '../../../server/src/core/trace/tagSyntaxes.ts';

const PARTS = [
  '[',
  ']',
  'SR',
  'sr-',
  'SR-AUTH-1',
  'SR_1',
  'verifies ',
  'implements ',
  '@',
  '2',
  ', ',
  ' ',
  '\n',
  '->',
  '-->',
  'impl',
  '[impl->req~a~1]',
  'req~a~1',
  'dsn',
  '@relation',
  '(',
  ')',
  'scope=file',
  '{',
  '}',
  '@satisfy',
  '\\verify',
  '@req ',
  '@need-ids:',
  ' ABC_1',
  'req-Id: ',
  '# ',
  'lobster-trace: ',
  'a.b',
  ':',
  'req-traceability: ',
  '//',
  'x',
] as const;

describe('marks of tags', () => {
  for (const id of Object.keys(TAG_SYNTAXES) as TagSyntaxId[]) {
    it(`a text without them has nothing to read: ${id}`, () => {
      let held = 0;
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...PARTS), { maxLength: 14 }), (parts) => {
          const text = parts.join('');
          const range = { start: { line: 0, column: 0 }, end: { line: 20, column: 0 } };
          const file = {
            path: 'a.c',
            language: 'c',
            comments: [{ text, range, unit: 0 }],
            units: [{ kind: 'file' as const, name: 'a.c', range, nameRange: range }],
          };
          const settings = { prefixes: ['SR'] };
          const { tags, items, problems } = TAG_SYNTAXES[id].read(file, settings);
          if (tags.length + items.length + problems.length === 0) return;
          held++;
          assert.ok(mayHoldTags(text, [id], settings), JSON.stringify(text));
        }),
        // Seldom made by chance.
        { numRuns: 3000, examples: [[['@', ' ', 'x', ', ', 'SR_1', 'SR_1']]] },
      );
      assert.ok(held > 0, 'some text has a tag');
    });
  }
});
