import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';

import { analyseFile } from '../../../server/src/core/facts/analyseFile.ts';
import { fingerprintsOf } from '../../../server/src/core/facts/fingerprints.ts';
import { unitsOf } from '../../../server/src/core/facts/units.ts';
import { indexCompiled } from '../../../server/src/core/match/ruleIndex.ts';
import { freeFile, NO_PREPROCESSING, parseFile } from '../../../server/src/core/syntax/parsedFile.ts';
import { editTree, freeTree, parseText } from '../../../server/src/core/syntax/syntaxTree.ts';
import { grammar } from '../../support/engine.ts';

/** Fingerprints of a text's units by name. */
async function prints(text: string, language = 'c'): Promise<Readonly<Record<string, string>>> {
  const file = parseFile(await grammar(language), text, NO_PREPROCESSING);
  try {
    const { units, fingerprints } = analyseFile('a.c', file, {
      rules: indexCompiled([]),
      severityOf: ({ rule }) => rule.severity,
      prefixes: ['SR'],
      tags: ['traceward'],
      tagsOnly: false,
      withHash: false,
      comparable: true,
      otherFiles: undefined,
    });
    return Object.fromEntries(units.map(({ name }, index) => [name, fingerprints[index] ?? '']));
  } finally {
    freeFile(file);
  }
}

const LOCK = 'int lock(int n)\n{\n  if (n > 3) return wait(60, "a  b");\n  return 0;\n}\n';

describe('fingerprints of code', () => {
  const same: readonly (readonly [string, string])[] = [
    ['blanks and lines', LOCK.replace(/\n */g, ' ').replace('n > 3', 'n>3')],
    [
      'comments',
      LOCK.replace('{', '{ /* [SR-A-1] locks */').replace('return 0;', '// done\n  return 0; // ok'),
    ],
    ['what stands around', `int before;\n${LOCK}int after(void) { return 1; }\n`],
    ['line ends', LOCK.replaceAll('\n', '\r\n')],
  ];
  for (const [name, text] of same) {
    it(`do not depend on ${name}`, async () => {
      assert.equal((await prints(text))['lock'], (await prints(LOCK))['lock']);
    });
  }

  const different: readonly (readonly [string, string])[] = [
    ['a number', LOCK.replace('60', '61')],
    ['an operator', LOCK.replace('>', '>=')],
    ['blanks within a string', LOCK.replace('a  b', 'a b')],
    ['the order', LOCK.replace('wait(60, "a  b")', 'wait("a  b", 60)')],
    ['the name', LOCK.replace('lock', 'look')],
    [
      'braces that move a statement',
      LOCK.replace('return wait', '{ return wait').replace('return 0;', 'return 0; }'),
    ],
  ];
  for (const [name, text] of different) {
    it(`change with ${name}`, async () => {
      const [, print] = Object.values(await prints(text));
      assert.notEqual(print, (await prints(LOCK))['lock']);
    });
  }

  it('change with the indentation where it has a meaning', async () => {
    const text = 'def f(a):\n  if a:\n    b()\n  c()\n';
    const one = (await prints(text, 'python'))['f'];
    assert.equal((await prints(text.replace('b()', 'b()  # now'), 'python'))['f'], one);
    assert.equal((await prints(text.replaceAll('  ', '    '), 'python'))['f'], one);
    assert.notEqual((await prints(text.replace('  c()', '    c()'), 'python'))['f'], one);
  });

  it('change with every arm of a conditional', async () => {
    const text = 'int f(int a)\n{\n#ifdef X\n  a += 1;\n#else\n  a += 2;\n#endif\n  return a;\n}\n';
    const one = (await prints(text))['f'];
    assert.notEqual((await prints(text.replace('+= 1', '+= 3')))['f'], one);
    assert.notEqual((await prints(text.replace('+= 2', '+= 3')))['f'], one);
  });

  it('of a file change with each of its functions', async () => {
    const file = (text: string) => prints(text).then((all) => all['a.c']);
    assert.notEqual(await file(LOCK.replace('60', '61')), await file(LOCK));
    assert.equal(await file(`// note\n${LOCK}`), await file(LOCK));
  });
});

describe('fingerprints after an edit', () => {
  const PARTS = [
    `int f(int n)\n{\n${'  g(n, "a  b"); /* a comment */\n'.repeat(8)}}\n`,
    `struct s { int a; };\n`,
    `void h(void)\n{\n  struct local { int b; } x;\n${'  g(2);\n'.repeat(20)}}\n`,
    '#ifdef A\n',
    '#endif\n',
    '/* [SR-A-1] */\n',
    'int x;\n',
    '@ $ ',
    '"',
  ];

  it('are those of a fresh reading', async () => {
    const c = await grammar('c');
    const edit = fc.record({
      at: fc.nat(16),
      remove: fc.nat(2),
      add: fc.array(fc.constantFrom(...PARTS), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 2, maxLength: 5 }), (edits) => {
        const parts = [...PARTS.slice(0, 7), ...PARTS.slice(0, 7)];
        let tree = parseText(c, parts.join(''));
        const nodesOf = (): readonly number[] => unitsOf('a.c', c, tree.table, tree.text, tree.lines).nodes;
        let last = fingerprintsOf(c, tree.table, tree.text, nodesOf()).later;
        try {
          for (const { at, remove, add } of edits) {
            parts.splice(at, remove, ...add);
            tree = editTree(tree, parts.join(''));
            const { table, text, earlier } = tree;
            assert.ok(earlier?.table === last.table);
            const fresh = fingerprintsOf(c, table, text, nodesOf());
            const next = fingerprintsOf(c, table, text, nodesOf(), {
              ...last,
              unchanged: earlier.unchanged,
            });
            assert.deepEqual(next.prints, fresh.prints);
            assert.deepEqual([...next.later.byNode].sort(), [...fresh.later.byNode].sort());
            last = next.later;
          }
        } finally {
          freeTree(tree);
        }
      }),
      { numRuns: 60 },
    );
  });
});
