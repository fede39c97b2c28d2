import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';

/** Ranges that a rule for any text finds in a C file, which is as good a text as any. */
function found(formula: string, source: string, language = 'generic'): Promise<string[]> {
  return matches(formula, source, 'c', language);
}

describe('a rule for any text', () => {
  it('finds words and signs whatever the layout, with metavariables', async () => {
    const source = 'password =  "abc"\nPassword = "x"\npassword: nothing\nuser   = me';
    assert.deepEqual(await found("pattern: 'user = $X'", source), ['user   = me']);
    assert.deepEqual(await found('pattern: password = "$X"', source), ['password =  "abc"']);
  });

  it('joins patterns as any other rule', async () => {
    const source = 'server {\n  listen 80;\n}\nclient {\n  listen 81;\n}';
    const formula =
      'patterns:\n  - pattern: listen $PORT;\n  - pattern-inside: |\n      server {\n        ...\n      }';
    assert.deepEqual(await found(formula, source), ['listen 80;']);
  });

  it('sees what must not be where another match of it has not ended yet', async () => {
    const source = '<a target="_blank">\n<a target="_blank" rel="noopener">\n';
    const formula = `patterns:
  - pattern: <a ... target="_blank" ... >
  - pattern-not: <a ... rel="noopener" ... >`;
    assert.deepEqual(await found(formula, source), ['<a target="_blank">']);
  });

  it('takes regular expressions, whose groups are bound where they stand', async () => {
    const source = 'key=key12345\n';
    const formula = "patterns:\n  - pattern-regex: 'key=(?P<VALUE>\\w+)'\n  - focus-metavariable: $VALUE";
    assert.deepEqual(await found(formula, source, 'regex'), ['key12345']);
  });
});
