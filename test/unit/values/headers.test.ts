import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

const WRITE = 'proved out-of-bounds-write';

/** What a header says, code that is wrong by it, and code that is right by it. */
const CASES: readonly (readonly [name: string, header: string, bad: string, good: string])[] = [
  ['the length of an array in a macro', '#define LEN 8', 'char a[LEN]; a[8] = 0;', 'char a[LEN]; a[7] = 0;'],
  [
    'a macro of macros',
    '#define BASE 4\n#define LEN (BASE * 2)',
    'char a[LEN]; a[8] = 0;',
    'char a[LEN]; a[7] = 0;',
  ],
  [
    'a macro with parameters',
    '#define TWICE(x) ((x) * 2)',
    'char a[TWICE(4)]; a[8] = 0;',
    'char a[TWICE(4)]; a[7] = 0;',
  ],
  [
    'an array in a structure',
    'struct frame { int id; char data[8]; };',
    'struct frame f; f.data[8] = 0;',
    'struct frame f; f.data[7] = 0;',
  ],
  [
    'a type of a structure',
    'typedef struct { char data[8]; } frame_t;',
    'frame_t f; f.data[8] = 0;',
    'frame_t f; f.data[7] = 0;',
  ],
  ['a type of an array', 'typedef unsigned char key_t[8];', 'key_t k; k[8] = 0;', 'key_t k; k[7] = 0;'],
  [
    'enumerators',
    'enum size { SMALL = 4, LARGE = SMALL * 2, NEXT };',
    'char a[LARGE]; a[8] = 0;',
    'char a[NEXT]; a[8] = 0;',
  ],
  ['a constant', 'static const int LEN = 8;', 'char a[LEN]; a[8] = 0;', 'char a[LEN]; a[7] = 0;'],
  [
    'the size of a type',
    'typedef unsigned long long word;\nstruct w { word a, b; };',
    'char a[sizeof(struct w)]; a[16] = 0;',
    'char a[sizeof(struct w)]; a[15] = 0;',
  ],
  [
    'a number behind a cast in parentheses',
    'typedef int status_t;\n#define FAILED ((status_t)-140)\n#define LEN ((status_t)+8)',
    'char a[LEN]; a[FAILED + 148] = 0;',
    'char a[LEN]; a[FAILED + 147] = 0;',
  ],
  [
    'a type that macros hide',
    '#define API __attribute__((x))\ntypedef API struct s { char a[8]; } s_t;',
    's_t v; v.a[8] = 0;',
    's_t v; v.a[7] = 0;',
  ],
];

describe('facts from headers', () => {
  for (const [name, header, bad, good] of CASES) {
    it(`know ${name}`, async () => {
      const inFunction = (code: string): string => `#include "h.h"\nvoid f(void) { ${code} }`;
      const headers = { 'h.h': `#ifndef H\n#define H\n${header}\n#endif\n` };
      assert.deepEqual(await eventsIn(inFunction(bad), 'c', headers), [`2 ${WRITE}`]);
      assert.deepEqual(await eventsIn(inFunction(good), 'c', headers), []);
      assert.equal(
        (await eventsIn(inFunction(bad))).includes(`2 ${WRITE}`),
        false,
        'proved without the header',
      );
    });
  }

  it('say nothing where headers differ', async () => {
    const code = '#include "a.h"\n#include "b.h"\nvoid f(void) { char a[LEN]; a[8] = 0; }';
    assert.deepEqual(await eventsIn(code, 'c', { 'a.h': '#define LEN 8', 'b.h': '#define LEN 16' }), []);
    assert.deepEqual(await eventsIn(code, 'c', { 'a.h': '#define LEN 8', 'b.h': '' }), [`3 ${WRITE}`]);
  });

  it('give way to what the file says itself', async () => {
    const code = '#include "a.h"\n#define LEN 16\nvoid f(void) { char a[LEN]; a[8] = 0; }';
    assert.deepEqual(await eventsIn(code, 'c', { 'a.h': '#define LEN 8' }), []);
  });

  it('say nothing of a constant that a variable of the file may hide', async () => {
    const code = '#include "a.h"\nvoid f(void) { const int n = 16; char a[LEN]; a[8] = 0; }';
    const headers = { 'a.h': 'static const int n = 8;\n#define LEN n' };
    assert.equal((await eventsIn(code, 'c', headers)).includes(`2 ${WRITE}`), false);
  });

  it('are read as the macros of each file say, whatever another file made of the same declaration', async () => {
    const code = '#include "a.h"\nvoid f(void) { struct s v; v.a[8] = 0; }';
    const declared = 'struct s { BYTES(char) a[8]; };';
    const [masked, plain] = [`#define BYTES(x) x\n${declared}`, declared];
    const found = [];
    for (const header of [plain, masked, plain, masked])
      found.push(await eventsIn(code, 'c', { 'a.h': header }));
    const [, known = []] = found;
    assert.deepEqual(known, [`2 ${WRITE}`]);
    assert.deepEqual(found, [found[0], known, found[0], known]);
    assert.notDeepEqual(found[0], known);
  });

  it('are not looked for in the scopes of the file', async () => {
    const code =
      '#include "a.h"\nvoid f(void) { int data = 1; struct s v; { const int n = 4; v.data[7] = n; } }';
    assert.deepEqual(
      await eventsIn(code, 'c', { 'a.h': 'enum { n = 8 };\nstruct s { char data[n]; };' }),
      [],
    );
  });
});
