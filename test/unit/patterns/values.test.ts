import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';

const LANGUAGES = ['c', 'cpp', 'java', 'go', 'javascript', 'typescript', 'python'] as const;
type Language = (typeof LANGUAGES)[number];

/** Code of the C family without types, in a function that has `c`, `n` and `o`. */
function codeIn(language: Language, body: string): string {
  const s = language === 'c' ? 'const char *' : language === 'cpp' ? 'auto ' : 'String ';
  switch (language) {
    case 'c':
    case 'cpp':
      return `void test(int c, int n, T *o) {\n${body.replaceAll('let ', s)}\n}\n`;
    case 'java':
      return `class T {\n  void test(boolean c, int n, T o) {\n${body.replaceAll('let ', s)}\n  }\n}\n`;
    case 'go': {
      const lines = body
        .replace(/let (\w+) = ([^;]+);/g, '$1 := $2;')
        .replace(/let (\w+);/g, 'var $1 string;');
      return `package p\nfunc test(c bool, n int, o *T) {\n${lines.replaceAll('while (', 'for (').replace(/\} (?!else)/g, '}\n')}\n}\n`;
    }
    case 'javascript':
    case 'typescript':
      return `function test(c, n, o) {\n${body}\n}\n`;
    case 'python':
      return `def test(c, n, o):\n${pythonOf(body)}\n`;
  }
}

/** One statement a line, blocks by indentation; what the cases below use. */
function pythonOf(body: string): string {
  let depth = 1;
  const lines: string[] = [];
  const parts = body.split(/(?<=[;{}])/).map((each) => each.trim());
  for (const part of parts) {
    if (part === '') continue;
    if (part === '}') depth--;
    else {
      const text = part
        .replace(/;$/, '')
        .replace(/^let (\w+)$/, 'pass')
        .replace(/^let /, '');
      const open = /^(if|while) \((.*)\) \{$/.exec(text);
      lines.push(
        '    '.repeat(depth) + (open ? `${open[1]} ${open[2]}:` : text.replace(/^else \{$/, 'else:')),
      );
      if (text.endsWith('{')) depth++;
    }
  }
  return lines.join('\n');
}

/** Whether `f("b")` is known to be in the code. */
const KNOWN: Readonly<Record<string, boolean>> = {
  'let x = "b"; f(x);': true,
  'let x = "a"; x = "b"; f(x);': true,
  'let x = "b"; f(x); x = "a";': true,
  'let x = "b"; x = "a"; f(x);': false,
  'let x = o; x = "b"; f(x);': true,
  'let x = "b"; x = g(); f(x);': false,
  'let x = "a"; let y = "b"; x = y; f(x);': true,
  'let x = "b"; let y = x; x = "a"; f(y);': true,
  'let x = "b"; let y = x; x = "a"; f(x);': false,
  'let x = "b"; if (c) { x = "a"; } f(x);': false,
  'let x = "b"; if (c) { x = "a"; f(x); }': false,
  'let x = "a"; if (c) { x = "b"; f(x); }': true,
  'let x = "a"; if (c) { x = "b"; } else { x = "b"; } f(x);': true,
  'let x = "a"; if (c) { x = "b"; } else { return; } f(x);': true,
  'let x = "a"; if (c) { x = "b"; return; } f(x);': false,
  'let x = "b"; if (c) { x = "a"; return; } f(x);': true,
  'let x = "b"; if (c) { f(x); } x = "a";': true,
  'let x = "b"; while (c) { f(x); x = "a"; }': false,
  'let x = "b"; while (c) { x = "a"; } f(x);': false,
  'let x = "a"; while (c) { x = "b"; f(x); }': true,
  'let x = "a"; while (c) { g(x); } x = "b"; f(x);': true,
  'let x = "b"; while (c) { if (n) { x = "a"; break; } } f(x);': false,
};

/** Whether `f(g(1))` is known to be in the code when variables stand for what they were assigned. */
const SYMBOLIC: Readonly<Record<string, boolean>> = {
  'let x = g(1); f(x);': true,
  'let x = g(1); let y = x; f(y);': true,
  'let x = g(2); f(x);': false,
  'let x = g(2); x = g(1); f(x);': true,
  'let x = g(1); x = g(2); f(x);': false,
  'let x = g(1); if (c) { x = g(2); } f(x);': false,
  'let x = g(1); x = h(x); f(x);': false,
};

async function holds(language: Language, body: string, rule: string): Promise<boolean> {
  return (await matches(rule, codeIn(language, body), language)).length > 0;
}

describe('values that reach a place', () => {
  for (const language of LANGUAGES) {
    for (const [body, expected] of Object.entries(KNOWN)) {
      it(`${expected ? 'knows' : 'does not know'} f("b") in ${body} of ${language}`, async () => {
        assert.equal(await holds(language, body, 'pattern: f("b")'), expected);
      });
    }
    it(`knows a literal and no more when constants are off in ${language}`, async () => {
      const rule = 'pattern: f("b")\noptions: { constant_propagation: false }';
      assert.equal(await holds(language, 'let x = "b"; f(x);', rule), false);
      assert.equal(await holds(language, 'f("b");', rule), true);
    });
    for (const [body, expected] of Object.entries(SYMBOLIC)) {
      it(`${expected ? 'takes' : 'does not take'} ${body} for f(g(1)) in ${language}`, async () => {
        const on = 'pattern: f(g(1))\noptions: { symbolic_propagation: true }';
        assert.equal(await holds(language, body, on), expected);
        assert.equal(await holds(language, body, 'pattern: f(g(1))'), false);
      });
    }
  }

  it('knows texts put together bit by bit', async () => {
    const code = 'def t():\n    q = "select "\n    q += "x"\n    f(q)\n    q += y\n    f(q)\n';
    assert.deepEqual(await matches('pattern: f("select x")', code, 'python'), ['f(q)']);
    assert.equal((await matches('pattern: f("...")', code, 'python')).length, 1);
  });

  it('leaves what a function inside assigns', async () => {
    const code = 'function t() { let x = "b"; x = "b"; function g() { x = "a"; } g(); f(x); }';
    assert.deepEqual(await matches('pattern: f("b")', code, 'javascript'), []);
  });

  it('leaves what a pointer may change', async () => {
    const code = 'void t(void) { int x = 1; x = 2; g(&x); f(x); }';
    assert.deepEqual(await matches('pattern: f(2)', code, 'c'), []);
  });

  it('joins the cases of a switch, and takes what falls through for possible', async () => {
    const code = (first: string): string =>
      `void t(int n) { int x = 0; switch (n) { case 1: x = 1; ${first} case 2: f(x); break; default: x = 2; break; } g(x); }`;
    assert.deepEqual(await matches('pattern: f(0)', code('break;'), 'c'), ['f(x)']);
    assert.deepEqual(await matches('pattern: f(0)', code(''), 'c'), []);
    assert.deepEqual(await matches('pattern: g(2)', code('break;'), 'c'), []);
  });

  it('takes all of a `try` for possible in a `catch`', async () => {
    const code =
      'class T { void t() { String x = "a"; try { g(); x = "b"; } catch (E e) { f(x); } finally { x = "c"; } h(x); } }';
    assert.deepEqual(await matches('pattern: f("...")', code, 'java'), []);
    assert.deepEqual(await matches('pattern: h("c")', code, 'java'), ['h(x)']);
  });

  it('follows several assignments at once', async () => {
    const code =
      'package p\nfunc t() {\n\tx, y := "a", "b"\n\tx, y = y, x\n\tf(x)\n\tx, y = g()\n\tf(y)\n}\n';
    assert.deepEqual(await matches('pattern: f("b")', code, 'go'), ['f(x)']);
    assert.equal((await matches('pattern: f("...")', code, 'go')).length, 1);
  });

  it('gives conditions the value of the place', async () => {
    const rule =
      'patterns:\n  - pattern: f($X)\n  - metavariable-comparison: { metavariable: $X, comparison: $X > 1000 }';
    const code = 'void t(void) { int n = 10; f(n); n = 2000; f(n); n = n + 1; f(n); }';
    assert.equal((await matches(rule, code, 'c')).length, 2);
    const regex =
      'patterns:\n  - pattern: f($X)\n  - metavariable-regex: { metavariable: $X, regex: ".*secret", constant-propagation: true }';
    const text = 'def t():\n    x = "plain"\n    f(x)\n    x = "a secret"\n    f(x)\n';
    assert.equal((await matches(regex, text, 'python')).length, 1);
  });
});
