import assert from 'node:assert/strict';

import { appendItem, nextRequirementId, type NewItem } from '../../server/src/lsp/actions/newItemText.ts';
import { linkListContext } from '../../server/src/lsp/linkList.ts';
import { escapeMarkdown, markdownLink, plainText } from '../../server/src/lsp/markdown.ts';
import { canonicalUri, loosePath, pathBelow, uriBelow } from '../../server/src/lsp/uris.ts';
import { readItemFile } from '../../server/src/core/trace/itemFile.ts';
import { createTraceIndex } from '../../server/src/core/trace/tracer.ts';

describe('a requirement that is added to an item file', () => {
  const NEW: NewItem = {
    kind: 'requirement',
    id: 'SR-LOG-002',
    fields: [
      ['title', { text: 'TODO: "quoted"' }],
      ['text', { text: 'TODO: say what the device shall do.' }],
      ['category', { word: 'logging' }],
    ],
  };
  const added = (text: string): string | undefined => {
    const { value } = readItemFile('security/a.yaml', text);
    const last = Math.max(
      ...value.filter(({ kind }) => kind === 'requirement').map(({ location }) => location.range.start.line),
    );
    const insertion = appendItem('security/a.yaml', text, last, NEW);
    if (insertion === undefined) return undefined;
    const lines = text.split('\n');
    const line = lines[insertion.at.line] ?? '';
    lines[insertion.at.line] =
      line.slice(0, insertion.at.column) + insertion.newText + line.slice(insertion.at.column);
    return lines.join('\n');
  };
  const ENTRY = (indent: string): string =>
    `${indent}- id: SR-LOG-002\n${indent}  title: "TODO: \\"quoted\\""\n${indent}  text: "TODO: say what the device shall do."\n${indent}  category: logging\n`;

  it('comes after the last one, before the next list', () => {
    const before = `requirements:\n  - id: SR-LOG-001\n    title: Log\n    text: |\n      Two\n\n      lines\n    category: logging\n`;
    const after = `\n# Tests\ntests:\n  - {id: TC-1, title: t, verifies: [SR-LOG-001]}\n`;
    assert.equal(added(before + after), before + ENTRY('  ') + after);
  });

  it('is indented as the others, also where the id is not the first key', () => {
    const before = `requirements:\n- title: Log\n  id: SR-LOG-001\n  text: Log it.\n  category: logging\n`;
    assert.equal(added(before), before + ENTRY(''));
  });

  it('is written to a file without a last line break, and to one with Windows ones', () => {
    const before = `requirements:\n  - id: SR-LOG-001\n    title: Log\n    text: Log it.\n    category: logging`;
    assert.equal(added(before), `${before}\n${ENTRY('  ')}`);
    assert.equal(
      added(`${before}\n`.replaceAll('\n', '\r\n')),
      `${before}\n${ENTRY('  ')}`.replaceAll('\n', '\r\n'),
    );
  });

  it('is not put where the file is written in another form', () => {
    assert.equal(
      added('requirements: [{id: SR-LOG-001, title: Log, text: Log it., category: logging}]\n'),
      undefined,
    );
  });

  it('gets the next number of its category', () => {
    const items = (text: string) => createTraceIndex(readItemFile('a.yaml', text).value).trace([]);
    const requirement = (id: string, category: string) =>
      `  - {id: ${id}, title: t, text: t, category: ${category}}\n`;
    const trace = items(
      `requirements:\n${requirement('SR-LOGGING-09', 'logging')}${requirement('SR-X-0003', 'update')}`,
    );
    assert.equal(nextRequirementId(trace, 'logging', 'SR'), 'SR-LOGGING-10');
    assert.equal(nextRequirementId(trace, 'update', 'SR'), 'SR-X-0004');
    assert.equal(nextRequirementId(trace, 'cryptography', 'REQ'), 'REQ-CRYPTO-001');
  });
});

describe('a cursor in an item file', () => {
  /** The cursor is `|`. */
  const at = (text: string) => {
    const lines = text.split('\n');
    const line = lines.findIndex((each) => each.includes('|'));
    return linkListContext(
      (index) => (index === line ? (lines[index] ?? '').replace(/\|.*/, '') : (lines[index] ?? '')),
      line,
    );
  };

  it('stands in a list that can hold some kinds of items', () => {
    assert.deepEqual(at('controls:\n  - id: C-1\n    mitigates: [T-001, T-|]'), {
      kinds: ['threat', 'vulnerability', 'risk'],
      typed: 'T-',
      start: 23,
    });
    assert.deepEqual(at('tests:\n  - id: TC-1\n    verifies:\n      - SR-1\n      - |'), {
      kinds: ['requirement', 'design'],
      typed: '',
      start: 8,
    });
    assert.deepEqual(at('risks:\n  - threats: [|\n    id: R-1')?.kinds, ['threat', 'vulnerability']);
    assert.deepEqual(at('requirements:\n  - id: A\n    derives: [\n      C-1,\n      C|\n    ]')?.kinds, [
      'control',
      'requirement',
    ]);
  });

  it('stands elsewhere', () => {
    for (const text of [
      'controls:\n  - id: C-|',
      'controls:\n  - title: [T-|',
      'controls:\n  - |',
      'other:\n  - mitigates: [T-|',
      'controls:\n  - mitigates: [T-1] |',
      'threats: [|',
      '|',
    ]) {
      assert.equal(at(text), undefined, text);
    }
  });
});

describe('text in Markdown', () => {
  it('is plain but for code between backticks', () => {
    assert.equal(escapeMarkdown('a *b* `c*d` [e](f) ` g'), 'a \\*b\\* `c*d` \\[e\\](f) \\` g');
    assert.equal(escapeMarkdown('one\n\n# two'), 'one \\# two');
    assert.equal(markdownLink('a]b', 'file:///x (1).c#L2'), '[a\\]b](file:///x%20%281%29.c#L2)');
  });

  it('comes back as it was where Markdown is not shown', () => {
    assert.equal(
      plainText(`**${escapeMarkdown('a_b [c]')}** ${markdownLink('SR-1', 'file:///x')}`),
      'a_b [c] SR-1',
    );
    assert.equal(plainText(markdownLink('CWE-1', 'https://x.example/1')), 'CWE-1 (https://x.example/1)');
  });
});

describe('URIs', () => {
  it('of one file are one, however they are spelt', () => {
    assert.equal(canonicalUri('file:///C%3A/a%20b.c'), canonicalUri('FILE:///c:/a b.c'));
    assert.notEqual(canonicalUri('file:///a/b.c'), canonicalUri('file:///a/B.c'));
    assert.equal(canonicalUri('untitled:50%'), canonicalUri('untitled:50%25'));
  });

  it('become paths below a folder and back', () => {
    assert.equal(pathBelow('file:///ws/', 'file:///ws/src/%C3%A4%231.c'), 'src/ä#1.c');
    assert.equal(uriBelow('file:///ws', 'src/ä#1.c'), 'file:///ws/src/%C3%A4%231.c');
    assert.equal(pathBelow('file:///ws', 'file:///ws2/a.c'), undefined);
    assert.equal(pathBelow('file:///ws', 'vscode-vfs:///ws/a.c'), undefined);
    assert.equal(pathBelow('vscode-vfs://github/o/r', 'vscode-vfs://github/o/r/a.c'), 'a.c');
    assert.notEqual(loosePath('file:///a/b.c'), loosePath('git:///a/b.c'));
  });
});
