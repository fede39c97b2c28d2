import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { stringify } from 'yaml';

import { LineIndex } from '../../../server/src/core/base/lineIndex.ts';
import { readItemFile } from '../../../server/src/core/trace/itemFile.ts';
import { CATEGORIES } from '../../../server/src/core/trace/item.ts';
import { WHOLE } from './trace.ts';

/** `3:5 message` for each problem: line from 1, column from 1. */
function problemsOf(text: string): string[] {
  return readItemFile('items.yaml', text).problems.map(({ range, message, path }) => {
    assert.equal(path, 'items.yaml');
    assert.ok(range);
    return `${range.start.line + 1}:${range.start.column + 1} ${message}`;
  });
}

const GOOD = `requirements:
  - id: SR-AUTH-003
    title: Lock after wrong PINs
    text: |
      The pump shall refuse PIN entry for 60 s.
    category: authentication
    revision: 2
    derives: [C-AUTH-02, "C-AUTH-03@4"]
    mitigates:
      - T-004
`;

describe('item files', () => {
  it('reads an item with its links and places', () => {
    const { value, problems } = readItemFile('items.yaml', GOOD);
    assert.deepEqual(problems, []);
    const at = (line: number, start: number, end: number) => ({
      path: 'items.yaml',
      range: { start: { line, column: start }, end: { line, column: end } },
    });
    assert.deepEqual(value, [
      {
        id: 'SR-AUTH-003',
        kind: 'requirement',
        title: 'Lock after wrong PINs',
        text: 'The pump shall refuse PIN entry for 60 s.',
        revision: 2,
        approval: 'approved',
        tags: [],
        category: 'authentication',
        stride: [],
        cwe: [],
        needs: [{ anyOf: ['code'] }, { anyOf: ['test'] }],
        asks: 'kind',
        attributes: {},
        origin: { format: 'traceward' },
        links: [
          { type: 'derives', to: 'C-AUTH-02', location: at(7, 14, 23) },
          { type: 'derives', to: 'C-AUTH-03', revision: 4, location: at(7, 26, 37) },
          { type: 'mitigates', to: 'T-004', location: at(9, 8, 13) },
        ],
        location: at(1, 8, 19),
      },
    ]);
  });

  it('reads every list', () => {
    const { value, problems } = readItemFile('items.yaml', WHOLE);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      value.map(({ id, kind, method, needs }) => [id, kind, method, needs.length]),
      [
        ['A-01', 'asset', undefined, 0],
        ['T-001', 'threat', undefined, 0],
        ['R-001', 'risk', undefined, 0],
        ['C-AUTH-01', 'control', undefined, 0],
        ['SR-AUTH-001', 'requirement', undefined, 2],
        ['TC-AUTH-001', 'test', 'automated', 0],
      ],
    );
  });

  it('reads the same with CRLF and a byte order mark', () => {
    const plain = readItemFile('items.yaml', GOOD);
    assert.deepEqual(readItemFile('items.yaml', GOOD.replaceAll('\n', '\r\n')), plain);
    assert.deepEqual(readItemFile('items.yaml', `\uFEFF${GOOD}`), plain);
  });

  for (const empty of ['', '# nothing yet\n', '---\n', 'requirements:\n', 'requirements: []\ntests:\n']) {
    it(`finds nothing wrong with ${JSON.stringify(empty)}`, () => {
      assert.deepEqual(readItemFile('items.yaml', empty), { value: [], problems: [] });
    });
  }

  const mistakes: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    [
      'a misspelt key',
      GOOD.replace('revision:', 'revison:'),
      ['7:5 Unknown key `revison`: did you mean `revision`?'],
    ],
    [
      'a misspelt key that is required',
      GOOD.replace('category:', 'catgory:'),
      [
        '2:5 The key `category` is missing: add it (one of `authentication`, `authorization`, `cryptography`, `integrity`, `confidentiality`, `logging`, `resilience`, `update`).',
        '6:5 Unknown key `catgory`: did you mean `category`?',
      ],
    ],
    [
      'a missing key',
      GOOD.replace(/ {4}title: .*\n/, ''),
      ['2:5 The key `title` is missing: add it (text).'],
    ],
    [
      'an unknown category',
      GOOD.replace('category: authentication', 'category: autentication'),
      [
        '6:15 `category` must be one of `authentication`, `authorization`, `cryptography`, `integrity`, `confidentiality`, `logging`, `resilience`, `update`; did you mean `authentication`?',
      ],
    ],
    [
      'a wrong id',
      GOOD.replace('SR-AUTH-003', 'sr-auth-003'),
      [
        '2:9 `id` is not right: an id is upper-case letters and digits joined by hyphens, such as SR-AUTH-003.',
      ],
    ],
    [
      'a wrong link',
      GOOD.replace('C-AUTH-02', 'C-AUTH-02@x'),
      [
        '8:15 Entry 1 of `derives` is not right: a link is an id such as SR-AUTH-003, or one with a revision such as SR-AUTH-003@2.',
      ],
    ],
    [
      'a link that is no list',
      GOOD.replace(/\[C-AUTH.*\]/, 'C-AUTH-02'),
      ['8:14 `derives` must be a list, not text.'],
    ],
    [
      'a revision of zero',
      GOOD.replace('revision: 2', 'revision: 0'),
      ['7:15 `revision` must be at least 1.'],
    ],
    [
      'a broken revision',
      GOOD.replace('revision: 2', 'revision: 1.5'),
      ['7:15 `revision` must be a whole number, not 1.5.'],
    ],
    ['an empty title', GOOD.replace(/title: .*/, 'title:'), ['3:5 `title` must be text, but it is empty.']],
    [
      'a number as title',
      GOOD.replace(/title: .*/, 'title: 42'),
      ['3:12 `title` must be text: put quotes around 42.'],
    ],
    [
      'a key twice',
      GOOD.replace('revision: 2', 'title: Again'),
      ['7:5 The key `title` stands twice in this mapping: keep one.'],
    ],
    [
      'a threat without STRIDE',
      'threats:\n  - id: T-1\n    title: x\n    stride: []\n',
      ['4:13 `stride` must have at least 1 entry.'],
    ],
    [
      'an unknown STRIDE word',
      'threats:\n  - {id: T-1, title: x, stride: [spofing]}\n',
      [
        '2:34 Entry 1 of `stride` must be one of `spoofing`, `tampering`, `repudiation`, `information-disclosure`, `denial-of-service`, `elevation-of-privilege`; did you mean `spoofing`?',
      ],
    ],
    [
      'an unknown list',
      'requirement: []\n',
      ['1:1 Unknown list `requirement`: did you mean `requirements`?'],
    ],
    [
      'a list that is none',
      'assets: x\n',
      ['1:9 `assets` must be a list: start each entry with `- id: ...`.'],
    ],
    [
      'an entry that is no mapping',
      'assets:\n  - A-01\n',
      ['2:5 Each entry of `assets` is a mapping: start it with `- id: ...`.'],
    ],
    [
      'a file that is a list',
      '- id: A-01\n',
      [
        '1:1 An item file is a mapping of lists: start it with one of `assets:`, `zones:`, `elements:`, `flows:`, `components:`, `threats:`, `vulnerabilities:`, `risks:`, `controls:`, `requirements:`, `designs:`, `tests:`, `justifications:`.',
      ],
    ],
    [
      'a tab as indentation',
      'assets:\n\t- id: A-01\n',
      [
        '2:1 This is not valid YAML: tabs cannot indent YAML; use spaces.',
        '2:4 The key `title` is missing: add it (text).',
      ],
    ],
    [
      'a colon in a title',
      'assets:\n  - id: A-01\n    title: Keys: all\n',
      [
        '3:12 This is not valid YAML: a value that contains `: ` needs quotes around it, and a nested mapping a line of its own.',
        '3:12 `title` must be text, not a mapping.',
      ],
    ],
    [
      'a tag of YAML',
      'assets:\n  - !asset {id: A-01, title: x}\n',
      ['2:5 YAML tags such as `!name` are not supported; write plain values.'],
    ],
    [
      'two documents',
      'assets: []\n---\ntests: []\n',
      ['2:1 A file holds one document: remove the line `---` here, or split the file.'],
    ],
    [
      'an alias without anchor',
      'assets: *x\n',
      ['1:9 There is no anchor `&x` before this alias: write the value out.'],
    ],
    [
      'an alias of itself',
      'assets: &x [*x]\n',
      ['1:13 There is no anchor `&x` before this alias: write the value out.'],
    ],
  ];
  for (const [name, text, expected] of mistakes) {
    it(`reports ${name}`, () => {
      assert.deepEqual(problemsOf(text), expected);
    });
  }

  it('keeps what can be used of an item with mistakes, and all the others', () => {
    const { value, problems } = readItemFile(
      'items.yaml',
      `${GOOD.replace('C-AUTH-02', 'nonsense').replace('revision: 2', 'revision: two')}  - id: nonsense
  - 7
  - {id: SR-LOG-001, title: Log, text: x, category: logging}
`,
    );
    assert.equal(problems.length > 3, true);
    assert.deepEqual(
      value.map(({ id, revision, links }) => [id, revision, links.map(({ to }) => to)]),
      [
        ['SR-AUTH-003', 1, ['C-AUTH-03', 'T-004']],
        ['SR-LOG-001', 1, []],
      ],
    );
  });

  it('takes many aliases that stand for little', () => {
    const entries = Array.from({ length: 2000 }, (_, at) => `  - {id: A-${at}, title: *t}`);
    const { value, problems } = readItemFile(
      'a.yaml',
      `assets:\n  - {id: A-T, title: &t same}\n${entries.join('\n')}\n`,
    );
    assert.deepEqual(problems, []);
    assert.equal(value.length, 2001);
    assert.ok(value.every(({ title }) => title === 'same'));
  });

  it('refuses what is too large, too deep or multiplied by aliases, at once', () => {
    const laughs = Array.from('bcdefghi').map(
      (name, at) =>
        `${name}: &${name} [${Array(9)
          .fill(`*${'abcdefgh'[at] ?? ''}`)
          .join()}]`,
    );
    const hostile: readonly (readonly [string, RegExp])[] = [
      ['#'.repeat(10_000_000), /too large/],
      ['\n'.repeat(1_900_000), /too large/],
      ['['.repeat(1_000_000), /nested deeper/],
      ['- '.repeat(500_000), /nested deeper/],
      [Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), /nested deeper/],
      [`a: &a [1,1,1,1,1,1,1,1,1]\n${laughs.join('\n')}`, /aliases/],
    ];
    for (const [text, message] of hostile) {
      const { value, problems } = readItemFile('items.yaml', text);
      assert.deepEqual(value, []);
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.message ?? '', message);
    }
  });

  it('never throws, and every range lies in the text', () => {
    const word = fc.constantFrom(
      'requirements:',
      '\n',
      '\n  ',
      '\n    ',
      '- ',
      'id: ',
      'SR-A-1',
      'title: ',
      'x',
      '[',
      ']',
      '{',
      '}',
      ',',
      ': ',
      '&a ',
      '*a',
      '!t ',
      '"',
      '|',
      '\t',
      '? ',
      '---',
      '<<: ',
      '#',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(word, { maxLength: 60 }).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(text, (written) => {
        const lines = new LineIndex(written);
        for (const { range, path, message } of readItemFile('items.yaml', written).problems) {
          assert.equal(path, 'items.yaml');
          assert.ok(message.length > 0);
          assert.ok(range !== undefined && range.end.line < lines.lineCount);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back a list that was written from data', () => {
    const id = fc.stringMatching(/^[A-Z][A-Z0-9]{0,3}(-[A-Z0-9]{1,4}){1,3}$/);
    const prose = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((text) => /\S/.test(text));
    const requirement = fc.record({
      id,
      title: prose,
      text: prose,
      category: fc.constantFrom(...CATEGORIES),
      revision: fc.integer({ min: 1, max: 99 }),
      derives: fc.array(id, { maxLength: 3 }),
      mitigates: fc.array(fc.tuple(id, fc.integer({ min: 1, max: 9 })), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(requirement, { maxLength: 5 }), fc.boolean(), (requirements, flow) => {
        const data = {
          requirements: requirements.map(({ mitigates, ...rest }) => ({
            ...rest,
            mitigates: mitigates.map(([to, revision]) => `${to}@${revision}`),
          })),
        };
        const written = stringify(data, flow ? { collectionStyle: 'flow' } : {});
        const { value, problems } = readItemFile('items.yaml', written);
        assert.deepEqual(problems, []);
        assert.deepEqual(
          value.map((item) => ({
            id: item.id,
            title: item.title,
            text: item.text,
            category: item.category,
            revision: item.revision,
            links: item.links.map(({ to, revision }) => [to, revision]),
          })),
          requirements.map(({ derives, mitigates, title, text, ...rest }) => ({
            ...rest,
            title: title.trim(),
            text: text.trim(),
            links: [...derives.map((to) => [to, undefined]), ...mitigates],
          })),
        );
        const lines = new LineIndex(written);
        for (const item of value) {
          const { start, end } = item.location.range;
          assert.equal(written.slice(lines.offsetAt(start), lines.offsetAt(end)), item.id);
        }
      }),
    );
  });
});
