import assert from 'node:assert/strict';

import fc from 'fast-check';

import { readPlainYaml } from '../../../server/src/core/base/plainYaml.ts';
import { readYaml } from '../../../server/src/core/base/yamlDocument.ts';

/** What the full reader says: any plain-scalar reader makes it read, and this one is none. */
function full(text: string) {
  // A comment at the end is nothing that the plain reader takes.
  return readYaml('a.yaml', `${text}${text.endsWith('\n') || text === '' ? '' : '\n'}# end\n`);
}

/** All paths of a value. */
function paths(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  const entries: (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((each: unknown, index) => [index, each] as const)
    : Object.entries(value);
  return [[], ...entries.flatMap(([key, each]) => paths(each).map((rest) => [key, ...rest]))];
}

/** Where the plain reader takes a text, both say the same: data, places, no problems. */
function agree(text: string): boolean {
  if (readPlainYaml(text) === undefined) return false;
  const mine = readYaml('a.yaml', text);
  const theirs = full(text);
  assert.deepEqual(theirs.problems, [], text);
  assert.deepEqual(mine.document?.value, theirs.document?.value, text);
  for (const path of paths(mine.document?.value)) {
    for (const more of [path, [...path, 'none'], [...path, 7]]) {
      for (const what of ['value', 'key', 'head'] as const) {
        const say = JSON.stringify({ text, more, what });
        assert.deepEqual(mine.document?.rangeOf(more, what), theirs.document?.rangeOf(more, what), say);
      }
    }
  }
  return true;
}

const ITEMS = `# Requirements of the pump.
requirements:
  - id: SR-A-1
    title: Lock after 3 wrong PINs (60 s)
    text: >-
      The pump shall refuse
      any PIN.
    category: authentication
    revision: 2
    mitigates: [T-001, T-002@3]
    attributes:
      class: C
      due: 2026-01-31
      list:
      - a
      - 'b: c'
    flag: true

  - id: SR-A-2
    title: "Quoted: text"
    text: |
      one
      two
    derives: []
    attributes: {class: C, list: [a, b c], due: {by: me}}
tests:
  - id: TC-1
    verifies:
      - SR-A-1
      - SR-A-2
`;

describe('plain YAML', () => {
  it('is what files of items are mostly made of', () => {
    assert.ok(agree(ITEMS));
    assert.ok(agree(ITEMS.replace(/\n\n/g, '\n').trimEnd()));
  });

  it('takes these alone, each as the full reader has it', () => {
    for (const text of [
      ...['a: b', 'a: b c', 'a: 3', 'a: 3 items', 'a: true', 'a: 2026-01-31', "a: 'x'", 'a: "x"', "a: ''"],
      ...['a: []', 'a: [b]', 'a: [b,c ]', '- a\n- b: c\n  d: e\n-   f: g\n    h: i', 'a:\n- b\n- c\nd: e'],
      ...[
        'a:\n  b:\n    c: d',
        '# head\n\na: b  \n\n\nc: d',
        'a: |\n  # x\n  y\n',
        'a: b:c',
        'a: x#y',
        'a: ä ö',
      ],
      ...[
        'a: {}',
        'a: {b: c, d: [e, f g], h: 3}',
        '- {a: b}\n- {c: {d: [ ]} }',
        'a: [b, [c], {d: e}]',
        'a: [1, x]',
      ],
      ...['- b:\n  - c\n  d: e\n', 'a: >\n   x\n   y\n\n\nb: c'],
    ])
      assert.ok(agree(text), text);
  });

  it('leaves to the full reader what may be something else', () => {
    for (const text of [
      ...[
        '',
        '# a',
        'a',
        'a:',
        'a:\nb: c',
        'a: b # c',
        'a: b\n# c',
        'a: b\n  c',
        'a: b: c',
        'a: b:',
        'a: null',
      ],
      ...[
        'a: ~',
        'null: a',
        'True: a',
        'a: 1.5',
        'a: 017',
        'a: 0x1F',
        'a: 1e3',
        'a: .inf',
        'a: -1',
        'a: &b c',
      ],
      ...[
        'a: *b',
        'a: !c d',
        '<<: b',
        '? a',
        '"a": b',
        "a: 'b''c'",
        'a: "b\\n"',
        'a: [b, 1.5]',
        'a: [b:c]',
        'a: [b: c]',
      ],
      ...[
        'a: [b,]',
        'a: [b',
        'a: {b}',
        'a: {b: c',
        'a: {b: }',
        'a: {b:c}',
        'a: {b: c,}',
        'a: {b: c, b: d}',
        'a: @b',
        'a: %b',
        'a: `b`',
        '---\na: b',
        'a: b\n...',
        'a: b\na: c',
      ],
      ...[
        'a:\tb',
        'a: b\r\n',
        '\ufeffa: b',
        'a: |2\n  b\n',
        'a: |+\n  b\n',
        'a: |\n  b\n\n  c\n',
        'a: |\n  b\n   c\n',
      ],
      ...[
        'a: |\n  b \n  c\n',
        'a: |\n  b',
        'a: |\n  b\n    \nc: d',
        'a: |\nb: c',
        '- - a',
        '-\n  a',
        ' a: b',
      ],
      ...[
        'a: b\n c: d',
        '- a\n b',
        '__proto__: a',
        'a: \u2028',
        'a: b\u0085',
        'a: [null]',
        "a: 'b\n  c'",
        'a: [] b',
      ],
    ])
      assert.equal(readPlainYaml(text), undefined, JSON.stringify(text));
  });

  it('reads nothing in another way than the full reader', () => {
    const bits = fc.constantFrom(
      ...[
        'a',
        'b',
        'id',
        'T-1',
        '3',
        '1.5',
        'true',
        'null',
        '~',
        "'",
        '"',
        '#',
        ': ',
        ':',
        '- ',
        '-',
        '[',
        ']',
        ', ',
      ],
      ...[
        '|',
        '>-',
        '>',
        '|-',
        '\n',
        '\n',
        '\n',
        '\n  ',
        '\n  ',
        '\n    ',
        ' ',
        '  ',
        '&x',
        '*x',
        '!t',
        '{',
        '}',
        '<<',
        '{a: b',
        'b: [c',
        '}',
        ']',
        ',',
      ],
      ...[
        'a: b',
        'c: ',
        '- a',
        'text: >-\n      x\n',
        '2026-01-31',
        '3 items',
        '%',
        '?',
        '---',
        'é',
        '\t',
        '\r\n',
      ],
    );
    const soup = fc.array(bits, { maxLength: 14 }).map((each) => each.join(''));
    fc.assert(
      fc.property(soup, (text) => void agree(text)),
      { numRuns: 4000 },
    );
  });

  it('reads files of items with one mistake as the full reader does', () => {
    const edit = fc.record({
      at: fc.nat(ITEMS.length),
      drop: fc.integer({ min: 0, max: 12 }),
      put: fc.constantFrom(
        '',
        ' ',
        '  ',
        '\n',
        ':',
        '#',
        ' # c',
        '- ',
        "'",
        '"',
        '[',
        ']',
        '1',
        'x',
        '\n\n',
        ': ',
      ),
    });
    fc.assert(
      fc.property(edit, ({ at, drop, put }) => {
        agree(ITEMS.slice(0, at) + put + ITEMS.slice(at + drop));
      }),
      { numRuns: 600 },
    );
  });
});
