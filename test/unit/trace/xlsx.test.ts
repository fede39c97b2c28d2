import assert from 'node:assert/strict';

import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, it } from 'mocha';

import { readXlsx } from '../../../server/src/core/base/xlsx.ts';
import { isoDate } from '../../../server/src/core/base/xlsxDates.ts';
import { xlsx } from '../../../server/src/core/trace/formats/xlsx.ts';
import { NO_SETTINGS, type SourceSettings } from '../../../server/src/core/trace/sources.ts';
import { brief, problemLines } from './reading.ts';

const STYLES = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-407]dd\\.mm\\.yyyy"/><numFmt numFmtId="171" formatCode="0.0 &quot;days&quot;"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="22"/></cellXfs></styleSheet>`;
const STRINGS = `<sst><si><t>ID</t></si><si><r><t>Ti</t></r><r><rPr/><t>tle</t></r><rPh sb="0" eb="1"><t>hint</t></rPh></si><si><t xml:space="preserve">one_x000D_
two</t></si></sst>`;

/** A workbook of these parts: rows of each sheet by its name. */
function book(sheets: Readonly<Record<string, string>>, { head = '', folder = 'xl' } = {}): Uint8Array {
  const names = Object.keys(sheets);
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="http://x/relationships/${type}" Target="${target}"/>`;
  const parts: Record<string, string> = {
    '_rels/.rels': `<Relationships>${relation('r', 'officeDocument', `${folder}/book.xml`)}</Relationships>`,
    [`${folder}/book.xml`]: `<workbook xmlns:r="u">${head}<sheets>${names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    [`${folder}/_rels/book.xml.rels`]: `<Relationships>${names.map((_, at) => relation(`rId${at + 1}`, 'worksheet', `worksheets/s${at}.xml`)).join('')}${relation('s', 'styles', 'styles.xml')}${relation('t', 'sharedStrings', `/${folder}/sharedStrings.xml`)}</Relationships>`,
    [`${folder}/styles.xml`]: STYLES,
    [`${folder}/sharedStrings.xml`]: STRINGS,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, at) => [
        `${folder}/worksheets/s${at}.xml`,
        `<worksheet>${rows.startsWith('<sheetData') ? rows : `<sheetData>${rows}</sheetData>`}</worksheet>`,
      ]),
    ),
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}
const inline = (text: string, at = '') =>
  `<c${at === '' ? '' : ` r="${at}"`} t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (...cells: string[]) => `<row>${cells.join('')}</row>`;

const cellsOf = (bytes: Uint8Array, wanted?: string[]) => {
  const { value, problems } = readXlsx('r.xlsx', bytes, wanted);
  return {
    rows: value.flatMap(({ rows }) => rows.map(({ cells, range }) => [range.start.line + 1, ...cells])),
    problems,
  };
};
const read = (bytes: Uint8Array, settings: Partial<SourceSettings> = {}) => {
  const { value, problems } = xlsx.read('r.xlsx', bytes, { ...NO_SETTINGS, ...settings });
  return { items: value.items, problems };
};

describe('spreadsheets', () => {
  const cells: readonly (readonly [name: string, cell: string, expected: string])[] = [
    ['a shared string of several runs, without phonetic hints', '<c t="s"><v>1</v></c>', 'Title'],
    ['an escaped line break', '<c t="s"><v>2</v></c>', 'one\ntwo'],
    ['an inline string', inline('a &lt; b'), 'a < b'],
    ['a string that is not there', '<c t="s"><v>99</v></c>', ''],
    ['a number', '<c><v>12</v></c>', '12'],
    ['a number with noise', '<c><v>1.1000000000000001</v></c>', '1.1'],
    ['a truth value', '<c t="b"><v>1</v></c>', 'true'],
    ['an error', '<c t="e"><v>#REF!</v></c>', '#REF!'],
    ['a date of a built-in format', '<c s="1"><v>46053</v></c>', '2026-01-31'],
    ['a date of an own format', '<c s="2"><v>46053</v></c>', '2026-01-31'],
    ['a number whose format has quoted letters', '<c s="3"><v>46053</v></c>', '46053'],
    ['a date with a time', '<c s="4"><v>46053.5</v></c>', '2026-01-31 12:00:00'],
    ['a formula as it is written', '<c><f>A1&amp;B1</f><v>7</v></c>', '=A1&B1'],
    ['a formula of a text', '<c t="str"><f>CALL("x")</f><v>y</v></c>', '=CALL("x")'],
    ['an empty cell', '<c s="1"/>', ''],
  ];
  for (const [name, cell, expected] of cells) {
    it(`have ${name}`, () => assert.deepEqual(cellsOf(book({ S: row(cell) })).rows, [[1, expected]]));
  }

  it('have formulas that share their text, and say how many there are', () => {
    const rows = row('<c><f t="shared" si="0">A1+1</f></c>', '<c><f t="shared" si="0"/><v>3</v></c>');
    const { rows: found, problems } = cellsOf(book({ S: rows }));
    assert.deepEqual(found, [[1, '=A1+1', '=A1+1']]);
    assert.deepEqual(
      problems.map(({ severity, message }) => `${severity}: ${message}`),
      ['information: 2 cells hold formulas in the sheet `S`: shown as written, and not computed.'],
    );
  });

  it('count dates from 1900 or 1904', () => {
    const dates = [
      isoDate(1, false),
      isoDate(59, false),
      isoDate(61, false),
      isoDate(36_585, false),
      isoDate(0, true),
      isoDate(0.75, false),
      isoDate(-1, false),
      isoDate(1e9, false),
    ];
    assert.deepEqual(dates, [
      '1900-01-01',
      '1900-02-28',
      '1900-03-01',
      '2000-02-29',
      '00:00:00',
      '18:00:00',
      undefined,
      undefined,
    ]);
    const later = book({ S: row('<c s="1"><v>44591</v></c>') }, { head: '<workbookPr date1904="1"/>' });
    assert.deepEqual(cellsOf(later).rows, [[1, '2026-01-31']]);
  });

  it('have dates that are those of the calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 2_958_465 }), (serial) => {
        const expected = new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10);
        assert.equal(isoDate(serial, false), expected);
      }),
    );
  });

  it('have cells and rows where they say, or one behind the other', () => {
    const rows = `<row r="3">${inline('x', 'C3')}${inline('y')}</row><row>${inline('z')}</row>`;
    assert.deepEqual(cellsOf(book({ S: rows })).rows, [
      [3, '', '', 'x', 'y'],
      [4, 'z'],
    ]);
  });

  it('are read from the sheet that was active, or from those that are named', () => {
    const sheets = { A: row(inline('a')), B: row(inline('b')), C: row(inline('c')) };
    const active = book(sheets, { head: '<bookViews><workbookView activeTab="1"/></bookViews>' });
    assert.deepEqual(cellsOf(active).rows, [[1, 'b']]);
    assert.deepEqual(cellsOf(active, ['C', 'A']).rows, [
      [1, 'c'],
      [1, 'a'],
    ]);
    assert.match(cellsOf(active, ['X']).problems[0]?.message ?? '', /no sheet `X`; there are `A`, `B`, `C`/);
    assert.deepEqual(cellsOf(book(sheets, { folder: 'other' })).rows, [[1, 'a']]);
  });

  it('become items by the names of their columns, one a row', () => {
    const rows = [
      row('<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', inline('Parent'), inline('Due')),
      row(inline('SR-1'), inline('PIN'), inline('TH-1; TH-2'), '<c s="1"><v>46053</v></c>'),
      `<row hidden="1">${inline('SR-2')}</row>`,
      row(inline(''), inline('lost')),
    ];
    const { items, problems } = read(book({ S: rows.join('') }));
    assert.deepEqual(items.map(brief), ['SR-1 "PIN" derives TH-1 derives TH-2', 'SR-2']);
    assert.deepEqual(items[0]?.attributes, { Due: '2026-01-31' });
    assert.deepEqual(
      items.map(({ location }) => location.range.start.line + 1),
      [2, 3],
    );
    assert.deepEqual(
      problems.map(({ code, severity }) => `${code} ${severity}`),
      ['xlsx information', 'table-no-id information'],
    );
    const named = { fields: { id: 'Title' }, options: { sheet: 'S' } };
    assert.deepEqual(
      read(book({ S: rows.join('') }), named).items.map(({ id }) => id),
      ['PIN', 'lost'],
    );
  });

  it('have merged cells: an id over several rows is one item, another value counts for each row', () => {
    const rows =
      row(inline('id'), inline('parent'), inline('group')) +
      row(inline('A-1'), inline('B-1'), inline('g')) +
      row('<c/>', inline('B-2')) +
      row(inline('A-2'), '<c/>', '<c/>');
    const sheet = `<sheetData>${rows}</sheetData><mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="C2:C4"/></mergeCells>`;
    const { items } = read(book({ S: sheet }));
    assert.deepEqual(items.map(brief), ['A-1 derives B-1 derives B-2', 'A-2']);
    assert.deepEqual(
      items.map(({ attributes }) => attributes),
      [{ group: 'g' }, { group: 'g' }],
    );
  });

  it('are bounded, and say so', () => {
    const wide = cellsOf(book({ S: `<row>${inline('far', 'XFD1')}</row>` }));
    assert.match(wide.problems[0]?.message ?? '', /more than 1000 columns/);
    const merged = cellsOf(
      book({
        S: `<sheetData>${row(inline('x'))}</sheetData><mergeCells><mergeCell ref="A1:ZZ1048576"/></mergeCells>`,
      }),
    );
    assert.match(merged.problems[0]?.message ?? '', /merges more than/);
  });

  const broken: readonly (readonly [name: string, bytes: Uint8Array, message: RegExp])[] = [
    ['no archive', strToU8('id,title'), /not a zip archive/],
    ['an archive of something else', zipSync({ 'a.xml': strToU8('<a/>') }), /is no workbook/],
    ['a part outside', zipSync({ '../xl/workbook.xml': strToU8('<a/>') }), /leads out of the archive/],
    [
      'entities',
      book({ S: '<sheetData><!DOCTYPE x [<!ENTITY a "b">]></sheetData>' }),
      /not well-formed|document type/,
    ],
    ['no id column', book({ S: row(inline('a'), inline('b')) }), /No column holds the ids/],
  ];
  for (const [name, bytes, message] of broken) {
    it(`report ${name}`, () => assert.match(read(bytes).problems[0]?.message ?? '', message));
  }

  it('never throw', () => {
    const whole = book({ S: row(inline('id'), inline('title')) + row(inline('A'), inline('B')) });
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 255 }), (at, byte) => {
        const bytes = whole.slice();
        bytes[at % bytes.length] = byte;
        read(bytes);
      }),
      { numRuns: 20 },
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, two) => {
        const plain = (text: string) => text.replace(/[<&\p{Cc}]/gu, '');
        const { problems } = read(
          book({ S: `<row>${plain(one)}<c r="${plain(two).replace(/"/g, '')}"/></row>` }),
        );
        assert.ok(problemLines(problems).length < 5);
      }),
      { numRuns: 30 },
    );
  });
});
