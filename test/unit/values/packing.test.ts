import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

const USE = 'char b[5]; void f(void) { T *h = (void *)b; h->n = 1; }';

/** Types with a character and a number behind it, which fill five bytes where they are packed. */
const CASES: readonly (readonly [title: string, type: string, packed: boolean])[] = [
  ['nothing said', 'typedef struct { char c; int n; } T;', false],
  ['an attribute behind it', 'typedef struct { char c; int n; } __attribute__((packed)) T;', true],
  [
    'an attribute among others',
    'typedef struct { char c; int n; } __attribute__ ((aligned(1), __packed__)) T;',
    true,
  ],
  [
    'an attribute in front',
    'struct __attribute__((packed)) h { char c; int n; };\ntypedef struct h T;',
    true,
  ],
  ['a word of the compiler', 'typedef __packed struct { char c; int n; } T;', true],
  ['a word behind it', 'struct h { char c; int n; } __packed;\ntypedef struct h T;', true],
  ['a macro of the project', 'struct h { char c; int n; } STRUCT_PACKED;\ntypedef struct h T;', true],
  ['a macro in front of the name', 'struct PACKED h { char c; int n; };\ntypedef struct h T;', true],
  ['a name that says so', 'typedef struct { char c; int n; } PACKED_HEAD;\ntypedef PACKED_HEAD T;', false],
  ['a tag that says so', 'struct packed_head { char c; int n; };\ntypedef struct packed_head T;', false],
  ['a pragma', '#pragma pack(1)\ntypedef struct { char c; int n; } T;\n#pragma pack()\n', true],
  [
    'a pragma that is over',
    '#pragma pack(push, 1)\nint x;\n#pragma pack(pop)\ntypedef struct { char c; int n; } T;',
    false,
  ],
  [
    'a pragma that goes on',
    '#pragma pack(push, 1)\n#pragma pack(push, 4)\n#pragma pack(pop)\ntypedef struct { char c; int n; } T;',
    true,
  ],
  ['a pragma in a comment', '/*\n#pragma pack(1)\n*/\ntypedef struct { char c; int n; } T;', false],
  [
    'a pragma with a name',
    '#pragma pack(push, mine, 1)\ntypedef struct { char c; int n; } T;\n#pragma pack(pop, mine)',
    true,
  ],
  [
    'a pragma of some builds',
    '#ifdef A\n#pragma pack(1)\n#endif\ntypedef struct { char c; int n; } T;',
    true,
  ],
  [
    'a pragma of some builds that is over',
    '#ifdef A\n#pragma pack(push, 1)\n#endif\nint x;\n#ifdef A\n#pragma pack(pop)\n#endif\ntypedef struct { char c; int n; } T;',
    false,
  ],
  [
    'an attribute behind one with a number',
    'typedef struct { char c; int n; } __attribute__((aligned(1), packed)) T;',
    true,
  ],
  ['a member of its own', 'typedef struct { char c; int n __attribute__((packed)); } T;', true],
  ['a macro that is defined in front', '#define PACKED\ntypedef struct { char c; int n; } T;', false],
  ['a word in a comment', '// this one is PACKED\nstruct h { char c; int n; };\ntypedef struct h T;', false],
  ['a pragma of more', '#pragma pack(2)\ntypedef struct { char c; int n; } T;', false],
];

describe('packed structures', () => {
  for (const [title, type, packed] of CASES)
    it(title, async () => {
      const events = await eventsIn(`${type}\n${USE}`);
      assert.equal(
        events.some((each) => each.endsWith('out-of-bounds-write')),
        !packed,
        events.join('\n'),
      );
    });

  it('aligned as a whole', async () => {
    const copy = 'char b[8]; void f(void) { T t = { 1, 2 }; __builtin_memcpy(b, &t, 8); } ';
    const of = async (attribute: string): Promise<readonly string[]> =>
      eventsIn(
        `#include <string.h>\ntypedef struct { char c; int n; } __attribute__((${attribute})) T;\n${copy.replace('__builtin_', '')}`,
      );
    assert.deepEqual(await of('packed, aligned(4)'), []);
    assert.deepEqual(await of('packed, aligned(LINE)'), []);
    assert.notDeepEqual(await of('packed'), []);
  });

  it('of a header', async () => {
    const header = 'struct h { char c; int n; } __attribute__((packed));\n';
    const code = `#include "h.h"\ntypedef struct h T;\n${USE}`;
    assert.deepEqual(await eventsIn(code, 'c', { 'h.h': header }), []);
    assert.notDeepEqual(await eventsIn(code, 'c', { 'h.h': 'struct h { char c; int n; };\n' }), []);
  });
});
