import assert from 'node:assert/strict';

import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';

import { markdownBlocks, markdownLines } from '../../../server/src/core/base/markdownBlocks.ts';

/** `heading 2 "a"@0`, `list 2@7` for each block, with its offset. */
function blocksOf(text: string): string[] {
  return markdownBlocks(markdownLines(text)).map((block) => {
    const at = `@${block.lines[0]?.offset ?? 0}`;
    if (block.is === 'heading') return `heading ${block.depth} ${JSON.stringify(block.title.text)}${at}`;
    return block.is === 'list' ? `list ${block.entries.length}${at}` : `${block.is}${at}`;
  });
}

/** The same by the reference: without blocks that are only told apart within a line. */
function referenceOf(text: string): string[] {
  return fromMarkdown(text).children.map((node) => {
    // An indented block begins at its first sign here, at its line there.
    const start = node.position?.start.offset ?? 0;
    const at = `@${text.lastIndexOf('\n', start - 1) + 1}`;
    switch (node.type) {
      case 'heading':
        return `heading ${node.depth}${at}`;
      case 'list':
        return `list ${node.children.length}${at}`;
      case 'blockquote':
        return `quote${at}`;
      case 'thematicBreak':
        return `break${at}`;
      default:
        return `${node.type}${at}`;
    }
  });
}

describe('blocks of Markdown', () => {
  const CASES: readonly (readonly [text: string, blocks: readonly string[]])[] = [
    ['# a #\n\ntext\nmore\n## b', ['heading 1 "a"@0', 'paragraph@7', 'heading 2 "b"@17']],
    ['a\n===\nb\n---\n', ['heading 1 "a"@0', 'heading 2 "b"@6']],
    ['```\n# no\n```\n# yes', ['code@0', 'heading 1 "yes"@13']],
    ['~~~ c\n```\n# no\n', ['code@0']],
    ['    # no\n\n# yes', ['code@0', 'heading 1 "yes"@10']],
    ['<!--\n# no\n\n# no\n-->\n# yes', ['html@0', 'heading 1 "yes"@20']],
    ['<div>\n# no\n\n# yes', ['html@0', 'heading 1 "yes"@12']],
    ['> # no\n# yes', ['quote@0', 'heading 1 "yes"@7']],
    ['- a\n  # no\n\n  # no\n# yes', ['list 1@0', 'heading 1 "yes"@19']],
    ['- a\n- b\n* c\n1. d', ['list 2@0', 'list 1@8', 'list 1@12']],
    ['- a\nlazy\n\nnew', ['list 1@0', 'paragraph@10']],
    ['- ```\n  x\ny', ['list 1@0', 'paragraph@10']],
    ['#no\n\\# no\n####### no', ['paragraph@0']],
    ['\uFEFF# a\r\n\r\n- b\r\n', ['heading 1 "a"@1', 'list 1@8']],
    ['---\na: b\n---\n', ['break@0', 'heading 2 "a: b"@4']],
  ];
  for (const [text, blocks] of CASES) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(blocksOf(text), blocks);
    });
  }

  it('are those of the reference parser', () => {
    // Without indented code: a list behind it is none to the reference, though the specification says otherwise.
    const line = fc
      .tuple(
        fc.constantFrom('', '', '', ' ', '  ', '   '),
        fc.constantFrom('', '', '', '- ', '-', '* ', '1. ', '2) ', '> ', '>', '-\t', '- - '),
        fc.constantFrom(
          '',
          '',
          'a',
          'b c',
          '# h',
          '## h ##',
          '#',
          '===',
          '---',
          '***',
          '```',
          '~~~~',
          '<div>',
          '<!-- x -->',
        ),
      )
      .filter(([, sign, content]) => sign === '' || /^[ab#]/.test(content))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 7 }), (lines) => {
        const text = lines.join('\n');
        const blocks = blocksOf(text).map((each) => each.replace(/ ".*"@/, '@'));
        assert.deepEqual(blocks, referenceOf(text), JSON.stringify(text));
      }),
      { numRuns: 300 },
    );
  });
});
