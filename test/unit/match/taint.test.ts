import assert from 'node:assert/strict';

import { run } from '../../support/engine.ts';

const RULE = (language: string, parts: string): string => `rules:
  - id: tainted
    languages: [${language}]
    severity: ERROR
    message: "$FROM reaches $TO"
    mode: taint
${parts}`;

const SIMPLE = `    pattern-sources: [{pattern: source($FROM)}]
    pattern-sinks: [{pattern: sink($TO)}]
    pattern-sanitizers: [{pattern: clean(...)}]
`;

async function lines(language: string, source: string, parts = SIMPLE): Promise<number[]> {
  const { findings, problems } = await run(RULE(language, parts), source, language);
  assert.deepEqual(problems, []);
  return findings.map(({ range }) => range.start.line + 1);
}

describe('a taint rule', () => {
  it('follows data through variables, calls, fields and branches of C', async () => {
    const source = `int same(int value) { return value; }
void inner(int value) {
  sink(value);
}
void f(void) {
  int x = source(1);
  sink(x + 1);
  sink(clean(x));
  sink(same(x));
  inner(x);
  struct state s;
  s.a = x;
  sink(s.b);
  sink(s.a);
  int z = 0;
  sink(z);
  if (x > 3) { z = x; }
  sink(z);
  z = 0;
  sink(z);
}`;
    assert.deepEqual(await lines('c', source), [3, 7, 9, 14, 18]);
  });

  it('takes a buffer that a call fills, and a function that copies', async () => {
    const parts = `    pattern-sources:
      - by-side-effect: true
        patterns:
          - pattern: recv($S, $BUF, ...)
          - focus-metavariable: $BUF
    pattern-propagators:
      - { pattern: "memcpy($TO, $FROM, ...)", from: $FROM, to: $TO, by-side-effect: true }
    pattern-sinks: [{pattern: system($COMMAND)}]
`;
    const source = `void f(int s) {
  char buf[9], copy[9], other[9];
  recv(s, buf, 9);
  memcpy(copy, buf, 9);
  system(other);
  system(copy);
}`;
    assert.deepEqual(await lines('c', source, parts), [6]);
  });

  it('shows how the data came to the sink, and fills the message from both ends', async () => {
    const source = 'void f(void) {\n  int x = source(1);\n  int y = x;\n  sink(y);\n}';
    const [finding] = (await run(RULE('c', SIMPLE), source)).findings;
    assert.equal(finding?.message, '1 reaches y');
    const trace = finding.trace ?? [];
    assert.deepEqual([trace[0]?.message, trace.at(-1)?.message], ['Source: source(1)', 'Sink: sink(y)']);
    assert.deepEqual([trace[0]?.range.start.line, trace.at(-1)?.range.start.line], [1, 3]);
  });

  it('is the same in Go', async () => {
    const source = `package a
func f() {
	x := source(1)
	y := fmt.Sprintf("%s", x)
	sink(y)
	go func() { sink(x) }()
	sink(clean(x))
}`;
    assert.deepEqual(await lines('go', source), [5, 6]);
  });
});
