import assert from 'node:assert/strict';
import { describe, it } from 'mocha';

import { analyseFile } from '../../../server/src/core/facts/analyseFile.ts';
import { indexCompiled } from '../../../server/src/core/match/ruleIndex.ts';
import { freeFile, NO_PREPROCESSING, parseFile } from '../../../server/src/core/syntax/parsedFile.ts';
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
