import assert from 'node:assert/strict';

import { pythonScalar } from '../../../server/src/core/trace/doorstop/pythonYaml.ts';
import { doorstop } from '../../../server/src/core/trace/formats/doorstop.ts';
import { brief, problemLines, readFiles, survives } from './reading.ts';

const REQ = 'settings:\n  digits: 3\n  prefix: REQ\n  sep: ""\n';
const TST = 'settings:\n  digits: 3\n  prefix: TST\n  parent: REQ\n  sep: ""\n';
const ITEM =
  'active: true\nlevel: 1.1\nnormative: true\ntext: |\n  It locks.  \n  After three PINs.\n\nref: ""\n';
/** Made with another program from the page on fingerprints. */
const STAMP = 'CennqbiikRU-PS6wDN4v_I3Q907-53wsfPRO6CzLV5I=';

function project(files: Readonly<Record<string, string>>): ReturnType<typeof readFiles> {
  return readFiles(doorstop, { 'r/.doorstop.yml': REQ, 'r/t/.doorstop.yml': TST, ...files });
}

function statuses(files: Readonly<Record<string, string>>): string[] {
  const { graph } = project(files);
  return [
    ...graph.items.map(({ item, status, reasons }) => `${item.id} ${status} ${reasons.join(' ')}`.trim()),
    ...graph.links.map(({ from, to, status }) => `${typeof from === 'string' ? from : ''} > ${to} ${status}`),
  ];
}

describe('Doorstop', () => {
  it('reads items in the documents of their folders', () => {
    const { items, problems } = project({
      'r/REQ001.yml': `${ITEM}header: PIN lock\ncolor: red\n`,
      'r/t/TST001.yml': `text: Try it.\nlinks:\n- REQ001: ${STAMP}\n`,
      'r/index.yml': 'just: a list\n',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(items.map(brief), ['REQ001 "PIN lock"', 'TST001 "Try it." verifies REQ001']);
    assert.deepEqual(
      items.map(({ kind, origin, text, attributes }) => [kind, origin.type, text, attributes['color']]),
      [
        ['requirement', 'REQ', 'It locks.\nAfter three PINs.', 'red'],
        ['test', 'TST', 'Try it.', undefined],
      ],
    );
  });

  it('computes fingerprints', () => {
    const read = (item: string, document = REQ) =>
      project({ 'r/.doorstop.yml': document, 'r/REQ001.yml': item }).items[0]?.stamps;
    assert.equal(read(ITEM)?.link, STAMP);
    assert.equal(read(ITEM)?.review, STAMP);
    assert.equal(read(ITEM.replace('level: 1.1', 'level: 2'))?.link, STAMP, 'the level does not count');
    assert.notEqual(read(ITEM.replace('three', 'four'))?.link, STAMP);
    const attributes = `${REQ}attributes:\n  reviewed: [e_map, a_bool, b_date, c_float, d_list, f_absent, a_bool]\n`;
    const item = `text: |2\n\n  It locks.\n  After three PINs.\nref: " pin.c "\nreferences:\n- path: " a.c"\n  type: file\n  sha: ab\n  keyword: it's\na_bool: yes\nb_date: 2024-01-31\nc_float: 1.10\nd_list: [010, ~]\ne_map: {z: 'y', a: a\\b}\n`;
    assert.equal(read(item, attributes)?.link, 'hgHbmN8-Hvbszwgiwk-emG7sBrGckkZqE-i2FmTtl7Y=');
  });

  it('puts parents into the review in their order, not into the stamp of links', () => {
    const { items } = project({ 'r/t/TST001.yml': 'text: Try it.\nlinks: [REQ010, REQ002, REQ001: x]\n' });
    assert.equal(items[0]?.stamps?.review, 'A_z4Rp2rgDSg3lR7MQoT3mhWy8pHsK1UlBDRixHj5Ps=');
    assert.notEqual(items[0].stamps.link, items[0].stamps.review);
  });

  it('says what is suspect, unreviewed and missing', () => {
    const reviewed = `${ITEM}reviewed: ${STAMP}\n`;
    const test = (links: string, more = '') => `text: Try it.\nreviewed: true\nlinks: ${links}\n${more}`;
    const CASES: readonly [files: Record<string, string>, expected: readonly string[]][] = [
      [
        { 'r/REQ001.yml': reviewed, 'r/t/TST001.yml': test(`[REQ001: ${STAMP}]`) },
        ['REQ001 covered', 'TST001 covered', 'TST001 > REQ001 covered'],
      ],
      [
        { 'r/REQ001.yml': reviewed, 'r/t/TST001.yml': test('[req1: true]') },
        ['REQ001 covered', 'TST001 covered', 'TST001 > REQ001 covered'],
      ],
      [
        { 'r/REQ001.yml': reviewed, 'r/t/TST001.yml': test('[REQ001: old]') },
        ['REQ001 covered', 'TST001 covered', 'TST001 > REQ001 suspect'],
      ],
      [
        { 'r/REQ001.yml': ITEM, 'r/t/TST001.yml': test('[REQ001]') },
        ['REQ001 unreviewed It has never been reviewed.', 'TST001 covered', 'TST001 > REQ001 suspect'],
      ],
      [
        { 'r/REQ001.yml': `${ITEM}reviewed: x\n`, 'r/t/TST001.yml': test('[]') },
        ['REQ001 uncovered No TST leads to it.', 'TST001 uncovered It leads to no REQ.'],
      ],
      [
        { 'r/t/TST001.yml': test('[]', 'derived: true\n'), 'r/t/TST002.yml': test('[REQ009]') },
        ['TST001 covered', 'TST002 covered', 'TST002 > REQ009 orphaned'],
      ],
    ];
    for (const [files, expected] of CASES) assert.deepEqual(statuses(files), expected);
  });

  it('mirrors the messages of Doorstop', () => {
    const CASES: readonly [files: Record<string, string>, expected: readonly string[]][] = [
      [{ 'r/REQ001.yml': 'level: 1\n' }, ['r/REQ001.yml:1 warning doorstop-no-text']],
      [{ 'r/REQ001.yml': '' }, ['r/REQ001.yml:1 warning doorstop-no-text']],
      [{ 'r/SYS001.yml': 'text: a\n' }, ['r/SYS001.yml:1 information doorstop-item']],
      [{ 'x/SYS001.yml': 'text: a\n' }, ['x/SYS001.yml:1 warning doorstop-item']],
      [
        { 'r/REQ001.yml': 'text: a\nnormative: no\nlinks:\n- "?"\n' },
        ['r/REQ001.yml:1 warning doorstop-item', 'r/REQ001.yml:4 error doorstop-item'],
      ],
      [
        {
          'r/REQ001.yml': 'text: a\nactive: off\n',
          'r/REQ002.yml': 'text: a\nnormative: false\n',
          'r/t/TST001.yml': 'text: a\nlinks: [REQ001, REQ002, TST009]\n',
        },
        [
          'r/t/TST001.yml:2 information doorstop-item',
          'r/t/TST001.yml:2 warning doorstop-item',
          'r/t/TST001.yml:2 information doorstop-item',
        ],
      ],
      [{ 'r/.doorstop.yml': 'settings: {}\n' }, ['r/.doorstop.yml:1 error doorstop-document']],
      [
        { 'r/REQ001.yml': '- a\n' },
        ['r/REQ001.yml:1 error doorstop-item', 'r/REQ001.yml:1 warning doorstop-no-text'],
      ],
      [{ 'r/REQ001.yml': 'text: a\ntext: b\n' }, ['r/REQ001.yml:2 error yaml-duplicate-key']],
      [{ 'r/REQ001.yml': 'text: a\nx: !include y.yml\n' }, ['r/REQ001.yml:2 information yaml-tag']],
    ];
    for (const [files, expected] of CASES) assert.deepEqual(problemLines(project(files).problems), expected);
  });

  it('leaves out what is inactive, and headings', () => {
    const files = {
      'r/REQ001.yml': 'text: a\nactive: no\n',
      'r/REQ002.yml': 'text: Part\nlevel: 1.0\nnormative: false\n',
      'r/REQ003.yml': 'text: a\nlevel: 1.10\nnormative: false\n',
    };
    assert.deepEqual(project(files).items.map(brief), ['REQ003 "a"']);
    const linked = project({ ...files, 'r/t/TST001.yml': 'text: a\nlinks: [REQ001, REQ002]\n' });
    assert.deepEqual(
      linked.items.map(({ id, approval }) => `${id} ${approval}`),
      ['REQ001 rejected', 'REQ002 approved', 'REQ003 approved', 'TST001 approved'],
    );
  });

  it('reads Markdown items where the document says so', () => {
    const markdown = REQ.replace('sep', 'itemformat: markdown\n  sep');
    const text = '---\nlevel: 1.1\nlinks:\n- SYS001: s\n---\n\n# PIN lock\n\nIt locks.\n\n# Not a header\n';
    const { items } = project({
      'r/.doorstop.yml': markdown,
      'r/REQ001.md': text,
      'r/REQ002.yml': 'text: a\n',
    });
    assert.deepEqual(items.map(brief), ['REQ001 "PIN lock" derives SYS001']);
    assert.equal(items[0]?.text, 'It locks.\n\n# Not a header');
    assert.equal(items[0].links[0]?.location.range.start.line, 3);
    const crlf = project({
      'r/.doorstop.yml': markdown,
      'r/REQ001.md': `\uFEFF${text.replaceAll('\n', '\r\n')}`,
    });
    assert.deepEqual(crlf.items[0]?.stamps, items[0].stamps);
  });

  it('reads YAML as Python does', () => {
    const CASES: readonly [text: string, expected: string][] = [
      ['yes', 'bool True'],
      ['Off', 'bool False'],
      ['y', 'str y'],
      ['1.10', 'float 1.1'],
      ['1.0', 'float 1.0'],
      ['1e3', 'str 1e3'],
      ['1.0e+20', 'float 1e+20'],
      ['1.5e-7', 'float 1.5e-07'],
      ['-.inf', 'float -inf'],
      ['010', 'int 8'],
      ['0x_1F', 'int 31'],
      ['0b11', 'int 3'],
      ['-1_000', 'int -1000'],
      ['1:30', 'int 90'],
      ['08', 'str 08'],
      ['1.2.3', 'str 1.2.3'],
      ['~', 'NoneType None'],
      ['', 'NoneType None'],
      ['2024-01-31', 'datetime.date 2024-01-31'],
      ['2024-01-31 10:00:00', 'datetime.datetime 2024-01-31 10:00:00'],
    ];
    for (const [text, expected] of CASES) {
      const value = pythonScalar(text);
      assert.equal(typeof value === 'string' ? `str ${value}` : `${value.python} ${value.written}`, expected);
    }
  });

  it('takes no mapping of a file for a scalar', () => {
    const { items } = project({
      'r/REQ001.yml': 'text: {python: int, written: 3, is: 1}\n1.10: a\non: {b: off}\n',
    });
    assert.deepEqual(items[0]?.attributes, { '1.10': 'a', on: { b: false } });
  });

  it('survives any text', () => {
    survives(doorstop, 'r/REQ001.yml', [`${ITEM}links:\n- REQ002: x\n- REQ3\nreferences:\n- path: a\n`, TST]);
    survives(doorstop, 'r/REQ001.md', ['---\nlevel: 1.0\n---\n# A\n\ntext\n']);
    survives(doorstop, '.doorstop.yml', [TST]);
  });
});
