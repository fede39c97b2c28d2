import assert from 'node:assert/strict';

import { csvOf } from '../../../server/src/core/base/csvText.ts';
import { excerptOf } from '../../../server/src/core/evidence/excerpt.ts';
import { markup } from '../../../server/src/core/evidence/html.ts';
import { matrixCsv, writeMatrixCsv } from '../../../server/src/core/evidence/matrixCsv.ts';
import { inline, proseOf } from '../../../server/src/core/evidence/prose.ts';
import { titleOfId, visibleText } from '../../../server/src/core/evidence/text.ts';
import { CONTEXT, snapshotOf } from './evidence.ts';

describe('CSV', () => {
  it('quotes what needs it', () =>
    assert.equal(csvOf([['a', 'b,c', 'say "x"', 'two\nlines']]), 'a,"b,c","say ""x""","two\nlines"\r\n'));

  it('takes the force from what a spreadsheet would run', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r']) {
      assert.match(csvOf([[`${start}1`]]), /^"?'/, JSON.stringify(start));
    }
    assert.equal(csvOf([['a=1', '1-2']]), 'a=1,1-2\r\n');
  });

  it('of the matrix has a row for each requirement, gaps first, with a safe title', async () => {
    const lines = matrixCsv((await snapshotOf()).trace).split('\r\n');
    assert.match(lines[0] ?? '', /^kind,id,revision,title,/);
    assert.deepEqual(
      lines.slice(1, -1).map((line) => line.split(',').slice(0, 2).join(' ')),
      ['tag SR-AUTH-999', 'requirement SR-AUTH-001', 'requirement SR-LOG-001'],
    );
    assert.match(lines.find((line) => line.includes('SR-LOG-001')) ?? '', /,'=cmd\|' \/C calc'!A0,/);
  });

  it('as a file starts with a byte order mark, so that spreadsheets see UTF-8', async () => {
    assert.equal(writeMatrixCsv(await snapshotOf(), CONTEXT).text.charCodeAt(0), 0xfeff);
  });
});

describe('markup', () => {
  it('escapes every value, and keeps pieces as they are', () => {
    const piece = markup`<b>${'<&>"\''}</b>`;
    assert.equal(
      markup`${piece}${['<', piece]}${undefined}${1}`.source.replaceAll(piece.source, 'P'),
      'P&lt;P1',
    );
    assert.equal(piece.source, '<b>&lt;&amp;&gt;&quot;&#39;</b>');
  });

  it('shows characters that would turn or hide text', () => {
    assert.equal(markup`${'a\u202eb\u0007'}`.source, 'a&lt;U+202E&gt;b&lt;U+0007&gt;');
    assert.equal(visibleText('a\tb\nc\u001b[31m'), 'a\tb\nc<U+001B>[31m');
  });
});

describe('prose', () => {
  it('knows paragraphs, lists, code and code blocks', () => {
    const text = 'One `a<b`\nmore.\n\n- x\n- y\n\n```c\nif (a) {\n  b();\n}\n```\n';
    assert.equal(
      proseOf(text).source.replaceAll(/>\s+</g, '><'),
      '<p>One <code>a&lt;b</code>\nmore.</p><ul><li>x</li><li>y</li></ul><pre><code>if (a) {\n  b();\n}</code></pre>',
    );
  });

  it('leaves a single backtick alone', () => assert.equal(inline('a ` b').source, 'a ` b'));
});

describe('an excerpt', () => {
  const range = (line: number, column: number, endLine: number, endColumn: number) => ({
    start: { line, column },
    end: { line: endLine, column: endColumn },
  });
  const shown = (text: string, at: ReturnType<typeof range>) =>
    (excerptOf(text.split('\n'), at)?.source ?? '')
      .replaceAll(/<\/?(pre|code)>/g, '')
      .replaceAll(/<span[^>]*>|<\/span>/g, '');

  it('shows the line before and after', () =>
    assert.equal(shown('a\nb\nc(d);\ne\nf', range(2, 0, 2, 4)), '2  b\n3  <mark>c(d)</mark>;\n4  e\n'));

  it('marks a range of several lines without their indentation', () =>
    assert.equal(shown('x(a,\n  b);', range(0, 0, 1, 4)), '1  <mark>x(a,</mark>\n2    <mark>b)</mark>;\n'));

  it('is left out when there is no text or no such line', () => {
    assert.equal(excerptOf(undefined, range(0, 0, 0, 1)), undefined);
    assert.equal(excerptOf(['a'], range(7, 0, 7, 1)), undefined);
  });

  it('cuts very long lines, so that the range is seen', () => {
    const text = shown(`${'x'.repeat(5000)}here${'y'.repeat(5000)}`, range(0, 5000, 0, 5004));
    assert.ok(text.includes('xx<mark>here</mark>yy') && text.length < 500, text);
  });
});

describe('the title of a rule', () => {
  it('is its id in words', () =>
    assert.equal(titleOfId('c.lang.unbounded-string_copy'), 'Unbounded string copy'));
});
