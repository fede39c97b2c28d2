import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import { DEFAULT_CONFIG } from '../../../server/src/core/config/projectConfig.ts';
import { compileRule } from '../../../server/src/core/match/compileRule.ts';
import { indexCompiled } from '../../../server/src/core/match/ruleIndex.ts';
import { runRules } from '../../../server/src/core/match/runRules.ts';
import { loadRules, type RuleFile } from '../../../server/src/core/rules/loadRules.ts';
import type { RuleSet } from '../../../server/src/core/rules/ruleSet.ts';
import { freeTree, parseText } from '../../../server/src/core/syntax/syntaxTree.ts';
import { createWorkspace } from '../../../server/src/core/workspace.ts';
import { grammar, loadLanguages } from '../../support/engine.ts';
import { filesBelow, ROOT } from './imports.ts';
import { RULES } from './samples.ts';

/** Annotated tests of the built-in rules: code that each of them is about. */
const SAMPLES = filesBelow('rules/c', ['.c']).map((path) => readFileSync(ROOT + path, 'utf8'));

/** The built-in rules, and some of every kind of operator. */
async function someRules(): Promise<RuleSet> {
  const builtIn = filesBelow('rules', ['.yaml']).map((path): RuleFile => ({
    path,
    text: readFileSync(ROOT + path, 'utf8'),
  }));
  return loadRules([...builtIn, { path: 'more.yaml', text: RULES + MORE }], await loadLanguages());
}

/** What reaches over the borders of functions, or nearly does. */
const MORE = `  - {id: over-lines, languages: [c, cpp], severity: INFO, message: m, pattern-regex: "(?s)free.*?\\\\}"}
  - {id: classes, languages: [cpp], severity: INFO, message: m, patterns: [{pattern: f($X)}, {pattern-inside: "class $C { ... };"}]}
  - {id: functions, languages: [c, cpp], severity: INFO, message: $F, pattern: "$T $F(...) { ... }"}
  - {id: globals, languages: [c, cpp], severity: INFO, message: $X, pattern: $T $X = $V;}
  - {id: any-name, languages: [c], severity: INFO, message: $X, pattern: $X == NULL}
  - {id: typed, languages: [c, cpp], severity: INFO, message: $X, pattern: "use((char *$X))"}
  - {id: all-nodes, languages: [c], severity: INFO, message: $N, tree-sitter: "(translation_unit (_) @N) @match"}
`;

/** Lines of the samples and of the language, in any order. */
const FUNCTION = fc
  .array(
    fc.constantFrom(
      ...SAMPLES.flatMap((text) => text.split('\n')).filter((line) => /^\s+[^/\s].*;\s*$/.test(line)),
      ...[
        '  free(p);',
        '  use(p);',
        '  if (p == NULL) { return; }',
        '  char *p = q;',
        '  strcpy(a, p);',
        '  aes(1);',
        // What a function does to memory shows in those that call it.
        '  free(r);',
        '  r[n] = 0;',
        '  f0(r, 3);',
        '  f1(r, n);',
        '  if (n && LIMIT) { f2(r, sizeof(r)); }',
      ],
    ),
    { maxLength: 6 },
  )
  .map((lines) => lines.join('\n'));
const CODE = fc
  .array(
    fc.oneof(
      fc.tuple(fc.nat(3), FUNCTION).map(([name, body]) => `void f${name}(char *r, int n)\n{\n${body}\n}\n`),
      fc.constantFrom(
        'static char *p;\n',
        'int x = 1;\n',
        '#define N 3\n',
        '#define LIMIT 3\n',
        '// [SR-A-1]\n',
        '#include "a.h"\n',
        'class A { char *p; void m() { f(1); free(p); use(p); } };\n',
        'namespace n { void g() { f(2); strcpy(a, b); } int y = 2; }\n',
        '#if A\nvoid h(void) { f(3); }\n#endif\n',
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));

describe('invariant: searching function by function finds what searching the whole file finds', () => {
  for (const id of ['c', 'cpp']) {
    it(`in ${id}`, async () => {
      const target = await grammar(id);
      const rules = (await someRules()).rules
        .filter((rule) => rule.languages.includes(id))
        .flatMap((rule) => compileRule(rule, target).compiled ?? []);
      const whole = rules.map((rule) => ({ ...rule, piecewise: false }));
      assert.ok(rules.filter((rule) => rule.piecewise).length > 20);
      assert.ok(rules.some((rule) => !rule.piecewise));
      const check = (text: string): void => {
        const syntax = parseText(target, text);
        try {
          const [inPieces, atOnce] = [rules, whole].map((each) =>
            runRules('src/a.c', syntax, indexCompiled(each), ({ rule }) => rule.severity),
          );
          assert.deepEqual(inPieces, atOnce);
        } finally {
          freeTree(syntax);
        }
      };
      for (const text of SAMPLES) check(text);
      fc.assert(fc.property(CODE, check), { numRuns: 150 });
    });
  }
});

describe('invariant: what is kept from before an edit is as good as new', () => {
  it('while functions and what stands around them change', async () => {
    const options = {
      languages: await loadLanguages(),
      rules: await someRules(),
      config: DEFAULT_CONFIG,
    };
    const [typed, read] = [createWorkspace(options), createWorkspace(options)];
    let compared = 0;
    fc.assert(
      fc.property(fc.array(CODE, { minLength: 2, maxLength: 5 }), (texts) => {
        typed.applyChange({ kind: 'open', path: 'a.c', text: '' });
        for (const text of texts) {
          // Everything from the second line on is replaced, so that some functions stay as they were and some move.
          const [first = '', ...lines] = (typed.textOf('a.c') ?? '').split('\n');
          const start = lines.length === 0 ? { line: 0, column: 0 } : { line: 1, column: 0 };
          const end = { line: lines.length, column: (lines.at(-1) ?? first).length };
          typed.applyChange({ kind: 'edit', path: 'a.c', edits: [{ range: { start, end }, text }] });
          read.applyChange({ kind: 'open', path: 'a.c', text: typed.textOf('a.c') ?? '' });
          const [kept, fresh] = [typed, read].map((each) => each.snapshot().report('a.c')?.findings);
          // A tree with errors may differ from a fresh one until the file settles.
          const { unparsed } = read.snapshot().files.get('a.c') ?? {};
          if (unparsed?.bytes !== 0) continue;
          assert.deepEqual(kept, fresh);
          compared += kept?.length ?? 0;
        }
      }),
      { numRuns: 100 },
    );
    typed.dispose();
    read.dispose();
    assert.ok(compared > 100, 'there were findings to compare');
  });
});
