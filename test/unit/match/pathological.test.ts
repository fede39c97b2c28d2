import assert from 'node:assert/strict';

import { compileRule } from '../../../server/src/core/match/compileRule.ts';
import { indexCompiled } from '../../../server/src/core/match/ruleIndex.ts';
import { runRules } from '../../../server/src/core/match/runRules.ts';
import { freeTree, parseText } from '../../../server/src/core/syntax/syntaxTree.ts';
import { grammar, rulesOf } from '../../support/engine.ts';

/** One rule that takes steps without end on some code, and one that looks for something plain in the same file. */
const RULES = `rules:
  - {id: greedy, languages: [c], severity: INFO, message: m, pattern: "f(..., $A, ..., $B, ..., $C, ..., $D, ..., $A, ..., $B, ..., $C, ..., $D, ...)"}
  - {id: greedy-statements, languages: [c], severity: INFO, message: m, pattern: "start();\\n...\\n$A = $B;\\n...\\n$C = $A;\\n...\\n$D = $C;\\n...\\nend($D, $A);"}
  - {id: plain, languages: [c], severity: INFO, message: m, pattern: "gets($X)"}
`;

const PLAIN = 'void plain(char *p)\n{\n    gets(p);\n}\n';

/** What the rules find, and which of them are named as failed. */
async function outcome(
  code: string,
  yaml = RULES,
): Promise<{ found: string[]; failed: string[]; codes: string[]; longest: number }> {
  const { rules, problems } = await rulesOf(yaml);
  assert.deepEqual(problems, []);
  const c = await grammar('c');
  const compiled = rules.flatMap((rule) => compileRule(rule, c).compiled ?? []);
  assert.equal(compiled.length, rules.length);
  const syntax = parseText(c, code);
  try {
    const results = runRules('a.c', syntax, indexCompiled(compiled), ({ rule }) => rule.severity);
    const failed = results.problems.flatMap(
      ({ message }) => /^Rule (\S+) was not applied/.exec(message)?.[1] ?? [],
    );
    return {
      found: results.findings.map(({ ruleId }) => ruleId),
      failed,
      codes: [...new Set(results.problems.map((problem) => problem.code))],
      longest: results.findings.reduce(
        (most, { bindings }) => Math.max(most, ...Object.values(bindings).map((text) => text.length)),
        0,
      ),
    };
  } finally {
    freeTree(syntax);
  }
}

describe('code that would take a rule without end', () => {
  it('with ellipses that match in exponentially many ways fails that rule alone', async () => {
    const list = Array.from({ length: 200 }, (_, index) => `a${index}`).join(', ');
    const { found, failed } = await outcome(`void g(void)\n{\n    f(${list});\n}\n${PLAIN}`);
    assert.deepEqual([found, failed], [['plain'], ['greedy']]);
  });

  it('with named runs in a very long list fails that rule alone, without making each of them', async () => {
    const rule = `rules:
  - {id: runs, languages: [c], severity: INFO, message: m, pattern: "f($...A, $B, $...C, $B, $...D, $B, $...E)"}
  - {id: same-runs, languages: [c], severity: INFO, message: m, pattern: "f($...A, x, $...A)"}
  - {id: plain, languages: [c], severity: INFO, message: m, pattern: "gets($X)"}
`;
    const list = Array.from({ length: 5_000 }, (_, index) => (index % 2 === 0 ? 'x' : `a${index}`)).join(
      ', ',
    );
    const { found, failed } = await outcome(`void g(void)\n{\n    f(${list});\n}\n${PLAIN}`, rule);
    assert.deepEqual([found.includes('plain'), failed.sort()], [true, ['runs', 'same-runs']]);
  });

  it('with statements that match in many ways fails that rule alone', async () => {
    const body = Array.from({ length: 400 }, (_, index) => `    v${index + 1} = v${index};`).join('\n');
    const { found, failed } = await outcome(
      `void g(void)\n{\n    start();\n${body}\n    end(x, y);\n}\n${PLAIN}`,
    );
    assert.deepEqual([found, failed], [['plain'], ['greedy-statements']]);
  });

  it('with ellipses that match in many ways costs nothing where a condition speaks against the name before them', async () => {
    const rule = `rules:
  - id: conditional
    languages: [c]
    severity: INFO
    message: m
    patterns:
      - pattern: $F(..., $A, ..., $B, ..., $C, ..., $D, ...)
      - metavariable-regex: { metavariable: $F, regex: 'log_\\w+' }
`;
    const list = Array.from({ length: 200 }, (_, index) => `a${index}`).join(', ');
    const { found, failed } = await outcome(
      `void g(void)\n{\n    f(${list});\n    log_all(a, b, c, d);\n}\n${PLAIN}`,
      rule,
    );
    assert.deepEqual([found, failed], [['conditional'], []]);
  });

  it('of 50,000 arguments is searched or named', async () => {
    const list = Array.from({ length: 50_000 }, (_, index) => String(index)).join(', ');
    const { found, failed } = await outcome(`void g(void)\n{\n    f(${list});\n}\n${PLAIN}`);
    assert.deepEqual([found, failed], [['plain'], ['greedy']]);
  });

  it('of 2,000 nested blocks names the file as too deep and goes on', async () => {
    const { found, codes } = await outcome(
      `void g(void)\n{\n${'{'.repeat(2000)} f(a); ${'}'.repeat(2000)}\n}\n${PLAIN}`,
    );
    assert.deepEqual([found, codes], [['plain'], ['code-too-deep']]);
  });

  it('of 50 KB of braces that never close does not stop the others', async () => {
    const { found } = await outcome(`${PLAIN}${'{'.repeat(50_000)}`);
    assert.deepEqual(found, ['plain']);
  });

  it('on one line of 300 KB is read like any other', async () => {
    const { found, failed } = await outcome(`${PLAIN}int table[] = {${'1, '.repeat(100_000)}1};\n`);
    assert.deepEqual([found, failed], [['plain'], []]);
  });

  // More than a call may have arguments; work that grows with the square of it would take minutes.
  it('of 130,000 statements in one line is searched as a whole', async () => {
    const rules = `rules:
  - {id: last, languages: [c], severity: INFO, message: m, pattern: "gets($X);\\n...\\nend();"}
  - id: every
    languages: [c]
    severity: INFO
    message: m
    mode: taint
    pattern-sources: [{pattern: source()}]
    pattern-sinks: [{pattern: end(...)}]
`;
    const { found, failed } = await outcome(
      `void g(void) { gets(p); ${'f();'.repeat(130_000)} end(source()); end(); }`,
      rules,
    );
    assert.deepEqual([found, failed], [['last', 'every'], []]);
  }).timeout(60_000);

  const ANYTHING = `rules:
  - id: anything
    languages: [c]
    severity: INFO
    message: m
    mode: taint
    pattern-sources: [{pattern: $X}]
    pattern-sinks: [{pattern: $Y}]
  - {id: plain, languages: [c], severity: INFO, message: m, pattern: "gets($X)"}
`;

  it('with a call of 50,000 arguments is not held by the finding at each of them', async () => {
    const list = Array.from({ length: 50_000 }, (_, index) => `a${index}`).join(', ');
    const { found, failed, longest } = await outcome(`void g(void) { f(${list}); }\n`, ANYTHING);
    assert.deepEqual([found.length > 50_000, failed, longest], [true, [], 1000]);
  }).timeout(60_000);

  it('with sources that reach ever more sinks fails that rule alone', async () => {
    const sums = Array.from({ length: 25_000 }, (_, index) => `y = y + a${index};`).join('\n');
    const { found, failed } = await outcome(`void g(int y)\n{\n${sums}\n}\n${PLAIN}`, ANYTHING);
    assert.deepEqual([found, failed], [['plain'], ['anything']]);
  }).timeout(60_000);

  // What lies around a hit is asked of its own function: to ask it of all of them takes minutes.
  const AROUND: readonly [says: string, around: readonly string[], hits: number][] = [
    [
      'code with a condition',
      [
        "tree-sitter: '(function_definition body: (_) @BODY) @match'",
        'metavariable-pattern: { metavariable: $BODY, pattern: hidden() }',
      ],
      4_000,
    ],
    ['a pattern', ["pattern: '$T $F(...) { ... }'"], 8_000],
    ['a line', ["pattern-regex: 'find.*hidden.*'"], 4_000],
  ];
  for (const [says, around, hits] of AROUND) {
    for (const role of ['inside', 'not-inside']) {
      it(`with 8,000 functions is searched for what lies ${role} ${says}`, async () => {
        const clauses = around.map((clause) => `            - ${clause}\n`);
        const rules = `rules:
  - id: around
    languages: [c]
    severity: INFO
    message: m
    patterns:
      - pattern: find($X)
      - pattern-${role}:
          patterns:
${clauses.join('')}`;
        const code = Array.from(
          { length: 8_000 },
          (_, index) => `int f${index}(int a)\n{ find(a); ${index % 2 === 0 ? 'hidden' : 'other'}(); }\n`,
        );
        const { found, failed } = await outcome(code.join(''), rules);
        assert.deepEqual([found.length, failed], [role === 'inside' ? hits : 8_000 - hits, []]);
      }).timeout(60_000);
    }
  }
});
