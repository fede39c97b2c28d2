import assert from 'node:assert/strict';

import fc from 'fast-check';

import { crc32 } from '../../../server/src/core/base/crc32.ts';
import { openFastTrace } from '../../../server/src/core/trace/formats/openFastTrace.ts';
import type { Item } from '../../../server/src/core/trace/item.ts';
import { coverageTags } from '../../../server/src/core/trace/oft/coverageTag.ts';
import { NO_SETTINGS } from '../../../server/src/core/trace/sources.ts';
import { openFastTraceTags } from '../../../server/src/core/trace/tagSyntaxes/openFastTrace.ts';
import { traceGraph } from '../../../server/src/core/trace/tracer.ts';
import type { FileLinks } from '../../../server/src/core/trace/traceGraph.ts';
import type { Unit } from '../../../server/src/core/trace/unit.ts';

function read(text: string): readonly Item[] {
  return openFastTrace.read('spec.md', text, NO_SETTINGS).value.items;
}

/** `req~a@2 needs impl, utest covers feat~b@1` */
function brief({ id, revision, needs, links }: Item): string {
  const asks = needs.map(({ anyOf }) => anyOf.join('|')).join(', ');
  const covers = links.map(({ role, to, revision: named }) => ` ${role ?? ''} ${to}@${named ?? ''}`).join('');
  return `${id}@${revision}${asks === '' ? '' : ` needs ${asks}`}${covers}`;
}

const FILE: Unit = {
  kind: 'file',
  name: 'a.c',
  range: { start: { line: 0, column: 0 }, end: { line: 9, column: 0 } },
  nameRange: { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } },
};

/** Reads the tags of one comment that starts in the first column of line 5. */
function readComment(text: string): ReturnType<typeof openFastTraceTags.read> {
  const range = { start: { line: 4, column: 0 }, end: { line: 4 + text.split('\n').length, column: 0 } };
  return openFastTraceTags.read(
    { path: 'a.c', language: 'c', comments: [{ text, range, unit: 0 }], units: [FILE] },
    { prefixes: [] },
  );
}

describe('OpenFastTrace tags', () => {
  const CASES: readonly [comment: string, tags: readonly string[]][] = [
    ['// [impl->dsn~pin-limit~2]', ['impl implements dsn~pin-limit@2']],
    ['// [utest->dsn~pin.limit_x~1]', ['utest verifies dsn~pin.limit_x@1']],
    ['// [ impl -> dsn~a~1 ] and [itest->req~b~3]', ['impl implements dsn~a@1', 'itest verifies req~b@3']],
    ['// [impl->dsn~a~02]', ['impl implements dsn~a@2']],
    ['// [IMPL->dsn~a~1]', ['IMPL implements dsn~a@1']],
    ['// [impl->dsn~a~1, dsn~b~2]', ['impl implements dsn~a@1', 'impl implements dsn~b@2']],
    ['// [impl~~3->dsn~a~1]', ['impl implements dsn~a@1']],
    ['// [impl->dsn~größe~1]', ['impl implements dsn~größe@1']],
    ['// [impl~~ 3->dsn~a~1]', []],
    ['// [impl-->dsn~a~1]', []],
    ['// [impl->dsn~a..b~1]', []],
    ['// [impl->dsn~1a~1]', []],
    ['// [impl->dsn:a, v2]', []],
    ['// [impl->dsn~a]', []],
    ['// [impl->dsn~a~1', []],
    ['// buf[i->n] = [x]', []],
  ];
  for (const [comment, expected] of CASES) {
    it(comment, () => {
      const { tags } = readComment(comment);
      assert.deepEqual(
        tags.map(({ word, type, id, revision }) => `${word ?? ''} ${type} ${id}@${revision ?? ''}`),
        expected,
      );
    });
  }

  it('stand where they are written', () => {
    const [tag] = readComment('/* x\n * [impl->dsn~a~1] */').tags;
    assert.deepEqual(tag?.range, { start: { line: 5, column: 10 }, end: { line: 5, column: 17 } });
  });

  it('that are steps of their own, or have a name, are items', () => {
    const { tags, items } = readComment(
      '// [dsn->req~pin~1>>impl, utest]\n// [dsn~own~4->req~pin~1 >> impl]\n// [impl~name~2->dsn~pin~0]',
    );
    assert.deepEqual(tags, []);
    assert.deepEqual(items.map(brief), [
      'dsn~pin@0 needs impl, utest covers req~pin@1',
      'dsn~own@4 needs impl covers req~pin@1',
      'impl~name@2 covers dsn~pin@0',
    ]);
    assert.deepEqual(items[0]?.unit, { path: 'a.c', name: 'a.c', kind: 'file' });
  });

  it('that are nearly right are named', () => {
    for (const text of ['// [impl-->dsn~a~1]', '// [impl -> dsn~a ~1]', '// [impl->dsn~a..b~1]']) {
      const { problems } = readComment(text);
      assert.deepEqual(
        problems.map(({ code, range }) => [code, range?.start.column]),
        [['tag-near-miss', 3]],
        text,
      );
    }
    assert.deepEqual(readComment('// a[i->x] [b]').problems, []);
  });

  it('are read from any text without end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('[', ']', 'impl', '->', 'dsn~a~1', '~', '>>', ',', ' ', 'x', '\n')),
        (parts) => {
          const text = parts.join('');
          for (const tag of coverageTags(text))
            assert.equal(text.slice(tag.start, tag.end).replace(/^\[.*\]$/s, ''), '');
        },
      ),
    );
  });
});

describe('OpenFastTrace documents', () => {
  const CASES: readonly [name: string, text: string, items: readonly string[]][] = [
    ['an item', 'req~a~1\nText', ['req~a@1']],
    ['an item in backticks', '`req~a~1`\nText', ['req~a@1']],
    ['no item when indented or in a list', ' req~a~1\n* req~b~1\n', []],
    ['needs in a line', 'req~a~1\nNeeds: impl, utest', ['req~a@1 needs impl, utest']],
    ['needs in a list', 'req~a~1\nNeeds:\n* impl\n- utest\n', ['req~a@1 needs impl, utest']],
    ['an empty line ends the list of needs', 'req~a~1\nNeeds:\n* impl\n\n* utest\n', ['req~a@1 needs impl']],
    [
      'but not that of what is covered',
      'dsn~a~1\nCovers:\n* req~a~1\n\n+ [text](#req~b~2)\n',
      ['dsn~a@1 covers req~a@1 covers req~b@2'],
    ],
    ['unknown lines in a list', 'dsn~a~1\nCovers:\nfoo\n* `req~a~1` bar\n', ['dsn~a@1 covers req~a@1']],
    ['what it depends on', 'dsn~a~1\nDepends:\n* dsn~b~1', ['dsn~a@1 depends dsn~b@1']],
    ['a heading ends an item', 'req~a~1\n# H\nNeeds: impl', ['req~a@1']],
    [
      'the next item ends one',
      'req~a~1\nNeeds: impl\nreq~b~1\nNeeds: utest',
      ['req~a@1 needs impl', 'req~b@1 needs utest'],
    ],
    [
      'forwarding ends an item',
      'req~a~1\ntext\narch --> dsn, impl : req~x~1\nNeeds: itest',
      ['req~a@1', 'arch~x@1 needs dsn, impl covers req~x@1'],
    ],
    ['forwarding in a rationale is text', 'req~a~1\nRationale:\narch --> dsn : req~x~1', ['req~a@1']],
    ['off and on', 'oft:off\nreq~a~1\n<!-- oft:on -->\nreq~b~1', ['req~b@1']],
    ['a fence between items', '# T\n```\nreq~a~1\n```\nreq~b~1', ['req~b@1']],
    ['a fence within an item', 'req~b~1\ntext\n```\nreq~a~1\n```', ['req~b@1', 'req~a@1']],
    [
      'tags in HTML comments',
      '<!-- [uman->req~x~1>>impl] -->\n[uman->req~y~1>>impl]',
      ['uman~x@0 needs impl covers req~x@1'],
    ],
    ['carriage returns', 'req~a~1\r\nNeeds: impl\r\n', ['req~a@1 needs impl']],
    ['nothing', '', []],
  ];
  for (const [name, text, expected] of CASES) {
    it(name, () => assert.deepEqual(read(text).map(brief), expected));
  }

  it('give items their texts', () => {
    const [item] = read(
      'Title\n=====\n\nreq~a~1\nStatus: draft\nOne.\n\nComment: two\nRationale:\nThree.\nComment:\nFour.\nNeeds: impl\nFive.\nTags: x, y\n',
    );
    assert.equal(item?.title, 'Title');
    assert.equal(item.text, 'One.\n\nComment: two\nFive.');
    assert.deepEqual(item.attributes, { rationale: 'Three.', comment: 'Four.' });
    assert.deepEqual([item.approval, item.origin.status, item.tags], ['draft', 'draft', ['x', 'y']]);
    assert.deepEqual(item.location.range, { start: { line: 3, column: 0 }, end: { line: 3, column: 7 } });
  });

  it('take a status only before the text', () => {
    assert.equal(read('req~a~1\ntext\nStatus: rejected')[0]?.approval, 'approved');
    assert.equal(read('req~a~1\nNeeds: impl\nStatus: rejected')[0]?.approval, 'rejected');
  });

  it('never fail, whatever the text', () => {
    const line = fc.constantFrom(
      'req~a~1',
      '# H',
      '===',
      'Needs:',
      '* impl',
      'Covers:',
      '* req~a~1',
      '',
      'text',
      '```',
      'oft:off',
      'oft:on',
      'a --> b : req~a~1',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string())), (lines) => {
        for (const { location } of read(lines.join('\n'))) {
          const { start, end } = location.range;
          assert.ok(start.line < lines.join('\n').split('\n').length && end.column > start.column);
        }
      }),
    );
  });
});

describe('OpenFastTrace links', () => {
  const SPEC = `feat~lock~1
Needs: req

req~pin~2
Covers:
* feat~lock~1

Needs: impl, utest

req~other~1
Covers:
* feat~lock~1

req~bad~1
Covers:
* feat~gone~1
* feat~lock~3
* feat~lock~0

dsn~unasked~1
Covers:
* req~pin~2
`;
  const tagged = (...comments: string[]): FileLinks[] => [
    {
      path: 'a.c',
      links: comments.flatMap((comment) =>
        readComment(comment).tags.map(({ id, type, revision, word, range }) => ({
          unit: { path: 'a.c', name: 'a.c', kind: 'file' as const },
          id,
          type,
          location: { path: 'a.c', range },
          ...(revision !== undefined && { revision }),
          ...(word !== undefined && { word }),
        })),
      ),
    },
  ];

  it('are judged as OpenFastTrace judges them', () => {
    const graph = traceGraph(
      read(SPEC),
      tagged('// [impl->req~pin~2]', '// [utest->req~pin~2]', '// [itest->req~pin~2]'),
    );
    const status = (from: string, to: string): string[] =>
      graph.links
        .filter((link) => (typeof link.from === 'string' ? link.from : 'code') === from && link.to === to)
        .map((link) => link.status);
    assert.deepEqual(status('req~pin', 'feat~lock'), ['covered']);
    assert.deepEqual(status('req~bad', 'feat~gone'), ['orphaned']);
    assert.deepEqual(status('req~bad', 'feat~lock').sort(), ['outdated', 'predated']);
    assert.deepEqual(status('dsn~unasked', 'req~pin'), ['unwanted']);
    assert.deepEqual(status('code', 'req~pin').sort(), ['covered', 'covered', 'unwanted']);
  });

  it('leave an item uncovered until every word that it needs is brought', () => {
    const verdict = (...comments: string[]): string | undefined =>
      traceGraph(read('req~pin~2\nNeeds: impl, utest'), tagged(...comments)).byId.get('req~pin')?.[0]?.status;
    assert.equal(verdict(), 'uncovered');
    assert.equal(verdict('// [impl->req~pin~2]'), 'uncovered');
    assert.equal(verdict('// [impl->req~pin~2]', '// [utest->req~pin~1]'), 'uncovered');
    assert.equal(verdict('// [impl->req~pin~2]', '// [utest->req~pin~2]'), 'covered');
  });
});

describe('CRC-32', () => {
  it('is that of zip', () => {
    assert.equal(crc32('123456789'), 0xcbf43926);
    assert.equal(crc32(''), 0);
  });
});
