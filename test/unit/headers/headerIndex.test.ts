import assert from 'node:assert/strict';

import { declarationsIn, usesIn } from '../../../server/src/core/headers/declarations.ts';
import { HeaderIndex } from '../../../server/src/core/headers/headerIndex.ts';
import type { Outside } from '../../../server/src/core/headers/outside.ts';

function indexOf(files: Readonly<Record<string, string>>): HeaderIndex {
  const index = new HeaderIndex();
  for (const [path, text] of Object.entries(files)) index.set(path, declarationsIn(text));
  return index;
}

function seenFrom(path: string, files: Readonly<Record<string, string>>): Outside {
  return indexOf(files).outsideOf(path, usesIn(files[path] ?? ''));
}

describe('what a file knows of its headers', () => {
  it('is what they declare, and what their headers do', () => {
    const outside = seenFrom('src/main.c', {
      'src/main.c': '#include "a.h"',
      'src/a.h': '#include "lib/b.h"\ntypedef int a_t;',
      'include/lib/b.h': '#include "a.h"\n#define SIZE 16\nstruct b { char c[SIZE]; };',
      'src/other.h': 'typedef int other_t;',
    });
    assert.equal(outside.declaring('a_t'), 'typedef int a_t;');
    assert.equal(outside.declaring('struct b'), 'struct b { char c[SIZE]; };');
    assert.equal(outside.macro('SIZE')?.body, '16');
    assert.equal(outside.macros.valueOf('SIZE'), '16');
    assert.equal(outside.declaring('other_t'), undefined);
  });

  it('is nothing where headers differ', () => {
    const outside = seenFrom('main.c', {
      'main.c': '#include "a.h"\n#include "b.h"',
      'a.h': 'typedef int t;\n#define N 1\n#define M 1\ntypedef char same;',
      'b.h': 'typedef long t;\n#define N 2\n#define M 1\ntypedef char same;',
    });
    assert.equal(outside.declaring('t'), undefined);
    assert.equal(outside.macro('N'), undefined);
    assert.equal(outside.macro('M')?.body, '1');
    assert.equal(outside.declaring('same'), 'typedef char same;');
  });

  it('is nothing where the arms of one header differ', () => {
    const outside = seenFrom('main.c', {
      'main.c': '#include "a.h"',
      'a.h': '#ifdef X\ntypedef int t;\n#define N 1\n#else\ntypedef long t;\n#define N 2\n#endif',
    });
    assert.equal(outside.declaring('t'), undefined);
    assert.equal(outside.macro('N'), undefined);
  });

  it('comes from the nearest file of a name', () => {
    const files = {
      'boards/one/config.h': '#define BOARD 1',
      'boards/two/config.h': '#define BOARD 2',
      'boards/two/src/main.c': '#include "config.h"',
      'tools/main.c': '#include "config.h"',
    };
    assert.equal(seenFrom('boards/two/src/main.c', files).macro('BOARD')?.body, '2');
    assert.equal(seenFrom('tools/main.c', files).macro('BOARD'), undefined);
  });

  it('is not taken from a file of the project for a header of the system', () => {
    const outside = seenFrom('main.c', { 'main.c': '#include <string.h>', 'lib/string.h': '#define X 1' });
    assert.equal(outside.macro('X'), undefined);
  });

  it('is not taken from outside of the workspace', () => {
    const outside = seenFrom('main.c', { 'main.c': '#include "../../x.h"', 'x.h': '#define X 1' });
    assert.equal(outside.macro('X')?.body, '1');
  });

  it('includes how macros of the workspace are shaped, but not their values', () => {
    const { macros } = seenFrom('main.c', {
      'main.c': '',
      'a.h': '#define API __attribute__((x))\n#define N 4',
    });
    assert.equal(macros.shapeOf('API'), 'attribute');
    assert.equal(macros.valueOf('N'), undefined);
  });

  it('includes what the build defines', () => {
    const index = new HeaderIndex({ defines: ['DEBUG', 'SIZE=16', 'NAME="x y"'] });
    const outside = index.outsideOf('main.c', usesIn(''));
    assert.deepEqual(
      ['DEBUG', 'SIZE', 'NAME'].map((name) => outside.macro(name)?.body),
      ['1', '16', '"x y"'],
    );
  });

  it('changes its key with what is declared, and with nothing else', () => {
    const files = { 'main.c': '#include "a.h"', 'a.h': 'typedef int t;', 'b.h': 'typedef int u;' };
    const key = (changed: Readonly<Record<string, string>>): string =>
      seenFrom('main.c', { ...files, ...changed }).key;
    assert.equal(key({ 'a.h': '/* why */ typedef int t;' }), key({}));
    assert.equal(key({ 'b.h': 'typedef long u;' }), key({}));
    assert.notEqual(key({ 'a.h': 'typedef long t;' }), key({}));
    assert.notEqual(key({ 'b.h': '#define API __attribute__((x))' }), key({}));
  });

  it('changes its key with the functions that may be called', () => {
    const files = {
      'main.c': 'void f(void) { near(1); }',
      'a.c': 'int near(int n) { return far(n); }\nint other(void) { return 1; }',
      'b.c': '#define N 1\nint far(int n) { return n + N; }',
    };
    const key = (changed: Readonly<Record<string, string>>): string =>
      seenFrom('main.c', { ...files, ...changed }).key;
    assert.equal(key({ 'a.c': files['a.c'].replace('return 1', 'return 2') }), key({}), 'is not called');
    assert.notEqual(key({ 'a.c': files['a.c'].replace('far(n)', 'far(2)') }), key({}));
    assert.notEqual(
      key({ 'b.c': files['b.c'].replace('n + N', 'n - N') }),
      key({}),
      'called by what is called',
    );
    assert.notEqual(key({ 'b.c': files['b.c'].replace('N 1', 'N 2') }), key({}), 'a macro of its file');
    assert.notEqual(key({ 'c.c': 'int near(int n) { return 0; }' }), key({}), 'another one of this name');
    assert.equal(key({ 'c.c': 'static int near(int n) { return 0; }' }), key({}), 'static in another file');
  });

  it('follows changes, and says whether there was one', () => {
    const index = indexOf({ 'a.h': 'typedef int t;', 'main.c': '#include "a.h"' });
    const uses = usesIn('#include "a.h"');
    assert.equal(index.set('a.h', declarationsIn('typedef   int t; /* same, but spaced */')), true);
    assert.equal(index.set('a.h', declarationsIn('typedef long t;')), true);
    assert.equal(index.set('a.h', declarationsIn('// a comment\ntypedef long t;')), false);
    assert.equal(index.outsideOf('main.c', uses).declaring('t'), 'typedef long t;');
    assert.equal(index.delete('a.h'), true);
    assert.equal(index.outsideOf('main.c', uses).declaring('t'), undefined);
  });
});
