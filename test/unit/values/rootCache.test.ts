import assert from 'node:assert/strict';

import fc from 'fast-check';

import { readAst } from '../../../server/src/core/ast/readAst.ts';
import { NOTHING_OUTSIDE, type Outside } from '../../../server/src/core/headers/outside.ts';
import { namesOf } from '../../../server/src/core/resolve/names.ts';
import { freeFile, NO_PREPROCESSING, parseFile } from '../../../server/src/core/syntax/parsedFile.ts';
import { freeTree, parseText } from '../../../server/src/core/syntax/syntaxTree.ts';
import { factsOf } from '../../../server/src/core/values/factsOf.ts';
import { emptyRootCache, type RootCache } from '../../../server/src/core/values/rootCache.ts';
import { grammarOfFolder } from '../../support/ast.ts';

/** Events with all that they say, places included. */
async function events(code: string, cache?: RootCache, outside = NOTHING_OUTSIDE): Promise<string[]> {
  const grammar = await grammarOfFolder('c');
  const tree = parseText(grammar, code);
  try {
    const ast = readAst(grammar, tree.table, code);
    const facts = factsOf(ast, namesOf(ast, outside), outside, cache);
    return facts.events.map(
      ({ kind, certainty, node, detail, related }) =>
        `${node.start}-${node.end} ${kind} ${certainty} ${detail} ${related
          .map((each) => `${each.node.start} ${each.message}`)
          .join()}`,
    );
  } finally {
    freeTree(tree);
  }
}

/** What expressions stand for, by their places. */
async function values(code: string, cache?: RootCache): Promise<string[]> {
  const grammar = await grammarOfFolder('c');
  const tree = parseText(grammar, code);
  try {
    const ast = readAst(grammar, tree.table, code);
    const facts = factsOf(ast, namesOf(ast), NOTHING_OUTSIDE, cache);
    // All of the file at once, not a few functions by themselves.
    facts.at(ast.root);
    return ast.nodes.map(
      (node) => `${node.start} ${facts.isPartial(node)} ${JSON.stringify(facts.at(node))}`,
    );
  } finally {
    freeTree(tree);
  }
}

const PARTS = [
  'static void put(int *a, int i) { a[i] = 1; }\n',
  'static void put(int *a, int i) { if (i < 4) a[i] = 1; }\n',
  'void f(void) { int a[4]; put(a, 4); }\n',
  'void g(void) { char *p = malloc(N); if (p) { free(p); p[0] = 1; } }\n',
  'int h(void) { limit = 9; return table[limit]; }\n',
  'static int limit = 3;\nstatic int table[4];\n',
  'int k(void) { return table[limit]; }\n',
  'int value(void) { int limit = 3; limit = 4; return limit; }\n',
  'int value(void) { static int limit = 3; int *a = &limit; return limit; }\n',
  '#define N 4\n',
  '#define N 8\n',
  '/* a comment */\n',
  '__weak ',
  'NORETURN ',
  'int main(void) { f(); return *(int *)0; }\n',
  'int (*handler)(void) = k;\n',
];

describe('facts of a file that changes', () => {
  it('are those of a fresh analysis', async () => {
    const file = fc.array(fc.constantFrom(...PARTS), { maxLength: 7 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 2, maxLength: 4 }), async (versions) => {
        const cache = emptyRootCache();
        for (const version of versions)
          assert.deepEqual(await events(version, cache), await events(version), version);
      }),
      { numRuns: 60 },
    );
  });

  it('rest on what a function compares with although no path leads into it', async () => {
    const use =
      'int f(int c) { int a[9]; int n = 0; while (n != c) { n++; if (c > 1 && c < 0) at(n); } return a[n]; }\n';
    const cache = emptyRootCache();
    for (const limit of [3, 40, 60]) {
      const version = `static int at(int i) { return i == ${limit}; }\n${use}`;
      assert.deepEqual(await events(version, cache), await events(version), version);
    }
  });

  it('are made anew where something else stands in a structure', async () => {
    const use = 'void f(void) { memset(&x, 0, 8); }\n';
    const versions = [
      `struct s { char a[4];\n char b[4]; };\nstruct s x;\n${use}`,
      `struct s { char a[4]; };\n char b[4];\nstruct s x;\n${use}`,
    ];
    const fresh = await Promise.all(versions.map((version) => events(version)));
    assert.notDeepEqual(fresh[0], fresh[1]);
    const cache = emptyRootCache();
    for (const at of [0, 1, 0, 1]) assert.deepEqual(await events(versions[at] ?? '', cache), fresh[at]);
  });

  it('are made anew where a pragma lays out structures otherwise', async () => {
    const code = (pack: string): string =>
      `#pragma pack(${pack})\nstruct s { char c; int n; };\nchar b[5];\nvoid f(void) { struct s *s = (void *)b; s->n = 1; }\n`;
    const cache = emptyRootCache();
    for (const pack of ['1', '4', '1'])
      assert.deepEqual(await events(code(pack), cache), await events(code(pack)));
    assert.notDeepEqual(await events(code('1')), await events(code('4')));
  });

  it('do not rest on what another function declares for itself', async () => {
    const file = (stands: string): string =>
      `long f(const char *s, struct m *p) {\n  assert(p && p->a != 1);\n  return strtol(s + p->a, 0, 0);\n}\nvoid k(int p) { ${stands}(p); }\n`;
    const cache = emptyRootCache();
    await events(file('g'), cache);
    const code = file('i assert');
    assert.deepEqual(await events(code, cache), await events(code));
    assert.deepEqual(await events(code), await events(file('i assure')));
    assert.notDeepEqual(await events(`int assert(int);\n${code}`), await events(`int assure(int);\n${code}`));
  });

  for (const [how, packed] of [
    ['a word', 'struct s { char c; int n; } PACKED;'],
    ['a word in front', 'struct PACKED s { char c; int n; };'],
    ['a word on a line of its own', 'PACKED_BEGIN\nPACKED\nstruct s { char c; int n; };'],
    ['an attribute', 'struct s { char c; int n; } __attribute__((packed));'],
    ['an attribute of a member', 'struct s { char c; int n __attribute__((packed)); };'],
    ['a pragma of some builds', '#ifdef A\n#pragma pack(1)\n#endif\nstruct s { char c; int n; };'],
  ] as const)
    it(`are made anew where ${how} lays out structures otherwise`, async () => {
      const usual = 'struct s { char c; int n; };';
      const cache = emptyRootCache();
      const code = `${usual}\nchar b[5];\nvoid f(void) { struct s *p = (void *)b; p->n = 1; }\nvoid g(void) { }\n`;
      for (const next of [code, code.replace(usual, packed), code])
        assert.deepEqual(await events(next, cache), await events(next), next);
    });

  it('are made anew where a word in front that the parser is not shown says what a function does', async () => {
    const grammar = await grammarOfFolder('c');
    const read = (code: string, cache?: RootCache): readonly string[] => {
      const file = parseFile(grammar, code, NO_PREPROCESSING);
      try {
        const ast = readAst(grammar, file.main.table, code);
        return factsOf(ast, namesOf(ast, NOTHING_OUTSIDE), NOTHING_OUTSIDE, cache).events.map(
          ({ kind, node }) => `${node.start} ${kind}`,
        );
      } finally {
        freeFile(file);
      }
    };
    const code = (word: string): string =>
      `${word} int at(void)\n{ return 9; }\nvoid f(void) { char b[4]; b[at()] = 0; }\n`;
    const cache = emptyRootCache();
    for (const word of ['      ', '__weak', '      '])
      assert.deepEqual(read(code(word), cache), read(code(word)), word);
    assert.notDeepEqual(read(code('__weak')), read(code('      ')));
  });

  it('are made anew where a table holds another function', async () => {
    const code =
      'typedef void (*run_t)(int *);\nstatic void one(int *p) { *p = 1; }\nstatic void nine(int *p) { *p = 9; }\nstatic const run_t table[] = { one, one };\nint f(unsigned i) { char b[4]; int n = 0; if (i > 1) return 0; table[i](&n); b[n] = 1; return b[n]; }\n';
    const cache = emptyRootCache();
    for (const next of [
      code,
      code.replace('one, one', 'one, nine'),
      code,
      code.replace('*p = 1', '*p = 8'),
      code,
    ])
      assert.deepEqual(await events(next, cache), await events(next), next);
    assert.notDeepEqual(await events(code.replace('one, one', 'one, nine')), await events(code));
  });

  it('say of expressions what a fresh analysis does, whether events or values were asked before', async () => {
    const file = fc.array(fc.constantFrom(...PARTS), { maxLength: 7 }).map((parts) => parts.join(''));
    const version = fc.record({ code: file, eventsFirst: fc.boolean(), valuesToo: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(version, { minLength: 2, maxLength: 4 }), async (versions) => {
        const cache = emptyRootCache();
        for (const { code, eventsFirst, valuesToo } of versions) {
          if (eventsFirst) assert.deepEqual(await events(code, cache), await events(code), code);
          if (valuesToo) assert.deepEqual(await values(code, cache), await values(code), code);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keep what expressions stand for where nothing changed', async () => {
    const cache = emptyRootCache();
    const code = 'void f(int n) { int a = n; }\nvoid g(int n) { int b = n; }\n';
    await values(code, cache);
    const before = cache.roots;
    await values(code.replace('b = n', 'b = 2'), cache);
    assert.equal(cache.roots.get(0), before.get(0));
    assert.notEqual(cache.roots.get(1), before.get(1));
  });

  it('are made anew for what changed and what enters it, and for nothing else', async () => {
    const cache = emptyRootCache();
    const first =
      'static void put(int *a, int i) { a[i] = 1; }\nvoid f(void) { int a[4]; put(a, 4); }\nvoid g(int *p) { free(p); p[0] = 1; }\n';
    await events(first, cache);
    const before = cache.roots;
    await events(first.replace('a[i] = 1', 'a[i] = 2'), cache);
    assert.notEqual(cache.roots.get(1), before.get(1), 'f enters put');
    assert.equal(cache.roots.get(2), before.get(2), 'g does not');
    await events(first.replace('int a[4];', 'int a[4]; int b; b = 1;'), cache);
    assert.equal(cache.roots.get(2), before.get(2), 'what a function does to its own variables is its own');
  });

  it('stay where only a comment or layout between statements is another one', async () => {
    const cache = emptyRootCache();
    const code =
      'static void put(int *a, int i) {\n  a[i] = 1;\n}\nvoid f(void) { int a[4]; use("; b"); put(a, 4); }\n';
    await events(code, cache);
    const before = cache.roots.get(1);
    for (const next of [
      code.replace('1;', '1; /* set; "it */ // here'),
      code.replace('{\n', '{ // set\n\n\t'),
      code.replace('); }', '); /* all } */ }'),
    ]) {
      assert.deepEqual(await events(next, cache), await events(next), next);
      assert.equal(cache.roots.get(1)?.events, before?.events, next);
    }
    for (const next of [
      code.replace('; b', ';  b'),
      code.replace('= 1', '= /* */ 1'),
      code.replace('1;', '1; ;'),
    ]) {
      assert.deepEqual(await events(next, cache), await events(next), next);
      assert.notEqual(cache.roots.get(1)?.events, before?.events, next);
    }
  });

  it('stay where only a comment or layout between statements is another one beside directives', async () => {
    const cache = emptyRootCache();
    const code =
      'static void put(int *a, int i) {\n#if A\n  a[i] = 1;\n#endif\n}\nvoid f(void) { int a[4]; put(a, 4); }\n';
    await events(code, cache);
    const before = cache.roots.get(1);
    for (const next of [
      code.replace('1;', '1; /* set; "it */ // here'),
      code.replace('{\n', '{ /* a\n b */'),
      code.replace('1;\n', '1;  \n'),
    ]) {
      assert.deepEqual(await events(next, cache), await events(next), next);
      assert.equal(cache.roots.get(1)?.events, before?.events, next);
    }
    for (const next of [
      code.replace('1;', '1;\n'),
      code.replace('#if A', '#if /* */ A'),
      code.replace('#if A', '#include <a//b>\n#if A'),
      code.replace('#if A', '#include <a//c>\n#if A'),
    ]) {
      assert.deepEqual(await events(next, cache), await events(next), next);
      assert.notEqual(cache.roots.get(1)?.events, before?.events, next);
    }
  });

  it('stay where something else is declared, wherever functions stand then, and are made anew where it is what they name', async () => {
    const cache = emptyRootCache();
    const code =
      'static int limit = 3;\nvoid f(int n) { int a = n + limit; }\nvoid g(int n) { int b = n; }\n';
    const seenIn = (position: number): unknown => cache.roots.get(position)?.seen?.get(position);
    await values(code, cache);
    const [f, g] = [seenIn(0), seenIn(1)];
    await values(`int other;\nint before(void) { return other; }\n${code}`, cache);
    assert.deepEqual([seenIn(1) === f, seenIn(2) === g], [true, true]);
    await values(code.replace('limit = 3', 'limit = 4'), cache);
    assert.deepEqual([seenIn(0) === f, seenIn(1) === g], [false, true]);
    await values(`${code}void h(void) { limit = 5; }\n`, cache);
    assert.equal(seenIn(1), g);
    assert.deepEqual(
      await values(`${code}void h(void) { limit = 5; }\n`, cache),
      await values(`${code}void h(void) { limit = 5; }\n`),
    );
  });

  it('stay where another function declares for itself what they call, or a variable has no name yet', async () => {
    const cache = emptyRootCache();
    const code =
      'void f(int *a) { free(a); a[0] = 1; show(a); CLOSE(a); }\nstatic void show(int *a) { put(a); }\nvoid g(int *a) { a++; show(a); CLOSE(a); }\n';
    await events(code, cache);
    const before = cache.roots.get(0);
    for (const next of [
      code.replace('a++; show', 'a++; r show'),
      code.replace('a++; show(a); CLOSE', 'a++; show(a); r CLOSE'),
      code.replace('void g', 'static int;\nvoid g'),
    ]) {
      assert.deepEqual(await events(next, cache), await events(next), next);
      assert.equal(cache.roots.get(0)?.surroundings, before?.surroundings, next);
    }
    for (const next of [
      code.replace('a++; show', 'a++; _Noreturn void show'),
      code.replace('void g', 'r CLOSE(int *a);\nvoid g'),
    ]) {
      assert.deepEqual(await events(next, cache), await events(next), next);
      assert.notEqual(cache.roots.get(0)?.surroundings, before?.surroundings, next);
    }
  });

  it('are there again when a comment that took functions away is closed', async () => {
    const cache = emptyRootCache();
    const code = 'void f(int n) { int a = n; }\nvoid g(int n) { int b = n; }\n/* all */\n';
    await values(code, cache);
    const before = cache.roots.get(1)?.seen?.get(1);
    await values(code.replace('= n; }', '= n; } /*'), cache);
    assert.equal(cache.roots.get(1), undefined);
    await values(code, cache);
    assert.equal(cache.roots.get(1)?.seen?.get(1), before);
  });

  it('are those of the function around, not of one within it', async () => {
    const cache = emptyRootCache();
    const code =
      'int *p;\nvoid f(void) { p = malloc(4); *p = 1; void inner(int n) { use(n); } }\nvoid g(void) { }\n';
    await events(code, cache);
    const next = code.replace('g(void) { }', 'g(void) { h(); }');
    assert.deepEqual(await events(next, cache), await events(next));
  });

  it('are taken from another view of the same text where both read alike', async () => {
    const one =
      'void f(int *p) { free(p); p[0] = 1; }\nvoid put(int *a) { a[4] = 1; }\nvoid g(void) { int a[4]; put(a); }\n';
    const other = one.replace('a[4] = 1', 'a[3] = 1');
    const first = emptyRootCache();
    await events(one, first);
    const second = emptyRootCache(first);
    assert.deepEqual(await events(other, second), await events(other));
    assert.equal(second.roots.get(0), first.roots.get(0), 'f is the same');
    assert.notEqual(second.roots.get(2), first.roots.get(2), 'g enters put');
  });

  it('are made anew where a variable of a header is hidden by a name of the file', async () => {
    const outside: Outside = {
      ...NOTHING_OUTSIDE,
      declaring: (name) => (name === 'LEN' ? 'static const int LEN = 8;' : undefined),
    };
    const cache = emptyRootCache();
    const first = 'void f(void) { char a[LEN]; a[8] = 0; }\nvoid g(int n) { int length = n; }\n';
    assert.equal((await events(first, cache, outside)).length, 1);
    const second = first.replace('length', 'LEN');
    assert.deepEqual(await events(second, cache, outside), await events(second, undefined, outside));
  });
});
