import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

import { unitsOf } from '../../../server/src/core/facts/units.ts';
import type { Grammar } from '../../../server/src/core/syntax/grammar.ts';
import {
  freeFile,
  NO_PREPROCESSING,
  parseFile,
  parseOutline,
} from '../../../server/src/core/syntax/parsedFile.ts';
import { grammar } from '../../support/engine.ts';

describe('a file without the bodies of its functions', () => {
  let c: Grammar;
  before(async () => {
    c = await grammar('c');
  });

  function read(parse: typeof parseFile, text: string) {
    const file = parse(c, text, NO_PREPROCESSING);
    try {
      const { table, lines } = file.main;
      const { units, comments } = unitsOf('a.c', c, table, text, lines);
      return { units, comments, nodes: table.count };
    } finally {
      freeFile(file);
    }
  }

  /** Functions, what stands beside them, and comments with what they belong to are the same. */
  function same(text: string): { readonly all: number; readonly outline: number } {
    const all = read(parseFile, text);
    const outline = read(parseOutline, text);
    assert.deepEqual({ ...outline, nodes: 0 }, { ...all, nodes: 0 }, text.slice(0, 200));
    return { all: all.nodes, outline: outline.nodes };
  }

  it('has the same units and comments, and far fewer nodes', () => {
    const body =
      '  int a = g(1, 2);\n  if (a > 3) { /* [SR-A-1] */ a = h(a)[2]; } // [SR-A-2]\n  return a;\n';
    const { all, outline } = same(`/* [SR-A-0] */\nint f(int x)\n{\n${body}}\n\nint g(void) {\n${body}}\n`);
    assert.ok(outline * 2 < all, `${outline} of ${all}`);
  });

  for (const text of [
    '#if A\nint f(void) {\n#else\nint g(void) {\n#endif\n  a();\n}\n',
    'int f(void) {\n#if A\n  if (x) {\n#else\n  if (y) {\n#endif /* one\n  two */\n    a();\n  }\n}\n// c\nint h;\n',
    'int f(void) {\n#define X 1\n  /* c */ a(X);\n#undef X\n}\n',
    'int f(a, b) int a; char b; {\n  c();\n}\n',
    'int f(void) {\n  int inner(int a) {\n    // [SR-A-1]\n    return a;\n  }\n  return inner(1);\n}\n',
    'struct s x = (struct s) { 1, { 2 } }; /* c */\nint y;\n',
    'TEST(suite, name) {\n  /* c */ EXPECT(1);\n}\n',
    'static struct { int (*f)(void); } table[] = { { g }, /* c */ { h } };\nvoid f(void) { char *s = "}"; char t = \'}\'; }\n',
    'void f(void) __attribute__((noreturn)) {\n  a();\n}\n',
    'int f(void) { return ({ int x = 1; x; }); } enum e { A, B }; // c\n',
    'void f(void) {\n  a();\n',
    'void f(void) { } }\nint g(void) { /* c */ }\n',
  ])
    it(JSON.stringify(text), () => void same(text));

  it('in the annotated files of the rules, and in the example', () => {
    const root = new URL('../../../', import.meta.url);
    const files = ['rules/c', 'examples'].flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.[ch]$/.test(name))
        .map((name) => `${folder}/${name}`),
    );
    assert.ok(files.length > 80, String(files.length));
    for (const file of files) same(readFileSync(new URL(file, root), 'utf8'));
  });
});
