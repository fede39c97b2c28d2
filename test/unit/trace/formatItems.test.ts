import assert from 'node:assert/strict';

import fc from 'fast-check';

import { formatItemFile } from '../../../server/src/core/trace/format/formatItems.ts';
import { NO_SETTINGS } from '../../../server/src/core/trace/sources.ts';
import { ITEM_WRITERS } from '../../../server/src/core/trace/writers/itemWriters.ts';
import { nativeItems } from './arbitraryItems.ts';
import { itemsOf } from './trace.ts';

const formatted = (path: string, text: string) => formatItemFile(path, text, NO_SETTINGS);

describe('formatting of item files', () => {
  it('puts fields in order and keeps comments, in YAML', () => {
    const { value, problems } = formatted(
      'a.yaml',
      `# All of it.
requirements:
    # The first.
    - title: Log   # why not
      category: logging
      # Its number.
      id: SR-LOG-001

      text: >-
        The pump
        shall log.
      revision: 2
      derives: [ C-1,  C-2 ]
`,
    );
    assert.deepEqual(problems, []);
    assert.equal(
      value,
      `# All of it.
requirements:
  # The first.
  # Its number.
  - id: SR-LOG-001
    title: Log # why not

    text: >-
      The pump shall log.
    category: logging
    derives: [C-1, C-2]
    revision: 2
`,
    );
  });

  it('puts headings and lists of fields into one form, in Markdown', () => {
    const { value, problems } = formatted(
      'a.md',
      `[SR-LOG-001] Log
-----
* revision: 2
* **category**: logging
* Derives:
    - C-1
    - C-2

The pump shall log.   <!-- kept -->

* A list.
`,
    );
    assert.deepEqual(problems, []);
    assert.equal(
      value,
      `## SR-LOG-001: Log
- Category: logging
- Derives:
  - C-1
  - C-2
- Revision: 2

The pump shall log.   <!-- kept -->

* A list.
`,
    );
  });

  it('leaves alone what has mistakes, and says so', () => {
    for (const [path, text] of [
      ['a.yaml', 'requirements:\n  - {id: SR-1, title: a}\n'],
      ['a.yaml', 'requirements: [\n'],
      ['a.md', '# SR-1: a\n- Category: loging\n\nx\n'],
    ] as const) {
      const { value, problems } = formatted(path, text);
      assert.equal(value, text);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['item-format'],
      );
    }
  });

  it('keeps line ends', () => {
    const text = 'assets:\r\n  - title: a\r\n    id: A-1\r\n';
    assert.equal(formatted('a.yaml', text).value, 'assets:\r\n  - id: A-1\r\n    title: a\r\n');
    assert.equal(formatted('a.md', '# A-1 a\r\n* tags: x\r\n').value, '# A-1: a\r\n- Tags: x\r\n');
  });

  for (const format of ['traceward', 'markdown'] as const) {
    it(`loses nothing and is done after one round, in ${format}`, () => {
      const path = format === 'markdown' ? 'a.md' : 'a.yaml';
      const note = format === 'markdown' ? '<!-- note -->' : '# note';
      fc.assert(
        fc.property(nativeItems, fc.array(fc.nat(), { maxLength: 3 }), (items, places) => {
          const lines = ITEM_WRITERS[format](items).value.split('\n');
          // Comments where a person may write them: before some line, indented as that is.
          for (const place of places) {
            const at = place % lines.length;
            const indent = /^ */.exec(lines[at] ?? '')?.[0] ?? '';
            lines.splice(at, 0, `${indent}${note}`);
          }
          const text = lines.join('\n');
          const { value } = formatted(path, text);
          assert.equal(formatted(path, value).value, value);
          assert.equal(value.split(note).length, text.split(note).length, 'comments');
        }),
        { numRuns: 60 },
      );
    });
  }

  it('changes nothing of what was just written', () => {
    const items = itemsOf({ 'a.yaml': 'assets:\n  - {id: A-1, title: a, tags: [x], revision: 3}\n' });
    for (const [format, path] of [
      ['traceward', 'a.yaml'],
      ['markdown', 'a.md'],
    ] as const) {
      const { value } = ITEM_WRITERS[format](items);
      assert.deepEqual(formatted(path, value), { value, problems: [] });
    }
  });
});
