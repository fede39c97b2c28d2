import assert from 'node:assert/strict';

import { readConfig } from '../../../server/src/core/config/readConfig.ts';
import type { TagEntry } from '../../../server/src/core/trace/tagSyntaxes.ts';
import { readTagged, tagLines } from './reading.ts';

const tagsOf = (comment: string, ...entries: readonly TagEntry[]) =>
  tagLines(readTagged(entries, [comment])).map((line) => line.replace(/ \d+:\d+$/, ''));

/** An entry of `trace.tags`, a comment, its tags. */
const CASES: readonly [entry: TagEntry, comment: string, tags: readonly string[]][] = [
  ['strictdoc', '// @relation(SR-1, scope=file, role=Tests)', ['SR-1 implements/Tests']],
  [
    { syntax: 'strictdoc', roles: { Tests: 'verifies' } },
    '// @relation(SR-1, scope=file, role=Tests)',
    ['SR-1 verifies/Tests'],
  ],
  [
    { syntax: 'strictdoc', roles: { tests: 'verifies' } },
    '// @relation(SR-1, scope=file, role=Tests)',
    ['SR-1 implements/Tests'],
  ],
  [
    { syntax: 'strictdoc', roles: {}, type: 'verifies' },
    '// @relation(SR-1, scope=file, role=Implements)',
    ['SR-1 implements/Implements'],
  ],
  [{ syntax: 'strictdoc', roles: {}, type: 'verifies' }, '// @relation(SR-1, scope=file)', ['SR-1 verifies']],
  [
    { syntax: 'strictdoc', roles: {} },
    '// @relation(SR-1, scope=file, role=constructor)',
    ['SR-1 implements/constructor'],
  ],
  [{ syntax: 'doxygen', roles: { req: 'verifies' } }, '/** @req SR-1 */', ['SR-1 verifies/req']],
  [{ syntax: 'need-ids', roles: {}, type: 'verifies' }, '// @need-ids: SR_1', ['SR_1 verifies']],
  [{ syntax: 'oft', roles: { bench: 'verifies' } }, '// [bench->req~pin~1]', ['req~pin verifies']],
  [{ syntax: 'oft', roles: { bench: 'verifies' } }, '// [impl->req~pin~1]', ['req~pin implements']],
];

describe('what roles of tags mean', () => {
  for (const [entry, comment, expected] of CASES) {
    it(`${JSON.stringify(entry)}: ${comment}`, () => {
      assert.deepEqual(tagsOf(comment, entry), expected);
    });
  }

  it('is said of tags that are items too, but not of steps of design', () => {
    const need = '// @PIN lock, IMPL_PIN_1, bench, [SR_AUTH_003]';
    const itemsOf = (entry: TagEntry, comment: string) =>
      readTagged([entry], [comment]).items.map(({ kind, links: [link] }) => `${kind} ${link?.type ?? ''}`);
    assert.deepEqual(itemsOf('need-lines', need), ['unit implements']);
    assert.deepEqual(itemsOf({ syntax: 'need-lines', roles: { bench: 'verifies' } }, need), [
      'test verifies',
    ]);
    const step = '// [dsn->req~pin~1>>impl]';
    assert.deepEqual(itemsOf({ syntax: 'oft', roles: { dsn: 'verifies' } }, step), itemsOf('oft', step));
  });

  it('differs by syntax, and one tag that two of them read alike counts once', () => {
    const comment = '// @need-ids: SR_1';
    const entry = { syntax: 'need-ids', roles: {}, type: 'verifies' } as const;
    assert.deepEqual(tagsOf(comment, entry, entry), ['SR_1 verifies']);
    assert.deepEqual(tagsOf(comment, 'oft', entry), ['SR_1 verifies']);
  });

  it('is configured in traceward.yaml', () => {
    const read = (tags: string) => readConfig('traceward.yaml', `trace:\n  tags: ${tags}\n`);
    assert.deepEqual(read('[traceward, { syntax: oft, roles: { bench: verifies } }]').value.trace.tags, [
      'traceward',
      { syntax: 'oft', roles: { bench: 'verifies' } },
    ]);
    const complaints = (tags: string) => read(tags).problems.map(({ message }) => message);
    assert.deepEqual(complaints('[{ syntax: oft, type: verifies }]'), []);
    const syntaxes = '`oft`, `strictdoc`, `doxygen`, `need-ids`, `need-lines`, `score`, `lobster`';
    assert.deepEqual(complaints('[ofd]'), [
      `Entry 1 of \`tags\` must be one of \`traceward\`, ${syntaxes}; did you mean \`oft\`?`,
    ]);
    assert.deepEqual(complaints('[{ syntax: oft, roles: { a: proves } }]'), [
      '`a` must be one of `implements`, `verifies`.',
    ]);
    assert.deepEqual(complaints('[{ syntax: traceward, type: verifies }]'), [
      `\`syntax\` must be one of ${syntaxes}.`,
    ]);
    assert.deepEqual(complaints('[{ type: verifies }]'), [
      `The key \`syntax\` is missing: add it (one of ${syntaxes}).`,
    ]);
  });
});
