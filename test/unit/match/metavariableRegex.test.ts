import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';

describe('metavariable-regex with constant-propagation', () => {
  const asked = (regex: string, more: string): string =>
    `patterns:\n  - pattern: f($X)\n  - metavariable-regex: { metavariable: $X, regex: '${regex}'${more} }`;
  const numbers = 'void h(void) { int k = 5; f(k); f(n); }';
  const strings = 'KEY = "abc"\nf(KEY)\nf(OTHER)\n';

  it('also asks the value of a named constant', async () => {
    assert.deepEqual(await matches(asked('5$', ', constant-propagation: true'), numbers), ['f(k)']);
    assert.deepEqual(await matches(asked('abc$', ', constant-propagation: true'), strings, 'python'), [
      'f(KEY)',
    ]);
    assert.deepEqual(await matches(asked('"abc"$', ', constant-propagation: true'), strings, 'python'), [
      'f(KEY)',
    ]);
  });

  it('asks the text alone without it', async () => {
    assert.deepEqual(await matches(asked('5$', ''), numbers), []);
    assert.deepEqual(await matches(asked('k$', ''), numbers), ['f(k)']);
  });
});
