import assert from 'node:assert/strict';

import fc from 'fast-check';

import { parseText, editTree, freeTree } from '../../../server/src/core/syntax/syntaxTree.ts';
import { withAttributeNames } from '../../../server/src/core/syntax/attributeNames.ts';
import { shown } from '../../support/ast.ts';
import { grammar } from '../../support/engine.ts';

const WORDS = ['class', 'for', 'in', 'new', 'default', 'if'];

/** A text, and what the grammar is given for it; the same where nothing is to be done. */
const CASES: readonly (readonly [text: string, given?: string])[] = [
  ['x = <label for="a">b</label>;', 'x = <label For="a">b</label>;'],
  ['x = <a class=\'b\' in={c} new if="d"/>;', 'x = <a Class=\'b\' In={c} New If="d"/>;'],
  ['return <a b default>c</a>', 'return <a b Default>c</a>'],
  [
    'x = <p>for class = {<b for={1}/>} Don\'t <i for="a"/> {y}</p>',
    'x = <p>for class = {<b For={1}/>} Don\'t <i For="a"/> {y}</p>',
  ],
  [
    'x = <A.B {...c} for={() => <i class="d" />}></A.B>',
    'x = <A.B {...c} For={() => <i Class="d" />}></A.B>',
  ],
  [
    'x = <><i for="a"/></>; if (a) { y = <i for="b"/> }',
    'x = <><i For="a"/></>; if (a) { y = <i For="b"/> }',
  ],
  ['f(`a ${<i for="b"/>} <i for="c"/>`)', 'f(`a ${<i For="b"/>} <i for="c"/>`)'],
  ['x = c && <i\n  // for\n  for="a"\n/>', 'x = c && <i\n  // for\n  For="a"\n/>'],
  ['x = <i class:a="b" a:in="c"/>', 'x = <i Class:a="b" a:In="c"/>'],
  ['if (a <b ) { for (x in y) {} } c <c in d > e'],
  ['x = a <b in c> d; y = f() <b in c> d; z = a[0] <b in c> d'],
  ['for (let i = 0; i <n ; i++) { if (i++ <m ) new A() }'],
  ['x = "<i for=1>"; y = \'<i for="a">\'; // <i for="a">\n/* <i for="a"> */ z = /<i for="a">/'],
  ['x = a / <i for="b"/>', 'x = a / <i For="b"/>'],
  [
    'x = <i for-a="b" data-in="c" htmlFor="d" class="e"/>',
    'x = <i for-a="b" data-in="c" htmlFor="d" Class="e"/>',
  ],
  ['x = <i for="a" ) + 1'],
  ['x = <i for="a"'],
];

describe('attributes of JSX that are named by keywords', () => {
  for (const [text, given = text] of CASES) {
    it(text.replaceAll('\n', ' '), () => {
      assert.equal(withAttributeNames(text, WORDS), given);
    });
  }

  it('are read under the names that the code gives them', async () => {
    const code = 'x = <label for="a" class="b">c</label>;\ny = <input default/>;\n';
    const lines = await shown('javascript', code);
    assert.match(lines.join('\n'), /name=for .*name=class /);
    assert.match(lines.join('\n'), /default/);
    assert.doesNotMatch(lines.join('\n'), /ERROR|For|Class/);
  });

  it('are read the same after an edit', async () => {
    const javascript = await grammar('javascript');
    for (const [before, after] of [
      ['x = <a for="b"/>;\nf();\n', 'x = <a new="b"/>;\nf();\n'],
      ['x = <a fo="b"/>;\nf();\n', 'x = <a for="b"/>;\nf();\n'],
      ['x = a <a for="b"/>;\n', 'x = <a for="b"/>;\n'],
    ] as const) {
      const edited = editTree(parseText(javascript, before), after);
      const fresh = parseText(javascript, after);
      assert.equal(edited.parsed, fresh.parsed);
      assert.equal(edited.tree?.rootNode.toString(), fresh.tree?.rootNode.toString());
      freeTree(edited);
      freeTree(fresh);
    }
  });

  it('change nothing else, whatever the text is', () => {
    const piece = fc.constantFrom(
      ...[
        '<a ',
        '</a>',
        '<',
        '>',
        '/>',
        '/',
        '{',
        '}',
        '"',
        "'",
        '`',
        '${',
        '=',
        '\n',
        ' ',
        'x',
        'for',
        'class',
        'in',
        '(',
        ')',
        '//',
        '/*',
        '\\',
        '...',
        ':',
        '.',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const given = withAttributeNames(text, WORDS);
        assert.equal(given.length, text.length);
        assert.equal(given.toLowerCase(), text);
        assert.equal(withAttributeNames(given, WORDS), given);
      }),
    );
  });
});
