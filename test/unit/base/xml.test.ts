import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';

import {
  childNamed,
  childrenNamed,
  plainText,
  readXml,
  type XmlElement,
} from '../../../server/src/core/base/xml.ts';

/** `a(b[x=1] c)`: names, attributes and text of a tree. */
function shown(element: XmlElement | undefined): string {
  if (element === undefined) return '-';
  const attributes = [...element.attributes].map(([name, value]) => `${name}=${value}`).join(' ');
  const inner = [element.text.trim(), ...element.children.map(shown)].filter((each) => each !== '').join(' ');
  return `${element.name}${attributes === '' ? '' : `[${attributes}]`}${inner === '' ? '' : `(${inner})`}`;
}

const read = (text: string) => {
  const { value, problems } = readXml('a.xml', text);
  return [
    shown(value),
    ...problems.map(({ message, range }) => `${(range?.start.line ?? -1) + 1} ${message}`),
  ];
};

describe('XML', () => {
  const cases: readonly (readonly [name: string, text: string, ...expected: string[]])[] = [
    ['elements, attributes and text', '<a x="1"><b>t &lt; u</b><b/></a>', 'a[x=1](b(t < u) b)'],
    ['local names', '<n:a xmlns:n="urn:n"><n:b n:x="1"/></n:a>', 'a[n=urn:n](b[x=1])'],
    ['character data', '<a><![CDATA[<b>&c;]]></a>', 'a(<b>&c;)'],
    ['a declaration and comments', '<?xml version="1.0"?>\n<!-- c -->\n<a/>', 'a'],
    [
      'what stands before a mistake',
      '<a>\n<b/>\n<c></d></a>',
      'a(b c)',
      '3 This is not well-formed XML: unexpected close tag.',
    ],
    [
      'nothing of a document type',
      '<!DOCTYPE a [<!ENTITY x "xxx">]>\n<a>&x;</a>',
      '-',
      '1 A document type is not read: remove the line `<!DOCTYPE ...>`.',
    ],
    ['no entity of the file', '<a>&x;</a>', 'a', '1 This is not well-formed XML: undefined entity.'],
    ['nothing', ' \n', '-', '1 This XML file is empty.'],
  ];
  for (const [name, text, ...expected] of cases) {
    it(`is read with ${name}`, () => assert.deepEqual(read(text), expected));
  }

  it('is not read deeper than a limit', () => {
    const [, problem] = read(`${'<a>'.repeat(300)}${'</a>'.repeat(300)}`);
    assert.equal(problem, '1 Elements are nested more than 200 deep.');
  });

  it('passes over what is not wanted', () => {
    const { value } = readXml('a.xml', '<a><k><b/>x</k><b/></a>', { skip: new Set(['k']) });
    assert.equal(shown(value), 'a(b)');
  });

  it('has the place of each element', () => {
    const { value } = readXml('a.xml', '<a>\n  <b\n x="1"/></a>');
    assert.deepEqual(value?.children[0]?.range, {
      start: { line: 1, column: 2 },
      end: { line: 2, column: 8 },
    });
  });

  it('gives children and flat text', () => {
    const { value } = readXml('a.xml', '<a><p>One <b>two</b></p><p>three</p></a>');
    assert.ok(value);
    assert.equal(childrenNamed(value, 'p').length, 2);
    assert.equal(childNamed(value, 'q'), undefined);
    assert.equal(plainText(value), 'One two\nthree');
  });

  for (const [xhtml, expected] of [
    ['<d>one <b>two</b> three</d>', 'one two three'],
    ['<d>a<i>b</i>c</d>', 'abc'],
    ['<d>a<br/>b<p>c\n  d</p>e</d>', 'a\nb\nc d\ne'],
    ['<d><ul><li>x</li><li>y</li></ul></d>', 'x\ny'],
    ['<d><table><tr><td>1</td><td>2</td></tr></table></d>', '1 2'],
    ['<d> <p/> </d>', ''],
  ] as const) {
    it(`gives the text of ${JSON.stringify(xhtml)}`, () => {
      const { value } = readXml('a.xml', xhtml);
      assert.ok(value);
      assert.equal(plainText(value), expected);
    });
  }

  it('never throws', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b x="',
      '"',
      '>',
      '&',
      ';',
      '<!',
      '<?',
      ']]>',
      '<![CDATA[',
      'x',
      '\n',
      '-->',
      '<!--',
    );
    fc.assert(fc.property(fc.array(piece), (pieces) => void readXml('a.xml', pieces.join(''))));
  });
});
