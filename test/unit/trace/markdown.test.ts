import assert from 'node:assert/strict';

import { markdown } from '../../../server/src/core/trace/formats/markdown.ts';
import { readItemFile } from '../../../server/src/core/trace/itemFile.ts';
import type { Item } from '../../../server/src/core/trace/item.ts';
import type { SourceSettings } from '../../../server/src/core/trace/sources.ts';
import { brief, readFiles, survives } from './reading.ts';

const read = (text: string, settings: Partial<SourceSettings> = {}) =>
  readFiles(markdown, { 'security/a.md': text }, { options: { prefixes: ['SR', 'TC', 'SYS'] }, ...settings });

/** `3:5 message` for each problem: line and column from 1. */
const problemsOf = (text: string, settings: Partial<SourceSettings> = {}) =>
  read(text, settings).problems.map(
    ({ range, message }) => `${(range?.start.line ?? -1) + 1}:${(range?.start.column ?? -1) + 1} ${message}`,
  );

/** Everything but places and the format. */
function bare(item: Item): object {
  const links = item.links.map((link) => ({ ...link, location: undefined }));
  return { ...item, links, location: undefined, origin: undefined };
}

const GOOD = `# Access control

Some words about all of it.

## SR-AUTH-003: Lock after wrong PINs

- Category: authentication
- Revision: 2
- Derives: C-AUTH-02, [C-AUTH-03@4](controls.md#c-auth-03)
- **Mitigates:** \`T-004\`
- Needs: code, unit-test or analysis
- Attributes:
  - owner: Q. Engineer
  - weight: 3

The pump shall refuse PIN entry for 60 s.

\`\`\`
## SR-NO-001: not a heading
\`\`\`

### Why

So that nobody guesses.

## C-AUTH-02: PIN

| Field     | Value          |
| --------- | -------------- |
| Category  | authentication |
| Mitigates | T-004          |
`;

describe('items in Markdown', () => {
  it('have the fields and links of items in YAML', () => {
    const { items, problems } = read(GOOD);
    assert.deepEqual(problems, []);
    const yaml = readItemFile(
      'a.yaml',
      `requirements:
  - id: SR-AUTH-003
    title: Lock after wrong PINs
    text: |
      The pump shall refuse PIN entry for 60 s.

      \`\`\`
      ## SR-NO-001: not a heading
      \`\`\`

      ### Why

      So that nobody guesses.
    category: authentication
    revision: 2
    derives: [C-AUTH-02, C-AUTH-03@4]
    mitigates: [T-004]
    needs: [code, [unit-test, analysis]]
    attributes: {owner: Q. Engineer, weight: 3}
controls:
  - {id: C-AUTH-02, title: PIN, category: authentication, mitigates: [T-004]}
`,
    );
    assert.deepEqual(yaml.problems, []);
    assert.deepEqual(items.map(bare), yaml.value.map(bare));
  });

  it('and their places, with CRLF and a byte order mark too', () => {
    for (const text of [GOOD, `\uFEFF${GOOD.replaceAll('\n', '\r\n')}`]) {
      const lines = text.split('\n');
      const { items } = read(text);
      const places = items.flatMap(({ id, location, links }) => [
        { text: id, location },
        ...links.map((link) => ({
          text: link.revision === undefined ? link.to : `${link.to}@${link.revision}`,
          location: link.location,
        })),
      ]);
      assert.equal(places.length, 6);
      for (const { text: expected, location } of places) {
        const { start, end } = location.range;
        assert.equal(lines[start.line]?.slice(start.column, end.column), expected);
      }
    }
  });

  const ITEMS: readonly (readonly [what: string, text: string, items: readonly string[]])[] = [
    [
      'ids in brackets, as code, with a dash, underlined',
      '## [SR-A-1] One\n- Category: logging\n\n## `SR-A-2` Two\n\n## SR-A-3 – Three\n\nSR-A-4: Four\n---\n',
      ['SR-A-1 "One"', 'SR-A-2 "Two"', 'SR-A-3 "Three"', 'SR-A-4 "Four"'],
    ],
    [
      'kinds by prefix',
      '# A-1: a\n# T-1: t\n# TC-1: c\n- Verifies: SR-1\n',
      ['A-1 "a"', 'T-1 "t"', 'TC-1 "c" verifies SR-1'],
    ],
    [
      'nested items are items of their own',
      '# SR-1: a\n## SR-1-1: b\n- Derives: SR-1\n\n### Note\n',
      ['SR-1 "a"', 'SR-1-1 "b" derives SR-1'],
    ],
    ['headings of other sorts are none', '# CVE-2024-1\n# ISO-14971\n# UTF-8 rules\n# E-mail\n# SR-1x\n', []],
    [
      'code, comments and quotes hold none',
      '    # SR-1: a\n\n<!--\n# SR-2: b\n-->\n> # SR-3: c\n\n- # SR-4: d\n',
      [],
    ],
    ['a kind of its own', '# REQ-1: a\n- Kind: requirement\n- Category: logging\n', ['REQ-1 "a"']],
    [
      'a heading above names the kind',
      '# Threats\n## X-1: a\n# Test cases\n## X-2: b\n- Verifies: SR-1\n',
      ['X-1 "a"', 'X-2 "b" verifies SR-1'],
    ],
    [
      'links as links',
      '# TC-1: a\n- Verifies: [`SR-1`](a.md), [the lock](a.md#SR-2), [SR-3][x]\n',
      ['TC-1 "a" verifies SR-1 verifies SR-2 verifies SR-3'],
    ],
    [
      'links one by one',
      '# TC-1: a\n- Verifies:\n  - SR-1\n  - [SR-2](#x)\n',
      ['TC-1 "a" verifies SR-1 verifies SR-2'],
    ],
    ['fields behind the text', '# TC-1: a\n\nText.\n\n* verifies: SR-1\n', ['TC-1 "a" verifies SR-1']],
    [
      'the front matter says what all have',
      '---\nlayout: page\ntraceward:\n  kind: threat\n  stride: [spoofing]\n---\n# X-1: a\n',
      ['X-1 "a"'],
    ],
    [
      'a file that is one item',
      '---\nid: TC-1\nverifies: [SR-1@2]\n---\n# A title\n\nText\n',
      ['TC-1 "A title" verifies SR-1'],
    ],
  ];
  for (const [what, text, items] of ITEMS) {
    it(what, () => {
      assert.deepEqual(read(text).items.map(brief), items);
    });
  }

  it('take text without the fields, and parts by their headings', () => {
    const { items, problems } = read(
      '# TC-1: Wrong PIN\n\n- Verifies: SR-1\n- Method: manual\n\nFirst.\n\n- Note: a list\n\n\\# no heading\n\n## Procedure\n\n1. Enter.\n2. Look.\n\n## Else\n\nMore.\n',
    );
    assert.deepEqual(problems, []);
    assert.equal(items[0]?.text, 'First.\n\n- Note: a list\n\n# no heading\n\n## Else\n\nMore.');
    assert.equal(items[0].procedure, '1. Enter.\n2. Look.');
  });

  const WRONG: readonly (readonly [text: string, problems: readonly string[]])[] = [
    [
      '# SR-1: a\n- Catgory: logging\n- Category: loging\n\nText.\n',
      [
        '3:13 `category` must be one of `authentication`, `authorization`, `cryptography`, `integrity`, `confidentiality`, `logging`, `resilience`, `update`; did you mean `logging`?',
        '2:3 Unknown key `Catgory`: did you mean `category`?',
      ],
    ],
    ['# SR-1\n- Category: logging\n\nText.\n', ['1:3 The key `title` is missing: add it (text).']],
    ['# SR-1: a\n- Category: logging\n', ['1:3 The key `text` is missing: add it (text).']],
    [
      '# SR-1: a\n- Category: logging\n- Derives: c-1\n- Revision: two\n\nText.\n',
      [
        '4:13 `revision` must be a number, not text.',
        '3:12 Entry 1 of `derives` is not right: a link is an id such as SR-AUTH-003, or one with a revision such as SR-AUTH-003@2.',
      ],
    ],
    [
      '# SR-1: a\n- Category: logging\n- Category: logging\n- just words\n- Id: SR-2\n\nText.\n',
      [
        '3:3 The field `Category` stands twice in this item: keep one.',
        '4:3 Each entry of a list of fields is `Field: value`.',
        '5:3 The heading says the id: remove this field.',
      ],
    ],
    [
      '# SR-auth-1: a\n',
      [
        '1:3 `SR-auth-1` is no id: write upper-case letters and digits joined by hyphens, such as SR-AUTH-003.',
      ],
    ],
    [
      '---\ntraceward: {kind: thing, colour: red}\n---\n',
      [
        '2:26 No kind of item has a field `colour`: remove it.',
        '2:19 `kind` must be a kind of item, such as `requirement`.',
      ],
    ],
    [
      '# X-1: a\n- Kind: thing\n',
      [
        '1:3 This is no item, as `X` is not known: add it to `prefixes` in traceward.yaml, or a field `Kind` that says what it is.',
      ],
    ],
    [
      '---\nid: X-1\ntitle: a\n---\n',
      ['2:5 `X-1` does not say what it is: add `kind: requirement`, or another kind.'],
    ],
  ];
  for (const [text, problems] of WRONG) {
    it(`reports ${JSON.stringify(text)}`, () => {
      assert.deepEqual(problemsOf(text), problems);
    });
  }

  it('survive whatever becomes of the text', () => {
    survives(markdown, 'a.md', [GOOD, '---\nid: TC-1\n---\n# A\n', '# T-1: a\n- Stride:\n  - spoofing\n']);
  });
});
