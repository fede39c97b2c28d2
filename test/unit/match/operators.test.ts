import assert from 'node:assert/strict';

import { matches, run, ruleWith } from '../../support/engine.ts';

/** Each case: what it shows, a formula, and code with everything that it must find marked by «». */
const CASES: readonly [title: string, formula: string, code: string][] = [
  [
    'patterns keeps the inner of two ranges',
    'patterns:\n  - pattern: f(...)\n  - pattern: g($X)',
    'void h(void) { f(«g(1)»); g(2); f(3); }',
  ],
  [
    'patterns unites metavariables',
    'patterns:\n  - pattern: f($X)\n  - pattern-inside: |\n      if ($X) { ... }',
    'void h(void) { if (a) { «f(a)»; f(b); } f(a); }',
  ],
  [
    'pattern-either is a union',
    'pattern-either:\n  - pattern: f($X)\n  - pattern: g($X)',
    'void h(void) { «f(1)»; «g(2)»; k(3); }',
  ],
  [
    'pattern-not drops the same range with agreeing bindings',
    'patterns:\n  - pattern: f($X, $Y)\n  - pattern-not: f($X, $X)',
    'void h(void) { «f(a, b)»; f(a, a); }',
  ],
  [
    'pattern-not takes a formula',
    'patterns:\n  - pattern: f($X)\n  - pattern-not:\n      patterns:\n        - pattern: f($N)\n        - metavariable-regex: { metavariable: $N, regex: "[0-9]" }',
    'void h(void) { «f(a)»; f(1); }',
  ],
  [
    'pattern-not-inside drops what lies in a match',
    'patterns:\n  - pattern: f($X)\n  - pattern-not-inside: |\n      if ($X) { ... }',
    'void h(void) { if (a) { f(a); «f(b)»; } }',
  ],
  [
    'pattern-not-inside compares the keys of a piece with those of the whole file',
    'patterns:\n  - pattern: f($X)\n  - pattern-not-inside: |\n      if ($X) { ... }',
    'void g(void) { h(z + 1); }\nvoid h(void) { if (a + b) { f(a + b); «f(c + d)»; } if (c + d) { f(c + d); } }',
  ],
  [
    'a function pattern frames what is inside',
    'patterns:\n  - pattern: f($X)\n  - pattern-inside: $T init(...) { ... }',
    'void init(void) { «f(1)»; }\nvoid other(void) { f(2); }\nchar *init(int a) { «f(3)»; return 0; }',
  ],
  [
    'insides alone find the innermost of them, the outer one written first',
    'patterns:\n  - pattern-inside: $T init(...) { ... }\n  - pattern-inside: |\n      if ($X) { ... }\n  - focus-metavariable: $X',
    'void init(void) { if («a») { f(1); } }\nvoid other(void) { if (b) { f(2); } }',
  ],
  [
    'insides alone find the innermost of them, the outer one written last',
    'patterns:\n  - pattern-inside: |\n      if ($X) { ... }\n  - pattern-inside: $T init(...) { ... }\n  - focus-metavariable: $X',
    'void init(void) { if («a») { f(1); } }\nvoid other(void) { if (b) { f(2); } }',
  ],
  [
    'a comparison may ask what only an inside binds',
    'patterns:\n  - pattern: copy($D, $N)\n  - pattern-inside: |\n      char $D[$SIZE];\n      ...\n  - metavariable-comparison: { metavariable: $N, comparison: $N > $SIZE }',
    'void h(void) { char d[16]; «copy(d, 32)»; copy(d, 16); }',
  ],
  [
    'metavariable-pattern knows what is bound around it',
    'patterns:\n  - pattern: f($X)\n  - pattern-inside: |\n      $Z = g();\n      ...\n  - metavariable-pattern:\n      metavariable: $X\n      patterns:\n        - pattern-not: $Z',
    'void h(void) { a = g(); f(a); «f(b)»; }',
  ],
  [
    'a trailing ellipsis frames the rest of the block',
    'patterns:\n  - pattern: use($P)\n  - pattern-inside: |\n      free($P);\n      ...',
    'void h(void) { use(p); free(p); «use(p)»; use(q); if (x) { «use(p)»; } }',
  ],
  [
    'metavariable-regex matches at the start, without an end',
    'patterns:\n  - pattern: f($X)\n  - metavariable-regex: { metavariable: $X, regex: ke }',
    'void h(void) { «f(key)»; f(monkey); «f(ke)»; }',
  ],
  [
    'metavariable-pattern looks at the code of the metavariable',
    'patterns:\n  - pattern: f($X)\n  - metavariable-pattern:\n      metavariable: $X\n      pattern-either:\n        - pattern: a + $Y\n        - pattern: "0"',
    'void h(void) { «f(a + b)»; «f(0)»; f(b); «f(g(0))»; }',
  ],
  [
    'focus-metavariable narrows the range',
    'patterns:\n  - pattern: f($X, $Y)\n  - focus-metavariable: $Y',
    'void h(void) { f(a, «b»); }',
  ],
  [
    'focus-metavariable takes several',
    'patterns:\n  - pattern: f($X, $Y)\n  - focus-metavariable: [$X, $Y]',
    'void h(void) { f(«a», «b»); }',
  ],
  ['pattern-regex runs on the text', 'pattern-regex: 0x[0-9A-F]{4}\\b', 'int a = «0xBEEF»; /* «0xCAFE» */'],
  [
    'pattern-not-regex drops ranges that hold a match',
    'patterns:\n  - pattern: f($X)\n  - pattern-not-regex: safe',
    'void h(void) { «f(a)»; f(safe); }',
  ],
  [
    'pattern-not-regex looks at all lines of a range, and at all of its line',
    'patterns:\n  - pattern: f(...)\n  - pattern-not-regex: "safe"\n  - pattern-not-regex: "^ *int [a-z] = f\\\\(.*$"',
    'int z = f();\nvoid h(void) {\n  f(1,\n    safe,\n    2);\n  int a = f(1);\n  // safe\n  «f(1)»; f(safe); «f(2)»;\n}',
  ],
  [
    'pattern-not-regex may ask for more than a line',
    'patterns:\n  - pattern: f(...)\n  - pattern-not-regex: "f.safe\\\\s+"',
    'void h(void) { /* safe */ «f(1)»; f(safe\n); g(1); «f(3)»; }',
  ],
  [
    'tree-sitter is a raw query whose captures bind',
    'patterns:\n  - tree-sitter: "(for_statement body: (_) @BODY) @match"\n  - metavariable-regex: { metavariable: $BODY, regex: "\\\\{" }',
    'void h(void) { «for (;;) { f(); }» for (;;) f(); }',
  ],
];

describe('operators', () => {
  for (const [title, formula, marked] of CASES) {
    it(title, async () => {
      const expected = [...marked.matchAll(/«([^»]*)»/g)].map((match) => match[1]);
      assert.deepEqual(await matches(formula, marked.replace(/[«»]/g, '')), expected);
    });
  }
});

describe('a finding', () => {
  const withMessage = (message: string, rest: string): string =>
    ruleWith(rest).replace('message: found', `message: ${JSON.stringify(message)}`);

  it('fills metavariables into its message, on one line', async () => {
    const rule = withMessage('$D takes $S; $OTHER stays', 'pattern: strcpy($D, $S)');
    const { findings } = await run(rule, 'void f(void) { strcpy(a, b +\n  1); }');
    assert.equal(findings[0]?.message, 'a takes b + 1; $OTHER stays');
  });

  it('carries a fix with metavariables filled in', async () => {
    const rule = ruleWith('pattern: gets($B)\nfix: fgets($B, sizeof($B), stdin)');
    const { findings } = await run(rule, 'void f(void) {\n  gets(line);\n}');
    assert.deepEqual(findings[0]?.fix, [
      {
        range: { start: { line: 1, column: 2 }, end: { line: 1, column: 12 } },
        newText: 'fgets(line, sizeof(line), stdin)',
      },
    ]);
  });

  it('offers no fix that would break the syntax', async () => {
    const rule = ruleWith('pattern: gets($B)\nfix: fgets($B, sizeof(');
    const { findings } = await run(rule, 'void f(void) { gets(line); }');
    assert.equal(findings.length, 1);
    assert.equal(findings[0]?.fix, undefined);
  });

  it('is made once for a place that matches in several ways', async () => {
    assert.deepEqual(await matches('pattern: f(..., $X, ...)', 'void g(void) { f(1, 2, 3); }'), [
      'f(1, 2, 3)',
    ]);
  });
});

describe('work that explodes', () => {
  it('ends at the step limit, named as a problem of the rule', async () => {
    const list = Array.from({ length: 400 }, (_, index) => `a${index}`).join(', ');
    const rule = ruleWith('pattern: f(..., $A, ..., $B, ..., $C, ..., $D, ..., $D)');
    const { findings, problems } = await run(rule, `void g(void) { f(${list}); }`);
    assert.deepEqual(findings, []);
    assert.match(
      problems[0]?.message ?? '',
      /^Rule under-test was not applied to all of this file: it takes too long/,
    );
  });

  it('of 20,000 nested blocks is named and does not end the run', async () => {
    const depth = 20_000;
    const source = `void g(void) { ${'{'.repeat(depth)} f(1); ${'}'.repeat(depth)} }`;
    const { findings, problems } = await run(ruleWith('pattern: f($X)'), source);
    assert.deepEqual(findings, []);
    assert.match(problems[0]?.message ?? '', /nested too deeply to be read/);
  });
});
