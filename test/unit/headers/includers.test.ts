import assert from 'node:assert/strict';

import { languagesOfIncluders } from '../../../server/src/core/headers/includers.ts';

const languageOf = (path: string): string | undefined =>
  path.endsWith('.c') ? 'c' : /\.[ch]pp$/.test(path) ? 'cpp' : undefined;

/** `a -> b c` on each line. */
function languages(...lines: readonly string[]): Record<string, string> {
  const includes = new Map(
    lines.map((line) => {
      const [from = '', to = ''] = line.split(' -> ');
      return [from, to.split(' ')] as const;
    }),
  );
  return Object.fromEntries(
    [...languagesOfIncluders(includes, languageOf)].map(([path, ids]) => [path, [...ids].sort().join()]),
  );
}

describe('the languages of the files that include a header', () => {
  it('come from near and far', () => {
    assert.deepEqual(languages('a.cpp -> a.h', 'a.h -> b.h', 'b.h -> c.h a.h'), {
      'a.h': 'cpp',
      'b.h': 'cpp',
      'c.h': 'cpp',
    });
  });

  it('are all of them', () => {
    assert.deepEqual(languages('a.cpp -> a.h', 'b.c -> b.h', 'a.h -> b.h'), { 'a.h': 'cpp', 'b.h': 'c,cpp' });
  });

  it('are those of files whose ending says it', () => {
    assert.deepEqual(languages('a.c -> a.hpp', 'a.hpp -> a.h', 'x.h -> y.h'), { 'a.hpp': 'c', 'a.h': 'cpp' });
  });
});
