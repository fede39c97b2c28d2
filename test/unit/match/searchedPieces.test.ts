import assert from 'node:assert/strict';

import fc from 'fast-check';

import { compileRule, type CompiledRule } from '../../../server/src/core/match/compileRule.ts';
import { indexCompiled } from '../../../server/src/core/match/ruleIndex.ts';
import { emptyPieceCache, type PieceCache } from '../../../server/src/core/match/runPieces.ts';
import { runRules } from '../../../server/src/core/match/runRules.ts';
import { freeTree, parseText } from '../../../server/src/core/syntax/syntaxTree.ts';
import { grammar, rulesOf, ruleWith } from '../../support/engine.ts';

const TAINT = [
  'mode: taint\npattern-sources: [{pattern: source(...)}]\npattern-sinks: [{pattern: sink($TO)}]\npattern-sanitizers: [{pattern: clean(...)}]',
  // What it rests on is bound around it, in another function.
  `mode: taint
pattern-sources:
  - patterns:
      - pattern: $USE($VALUE)
      - pattern-inside: |
          $R $USE(char *$NAME) { ... }
          ...
      - metavariable-regex: { metavariable: $NAME, regex: 'pass\\z' }
      - metavariable-regex: { metavariable: $VALUE, regex: '"' }
      - focus-metavariable: $VALUE
pattern-sinks: [{pattern: $USE($VALUE)}]`,
  `mode: taint
pattern-sources:
  - patterns:
      - tree-sitter: '(identifier) @SECRET @match'
      - metavariable-regex: { metavariable: $SECRET, regex: '\\w*key\\z' }
pattern-sinks:
  - patterns:
      - pattern: sink($TO)
      - pattern-not-inside: |
          int $F(void) { ... }`,
];
const PARTS = [
  'void a(void) {\n  int x = source(1);\n  sink(x);\n}\n',
  'void b(void) {\n  int x = source(1);\n  sink(clean(x));\n}\n',
  'int c(void) {\n  sink(own_key);\n}\n',
  'void d(void) {\n  sink(own_key);\n}\n',
  'void e(char *pass) {\n  other(pass);\n}\n',
  'void e(char *word) {\n  other(word);\n}\n',
  'void f(void) {\n  e("abc");\n}\n',
  'void g(void) {\n  other(1);\n}\n',
  '#define fetch source\n',
  'void h(void) {\n  sink(fetch(1));\n}\n',
  'int key = 1;\n',
];

/** With a rule that is run piece by piece, as files have some. */
const compiled: Promise<readonly CompiledRule[]> = Promise.all(
  [...TAINT, 'pattern: other(1)'].map(async (formula) => {
    const { rules } = await rulesOf(ruleWith(formula));
    const [rule] = rules;
    assert.ok(rule);
    const outcome = compileRule(rule, await grammar('c'));
    assert.ok(outcome.compiled);
    return outcome.compiled;
  }),
);

async function findings(source: string, cache: PieceCache): Promise<readonly unknown[]> {
  const syntax = parseText(await grammar('c'), source);
  try {
    return runRules('a.c', syntax, indexCompiled(await compiled), () => 'error', cache).findings;
  } finally {
    freeTree(syntax);
  }
}

describe('what taint rules match in an open file', () => {
  it('is what they match in the whole of it', async () => {
    const file = fc.array(fc.constantFrom(...PARTS), { maxLength: 7 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 2, maxLength: 5 }), async (versions) => {
        const cache = emptyPieceCache();
        for (const version of versions) {
          const fresh = await findings(version, emptyPieceCache(undefined, false));
          assert.deepEqual(await findings(version, cache), fresh);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is looked for again in the function that changed, and in no other that had nothing of it', async () => {
    const cache = emptyPieceCache();
    await findings('void f(void) { one(); }\nvoid g(void) { two(); }\n', cache);
    const [f, g] = cache.functions.map(({ nowhere }) => nowhere);
    assert.deepEqual([f?.size, g?.size], [3, 3]);
    await findings('void f(void) { one(source(1)); }\nvoid g(void) { two(); }\n', cache);
    const after = cache.functions.map(({ nowhere }) => nowhere);
    assert.deepEqual([after[0] === f, after[0]?.size, after[1] === g], [false, 3, true]);
  });
});
