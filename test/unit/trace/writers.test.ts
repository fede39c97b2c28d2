import assert from 'node:assert/strict';

import fc from 'fast-check';

import { readXml } from '../../../server/src/core/base/xml.ts';
import { csv } from '../../../server/src/core/trace/formats/csv.ts';
import { markdown } from '../../../server/src/core/trace/formats/markdown.ts';
import { openFastTrace } from '../../../server/src/core/trace/formats/openFastTrace.ts';
import { reqif } from '../../../server/src/core/trace/formats/reqif.ts';
import { sphinxNeeds } from '../../../server/src/core/trace/formats/sphinxNeeds.ts';
import { tracewardYaml } from '../../../server/src/core/trace/formats/tracewardYaml.ts';
import type { TextFormat } from '../../../server/src/core/trace/formats.ts';
import { newItem, type Attributes, type Item } from '../../../server/src/core/trace/item.ts';
import { ITEM_WRITERS, type WrittenFormat } from '../../../server/src/core/trace/writers/itemWriters.ts';
import { linkText, nativeItems, nodeOf } from './arbitraryItems.ts';
import { readFiles } from './reading.ts';
import { itemsOf } from './trace.ts';

const READERS: Readonly<Record<WrittenFormat, readonly [format: TextFormat, path: string]>> = {
  traceward: [tracewardYaml, 'a.yaml'],
  markdown: [markdown, 'a.md'],
  'needs.json': [sphinxNeeds, 'needs.json'],
  reqif: [reqif, 'a.reqif'],
  csv: [csv, 'a.csv'],
  oft: [openFastTrace, 'a.md'],
};

/** Items of a text in a format, with the links that stand apart put to their items. */
function readBack(format: WrittenFormat, text: string): readonly Item[] {
  const [reader, path] = READERS[format];
  const { items, links } = readFiles(reader, { [path]: text });
  return items.map((item) => ({
    ...item,
    attributes: withoutOutline(item.attributes),
    links: [...item.links, ...links.filter(({ from }) => from === item.id)],
  }));
}

const askedBy = (items: readonly Item[]) =>
  Object.fromEntries(items.map(({ id, asks, needs }) => [id, { asks, needs }]));

/** ReqIF says of each object where it stands. */
function withoutOutline(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => name !== 'section' && name !== 'specification'),
  );
}

const nodes = (items: readonly Item[], textOf?: (text: string) => string) =>
  Object.fromEntries(items.map((item) => [item.id, nodeOf(item, textOf)]));

describe('what is written is read as the same graph', () => {
  for (const format of ['needs.json', 'reqif', 'csv', 'traceward'] as const) {
    it(`in ${format}`, () => {
      fc.assert(
        fc.property(nativeItems, (items) => {
          const { value } = ITEM_WRITERS[format](items);
          const read = readBack(format, value);
          assert.equal(ITEM_WRITERS[format](items).value, value);
          const whole =
            format === 'reqif'
              ? (text: string) => text.replace(/(?![\t\n\r\u007F-\u009F])\p{Cc}/gu, '\uFFFD')
              : undefined;
          assert.deepEqual(nodes(read), nodes(items, whole));
          if (format === 'traceward') assert.deepEqual(askedBy(read), askedBy(items));
        }),
      );
    });
  }

  it('in markdown, but for white space at the ends of lines', () => {
    const plain = (text: string | undefined) =>
      text
        ?.split(/\r?\n/)
        .map((line) => line.trimEnd())
        .join('\n')
        .trim();
    fc.assert(
      fc.property(nativeItems, (items) => {
        const { value } = ITEM_WRITERS.markdown(items);
        const read = readBack('markdown', value);
        const expected = items.map((item): Item => {
          const texts = Object.entries({
            text: plain(item.text),
            procedure: plain(item.procedure),
            justification: plain(item.justification),
          }).filter(([, text]) => text !== undefined);
          return { ...item, title: plain(item.title) ?? '', ...Object.fromEntries(texts) };
        });
        assert.deepEqual(nodes(read), nodes(expected), value);
        assert.deepEqual(askedBy(read), askedBy(items));
      }),
    );
  });

  it('in oft, where ids have types, coverage is of one kind, and blanks do not count', () => {
    const plain = (text: string) =>
      text
        .replaceAll('-->', '-- >')
        .replaceAll('<!--', '< !--')
        .replaceAll('oft:', 'oft ')
        .replace(/\s+/g, ' ')
        .trim();
    fc.assert(
      fc.property(nativeItems, (items) => {
        const read = readBack('oft', ITEM_WRITERS.oft(items).value);
        const revisions = new Map(items.map(({ id, revision }) => [id, revision]));
        const brief = (item: Item, links: readonly string[]) => ({
          id: item.id.replace(/^[a-z]+~/, ''),
          kind: item.kind,
          title: plain(item.title),
          text: plain(item.text ?? ''),
          revision: item.revision,
          approval: item.approval,
          tags: item.tags,
          links: [...links].sort(),
        });
        assert.deepEqual(
          read.map((item) =>
            brief(
              item,
              item.links.map(
                ({ role, to, revision }) => `${role ?? ''} ${to.replace(/^[a-z]+~/, '')} ${revision ?? ''}`,
              ),
            ),
          ),
          items.map((item) =>
            brief(
              item,
              item.links.map(
                ({ type, to, revision }) =>
                  `${type === 'relates' || type === 'justifies' ? 'depends' : 'covers'} ${to} ${revision ?? revisions.get(to) ?? ''}`,
              ),
            ),
          ),
        );
      }),
    );
  });
});

const AT = { path: 'x.md', range: { start: { line: 4, column: 0 }, end: { line: 4, column: 3 } } };
const foreign = (seed: Partial<Item> & Pick<Item, 'id'>): Item =>
  newItem({ kind: 'requirement', origin: { format: 'oft', type: 'req' }, location: AT, ...seed });

describe('what a format cannot hold is reported:', () => {
  for (const [format, item, message] of [
    ['traceward', foreign({ id: 'req~pin.a' }), '`req~pin.a`: it gets the id `REQ-PIN-A`.'],
    ['traceward', foreign({ id: 'SR-1' }), '`SR-1`: `category` is to be put right in the file'],
    [
      'traceward',
      foreign({ id: 'U-1', kind: 'unit' }),
      '`U-1`: an item file has no list for a unit: it is not written.',
    ],
    [
      'traceward',
      foreign({ id: 'SR-1', links: [{ type: 'verifies', to: 'SR-2', location: AT }] }),
      '`SR-1`: the link `verifies SR-2` is not written',
    ],
    [
      'oft',
      foreign({ id: 'SR-1', attributes: { owner: 'x' } }),
      '`SR-1`: `owner` is not written: OpenFastTrace has no place for it.',
    ],
    [
      'oft',
      foreign({ id: 'SR-1', links: [{ type: 'derives', to: 'SR-2', location: AT }] }),
      '`SR-1`: it leads to `SR-2`, which is not among these items',
    ],
    [
      'oft',
      foreign({ id: 'SR-1', needs: [{ anyOf: ['test', 'analysis'] }] }),
      '`SR-1`: of the need "test or analysis" only the first is written',
    ],
    [
      'reqif',
      foreign({ id: 'SR-1', links: [{ type: 'derives', to: 'SR-2', location: AT }] }),
      '`SR-1`: the link to `SR-2` is not written',
    ],
    ['reqif', foreign({ id: 'SR-1', text: 'a\u0001' }), '`SR-1`: characters that XML cannot hold'],
    [
      'csv',
      foreign({ id: 'SR-1', links: [{ type: 'derives', to: 'a b', location: AT }] }),
      '`SR-1`: the link to `a b` is not written',
    ],
    [
      'csv',
      foreign({ id: 'SR-1', attributes: { Title: 'x' } }),
      '`SR-1`: the attribute `Title` has the name of another column',
    ],
    [
      'needs.json',
      foreign({ id: 'SR-1', attributes: { a_back: 'x' } }),
      '`SR-1`: the attribute `a_back` is not written',
    ],
  ] as const) {
    it(`${format}: ${message}`, () => {
      const { problems } = ITEM_WRITERS[format]([item]);
      assert.ok(
        problems.some((problem) => problem.message.startsWith(message) && problem.path === 'x.md'),
        JSON.stringify(problems),
      );
    });
  }

  it('needs.json: an id that stands twice', () => {
    const { value, problems } = ITEM_WRITERS['needs.json']([
      foreign({ id: 'A' }),
      foreign({ id: 'A', title: 'second' }),
    ]);
    assert.equal(problems.length, 1);
    assert.doesNotMatch(value, /second/);
  });
});

describe('a table', () => {
  it('has no cell that a spreadsheet would run', () => {
    const item = foreign({
      id: '=HYPERLINK("x")',
      title: '@SUM(1)',
      text: '+1',
      attributes: { '-a': '\t=1', b: "'=2", c: '\uFF1D1' },
    });
    const { value } = ITEM_WRITERS.csv([item]);
    assert.match(value, /^id,kind,.*,'-a,b,c\r\n"'=HYPERLINK\(""x""\)",req,'@SUM\(1\),'\+1,/);
    assert.match(value, /,"'\t=1",''=2,'\uFF1D1\r\n$/);
    assert.deepEqual(readBack('csv', value)[0]?.attributes, item.attributes);
  });
});

describe('ReqIF', () => {
  it('is well-formed, whatever the texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { value } = ITEM_WRITERS.reqif([
          foreign({ id: `X${text}`, title: text, text, attributes: { [text]: text } }),
        ]);
        assert.deepEqual(readXml('a.reqif', value).problems, []);
      }),
    );
  });

  it('has each identifier once, and every reference leads somewhere', () => {
    const items = itemsOf({
      'i.yaml':
        'threats:\n  - {id: T-1, title: t, stride: [spoofing]}\ncontrols:\n  - {id: C-1, title: c, category: logging, mitigates: [T-1]}\n',
    });
    const { value } = ITEM_WRITERS.reqif(items);
    const identifiers = [...value.matchAll(/IDENTIFIER="([^"]*)"/g)].map(([, id]) => id);
    assert.equal(new Set(identifiers).size, identifiers.length);
    for (const [, id] of value.matchAll(/>([^<\s]+)<\/[A-Z-]+-REF>/g))
      assert.ok(identifiers.includes(id), id);
    assert.deepEqual(
      readBack('reqif', value).map(({ links }) => links.map(linkText)),
      [[], ['mitigates T-1@']],
    );
  });
});
