import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { Span } from '../../../server/src/core/base/range.ts';
import { compileRule, type CompiledRule } from '../../../server/src/core/match/compileRule.ts';
import { emptyPieceCache, type PieceCache } from '../../../server/src/core/match/runPieces.ts';
import { runRules } from '../../../server/src/core/match/runRules.ts';
import { indexCompiled } from '../../../server/src/core/match/ruleIndex.ts';
import { freeTree, parseText } from '../../../server/src/core/syntax/syntaxTree.ts';
import { grammar, rulesOf, ruleWith } from '../../support/engine.ts';

async function compiled(formula: string, language = 'c'): Promise<CompiledRule> {
  const { rules } = await rulesOf(ruleWith(formula, language));
  const [rule] = rules;
  assert.ok(rule);
  const outcome = compileRule(rule, await grammar(language));
  assert.ok(outcome.compiled);
  return outcome.compiled;
}

/** Findings as `line:column message`, of a whole run or through a cache. */
async function findings(
  rules: CompiledRule[],
  source: string,
  cache?: PieceCache,
  language = 'c',
  part?: readonly Span[],
): Promise<string[]> {
  const syntax = parseText(await grammar(language), source);
  try {
    return runRules('a.c', syntax, indexCompiled(rules), () => 'error', cache, part).findings.map(
      ({ range, ruleId }) => `${range.start.line}:${range.start.column} ${ruleId}`,
    );
  } finally {
    freeTree(syntax);
  }
}

const FORMULAS = [
  'pattern: strcpy($D, $S)',
  'pattern: memset(($T *$P), $V, sizeof($P))',
  'patterns:\n  - pattern: use($P)\n  - pattern-inside: |\n      free($P);\n      ...',
  'patterns:\n  - pattern: strcpy($D, $S)\n  - pattern-not-inside:\n      tree-sitter: (preproc_ifdef) @match',
  'patterns:\n  - pattern: strcpy($D, $S)\n  - pattern-inside: |\n      $T $F(...) { ... }',
  'patterns:\n  - pattern: strcpy($D, $S)\n  - pattern-not-inside: |\n      $T e(...) { ... }',
  'patterns:\n  - pattern: strcpy($D, $S)\n  - pattern-inside:\n      pattern-regex: ..strcpy.*',
  'patterns:\n  - pattern: strcpy($D, $S)\n  - pattern-not-inside:\n      pattern-regex: char.*',
  'patterns:\n  - pattern: strcpy($D, $S)\n  - pattern-inside:\n      tree-sitter: (function_definition) @match',
];

const PARTS = [
  'void a(char *p) {\n  strcpy(p, q);\n}\n',
  'void b(void) {\n  free(g);\n  use(g);\n  memset(g, 0, sizeof(g));\n}\n',
  'char *g;\n',
  'char g[4];\n',
  '#ifdef TEST\nvoid c(void) {\n  strcpy(x, y);\n}\n#endif\n',
  'void c(void) {\n  strcpy(x, y);\n}\n',
  '/* strcpy(a, b) */\n',
  'struct s { char *g; };\n',
  '#define copy strcpy\n',
  'void d(void) {\n#define copy strcpy\n  copy(x, y);\n}\n',
  'void e(void) {\n  strcpy(x, y);\n  copy(x, y);\n}\n',
  'void e(void) {\n#define copy memcpy\n}\n',
  'char k; void f(void) { strcpy(x, y); }\n',
];

const SWIFT = (last: string): string =>
  `func f(q: Motor) { exec(input()); h(kk); q.run(1); let z = 1; ${last} }\n`;

describe('matching function by function', () => {
  it('finds the same as in the whole file', async () => {
    const rules = await Promise.all(FORMULAS.map((formula) => compiled(formula)));
    const whole = rules.map((rule) => ({ ...rule, piecewise: false }));
    const file = fc.array(fc.constantFrom(...PARTS), { maxLength: 6 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(file, async (text) => {
        assert.deepEqual(await findings(rules, text), await findings(whole, text));
      }),
      { numRuns: 200 },
    );
  });

  it('finds the same with what an earlier text left in the cache', async () => {
    const rules = await Promise.all(FORMULAS.map((formula) => compiled(formula)));
    assert.ok(rules.every((rule) => rule.piecewise));
    const file = fc.array(fc.constantFrom(...PARTS), { maxLength: 6 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 2, maxLength: 5 }), async (versions) => {
        const cache = emptyPieceCache();
        for (const version of versions) {
          assert.deepEqual(await findings(rules, version, cache), await findings(rules, version));
        }
      }),
      { numRuns: 200 },
    );
  });

  const RUN = 'patterns:\n  - pattern: $X.run(...)\n  - metavariable-type: {metavariable: $X, type: Motor}';
  const NESTED: readonly [says: string, language: string, formula: string, before: string, after: string][] =
    [
      [
        'where a class ends',
        'python',
        RUN,
        'class A:\n    x = 1\n    shared = Motor()\n\ndef f():\n    shared.run(1)\n',
        'class A:\n    x = 1\nshared = Motor()\n\ndef f():\n    shared.run(1)\n',
      ],
      [
        'whether a value is given',
        'typescript',
        RUN,
        'let hh = new Motor();\nfunction f() { hh.run(1); }\n',
        'let hh; new Motor();\nfunction f() { hh.run(1); }\n',
      ],
      [
        'whether a value is a text or a name',
        'typescript',
        'pattern: h("md5")',
        'const kk = "md5";\nfunction f() { h(kk); }\n',
        'const kk = md5;\nfunction f() { h(kk); }\n',
      ],
      [
        'whether a function writes a variable of the file',
        'python',
        RUN,
        'class B:\n    shared = 1\n\ndef g():\n    shared.run(1)\n\ndef f():\n    global shared\n    shared = Motor()\n',
        'class B:\n    shared = 1\n\ndef g():\n    shared.run(1)\n\ndef f():\n    shared = Motor()\n',
      ],
      [
        'how a function is read behind an error in another one',
        'swift',
        'tree-sitter: (call_expression (navigation_expression)) @match',
        `${SWIFT('pad("some text to make it long, and a little more")')}${SWIFT('pad("some text to make it long, and a little more")')}`,
        `${SWIFT('pad(""some text to make it long, and a little more")')}${SWIFT('pad("some text to make it long, and a little more")')}`,
      ],
      [
        'which function writes a variable of the file',
        'python',
        RUN,
        'def f():\n    global shared\n    shared = Motor()\n    end()\n\ndef g():\n    end()\n\nshared.run(1)\n',
        'def f():\n    global shared\n    end()\n\ndef g():\n    shared = Motor()\n    end()\n\nshared.run(1)\n',
      ],
    ];
  for (const [says, language, formula, before, after] of NESTED) {
    it(`sees ${says}`, async () => {
      const rules = [await compiled(formula, language)];
      const fresh = [
        await findings(rules, before, undefined, language),
        await findings(rules, after, undefined, language),
      ];
      assert.notDeepEqual(fresh[0], fresh[1]);
      const cache = emptyPieceCache();
      for (const [at, text] of [before, after, before, after].entries())
        assert.deepEqual(await findings(rules, text, cache, language), fresh[at % 2]);
    });
  }

  it('finds in a part what the whole run finds there, and looks at no function beside it', async () => {
    const rules = await Promise.all(FORMULAS.map((formula) => compiled(formula)));
    const cache = emptyPieceCache();
    const file = fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(file, fc.nat(), async (parts, choice) => {
        const source = parts.join('');
        const chosen = choice % parts.length;
        const before = parts.slice(0, chosen).join('');
        const part = { start: before.length, end: before.length + (parts[chosen]?.length ?? 0) };
        const first = before.split('\n').length - 1;
        const last = first + (parts[chosen]?.split('\n').length ?? 0) - 1;
        const lineOf = (finding: string): number => Number.parseInt(finding, 10);
        const isInside = (finding: string): boolean => lineOf(finding) >= first && lineOf(finding) < last;
        const found = await findings(rules, source, cache, 'c', [part]);
        assert.deepEqual(found.filter(isInside), (await findings(rules, source)).filter(isInside));
        if ((parts[chosen] ?? '').startsWith('void')) assert.deepEqual(found.filter(isInside), found);
      }),
      { numRuns: 200 },
    );
  });

  for (const [what, language, before, after] of [
    ['gives a variable of the file', 'c', 'void g(void) { size = 4; }', 'void g(void) { size = 5; }'],
    ['changes it', 'c', 'void g(void) { size = 4; }', 'void g(void) { size = 4; size++; }'],
    ['lends it', 'c', 'void g(void) { size = 4; }', 'void g(void) { size = 4; h(&size); }'],
    [
      'gives a global name',
      'python',
      'def g():\n  global size\n  size = 4\n',
      'def g():\n  global size\n  size = 5\n',
    ],
  ] as const) {
    it(`looks again at the others where one function ${what}: ${language}`, async () => {
      const rules = [await compiled('pattern: use(4)', language)];
      const isC = language === 'c';
      const source = (other: string): string =>
        isC
          ? `static int size;\n${other}\nvoid f(void) { use(size); }\n`
          : `${other}\ndef f():\n  use(size)\n`;
      const cache = emptyPieceCache();
      assert.equal((await findings(rules, source(before), cache, language)).length, 1);
      assert.deepEqual(await findings(rules, source(after), cache, language), []);
    });
  }

  it('looks again at the others where one function defines a macro of theirs', async () => {
    const rules = [await compiled('pattern: free($X)')];
    const source = (macro: string): string =>
      `void f(char *p) {\n  free(q);\n  copy(p);\n}\nvoid g(void) {\n#define copy ${macro}\n}\n`;
    const cache = emptyPieceCache();
    assert.equal((await findings(rules, source('free'), cache)).length, 2);
    assert.equal((await findings(rules, source('keep'), cache)).length, 1);
  });

  it('finds the same as on the whole file', async () => {
    const rules = await Promise.all(FORMULAS.map((formula) => compiled(formula)));
    const whole = rules.map((rule) => ({ ...rule, piecewise: false }));
    const file = fc.array(fc.constantFrom(...PARTS), { maxLength: 6 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(file, async (source) => {
        assert.deepEqual(await findings(rules, source), await findings(whole, source));
      }),
      { numRuns: 200 },
    );
  });

  const WHOLE: readonly [why: string, formula: string][] = [
    ['text over several lines', 'pattern-regex: "a[^b]*c"'],
    ['a query around functions', 'tree-sitter: (preproc_ifdef) @match'],
    ['a query of anything', 'tree-sitter: "(_ condition: (_)) @match"'],
    ['a query of anything in a declaration', 'tree-sitter: "(declaration type: (_)) @match"'],
    ['a run that begins with a declaration', 'pattern: |\n  char *$P;\n  ...\n  use($P);'],
    [
      'a bare metavariable',
      'patterns:\n  - pattern: $X\n  - metavariable-regex: { metavariable: $X, regex: abc }',
    ],
  ];
  for (const [why, formula] of WHOLE) {
    it(`is not done for ${why}`, async () => {
      assert.equal((await compiled(formula)).piecewise, false);
    });
  }

  it('finds what a query asks for once, also where functions stand side by side', async () => {
    const query = await compiled('tree-sitter: "(call_expression function: (identifier) @F) @match"');
    const found = await findings([query], 'void a(void) { f(); }\nvoid b(void) { g(); }\n');
    assert.equal(found.length, 2);
  });

  it('finds what a query asks for outside of functions, and from one on to what stands behind it', async () => {
    const source = 'int x;\nvoid a(void) { int x; }\nint x;\nvoid b(void) { f(); }\n#define x\nint x;\n';
    for (const [formula, lines] of [
      ['tree-sitter: "(declaration declarator: (identifier) @F) @match"', ['0:0', '1:15', '2:0', '5:0']],
      ['tree-sitter: "((function_definition) . (declaration) @match)"', ['2:0']],
    ] as const) {
      const query = await compiled(formula);
      assert.ok(query.piecewise);
      const found = await findings([query], source);
      assert.deepEqual(
        found.map((each) => each.split(' ')[0]),
        lines,
      );
    }
  });

  it('is done for a query of anything within a statement', async () => {
    const formula = 'tree-sitter: "(if_statement condition: (_ (call_expression)) ) @match"';
    assert.equal((await compiled(formula)).piecewise, true);
  });

  it('stay where something else is declared, and where a function moves', async () => {
    const rule = await compiled('pattern: memset(($T *$P), $V, sizeof($P))');
    const cache = emptyPieceCache();
    const source = 'char *g;\nvoid a(void) { memset(g, 0, sizeof(g)); }\nvoid b(void) { other(); }\n';
    const resultIn = (position: number): unknown => cache.functions[position]?.result;
    await findings([rule], source, cache);
    const [a, b] = [resultIn(0), resultIn(1)];
    await findings([rule], `int more;\nint before(void) { return more; }\n${source}`, cache);
    assert.deepEqual([resultIn(1) === a, resultIn(2) === b], [true, true]);
    const changed = source.replace('*g', 'g[4]');
    assert.deepEqual(await findings([rule], changed, cache), await findings([rule], changed));
    assert.deepEqual([resultIn(0) === a, resultIn(1) === b], [false, true]);
  });

  it('are made anew where a type within another function has other members', async () => {
    const rule = await compiled('pattern: "use(($X : Motor))"', 'go');
    const cache = emptyPieceCache();
    for (const type of ['Motor', 'int', 'Motor']) {
      const version = `package a\nfunc g(a A) { use(a.z) }\nfunc f() {\n type A struct {\n  z ${type}\n }\n}\n`;
      const fresh = await findings([rule], version, undefined, 'go');
      assert.equal(fresh.length, type === 'Motor' ? 1 : 0);
      assert.deepEqual(await findings([rule], version, cache, 'go'), fresh);
    }
  });

  it('are not those of a twin that stands elsewhere among the declarations', async () => {
    const rule = await compiled('pattern: use((char *$X))');
    const cache = emptyPieceCache();
    const twin = 'void a(void) { use(g); }\n';
    const versions = [
      `${twin}char *g;\n${twin}`,
      `${twin}char *g;\nint h;\n${twin}`,
      `${twin}int h;\nchar *g;\n${twin}`,
      `void z(void) { other(); }\n${twin}int h;\nchar *g;\n${twin}`,
    ];
    for (const version of versions)
      assert.deepEqual(await findings([rule], version, cache), await findings([rule], version), version);
  });

  it('are there again when a comment that took functions away is closed', async () => {
    const rule = await compiled('pattern: strcpy($D, $S)');
    const cache = emptyPieceCache();
    const source = 'void a(void) { one(); }\nvoid b(void) { strcpy(x, y); }\n/* all */\n';
    await findings([rule], source, cache);
    const before = cache.functions[1]?.result;
    assert.ok(before);
    await findings([rule], source.replace('one(); }', 'one(); } /*'), cache);
    assert.equal(cache.functions.length, 1);
    await findings([rule], source, cache);
    assert.equal(cache.functions[1]?.result, before);
  });
});
