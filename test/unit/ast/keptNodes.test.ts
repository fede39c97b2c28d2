import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { Node } from '../../../server/src/core/ast/node.ts';
import { nodesOfKind } from '../../../server/src/core/ast/nodesOfKind.ts';
import { readAst, type Ast } from '../../../server/src/core/ast/readAst.ts';
import { declarationsOf } from '../../../server/src/core/resolve/declarations.ts';
import type { SyntaxTable } from '../../../server/src/core/syntax/syntaxTable.ts';
import { editTree, freeTree, parseText } from '../../../server/src/core/syntax/syntaxTree.ts';
import { grammar } from '../../support/engine.ts';

/** Everything about the nodes of a reading, as comparable data. */
function shown({ nodes }: Ast): readonly string[] {
  return nodes.map(
    (node) =>
      `${node.index}-${node.last} ${node.role}:${node.kind} ${node.start}-${node.end} ${node.contentStart}-${node.contentEnd} ${node.raw} ` +
      `below ${node.parent?.index} ${JSON.stringify(node.text)} of ${node.children.map((child: Node) => child.index).join()}`,
  );
}

/** What is kept of each function besides its nodes, joined for the file. */
function gathered(ast: Ast): readonly string[] {
  const kinds = [...new Set(ast.nodes.map(({ kind }) => kind))].sort();
  const declarations = declarationsOf(ast);
  const nodes = kinds.map(
    (kind) =>
      `${kind}: ${nodesOfKind(ast, kind)
        .map(({ index }) => index)
        .join()}`,
  );
  const declared = declarations
    .all()
    .map(({ name, node, identifier, kind }) => `${kind} ${name} ${node.index} ${identifier.index}`);
  const uses = ast.nodes.flatMap((node) => {
    const declaration = declarations.declarationOf(node);
    return declaration ? [`${node.index} -> ${declaration.identifier.index}`] : [];
  });
  return [...nodes, ...declared, ...uses];
}

const PADDING = 'one(1); two("two"); three(a->b[3], "x"); '.repeat(5);

/** Functions that are long enough to be taken over, and what may stand around them. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  c: [
    `static int f(const char *a)\n{\n    ${PADDING}\n    return 0;\n}\n`,
    `__attribute__((unused)) void g(int (*p)(void))\n{\n    ${PADDING}\n}\n`,
    '#ifdef A\n',
    '#endif\n',
    'int x = 1;\n',
    '/* a comment */\n',
    '[[nodiscard]] ',
  ],
  cpp: [
    `template <class T> int f(T a) { ${PADDING} return [&] { return a; }(); }\n`,
    `struct s { int m() const { ${PADDING} return 0; }`,
    '};\n',
    'namespace n {\n',
    '}\n',
    'static ',
  ],
  python: [
    `def f(a):\n    ${PADDING.replaceAll('->', '.')}\n`,
    `    def m(self):\n        ${PADDING.replaceAll('->', '.')}\n`,
    'class C:\n',
    '@decorated\n',
    'x = 1\n',
    'if x:\n',
  ],
  javascript: [
    `function f(a) { ${PADDING.replaceAll('->', '.')} }\n`,
    `class C { @d m() { ${PADDING.replaceAll('->', '.')} }\n`,
    '}\n',
    'export default ',
    'const x = { y() { return 1; } };\n',
  ],
  rust: [
    `fn f(a: &str) { ${PADDING.replaceAll('->', '.')} println!("{}", g(a)); }\n`,
    '#[test]\n',
    'impl S {\n',
    '}\n',
    'pub ',
    'const X: i32 = 1;\n',
  ],
  csharp: [
    `class C { [A] void M(int a) { ${PADDING.replaceAll('->', '.')} }\n`,
    '}\n',
    '[B]\n',
    'namespace N {\n',
    'int x = 1;\n',
  ],
};

describe('functions that an edit leaves as they are', () => {
  for (const [language, parts] of Object.entries(LANGUAGES)) {
    it(`are taken over into the next reading of ${language}, which is the same as a fresh one`, async () => {
      const target = await grammar(language);
      const edit = fc.record({
        at: fc.nat(12),
        remove: fc.nat(2),
        add: fc.array(fc.constantFrom(...parts), { maxLength: 3 }),
      });
      fc.assert(
        fc.property(fc.array(edit, { minLength: 2, maxLength: 6 }), (edits) => {
          const now: string[] = [...parts, ...parts];
          let tree = parseText(target, now.join(''));
          let read: { ast: Ast; table: SyntaxTable } = {
            ast: readAst(target, tree.table, tree.text),
            table: tree.table,
          };
          gathered(read.ast);
          try {
            for (const { at, remove, add } of edits) {
              now.splice(at, remove, ...add);
              tree = editTree(tree, now.join(''));
              const { earlier, table, text } = tree;
              assert.ok(earlier?.table === read.table);
              const fresh = readAst(target, table, text);
              const ast = readAst(target, table, text, { ...read, unchanged: earlier.unchanged });
              assert.deepEqual(shown(ast), shown(fresh));
              assert.deepEqual(gathered(ast), gathered(fresh));
              for (const node of nodesOfKind(ast, 'call')) assert.equal(ast.nodes[node.index], node);
              read = { ast, table };
            }
          } finally {
            freeTree(tree);
          }
        }),
        { numRuns: 25 },
      );
    });
  }

  it('are the very same nodes, moved', async () => {
    const c = await grammar('c');
    const before = `int a;\nvoid f(void)\n{\n    ${PADDING}\n}\nvoid g(void)\n{\n    ${PADDING}\n}\n`;
    let tree = parseText(c, before);
    const { table } = tree;
    const ast = readAst(c, table, before);
    const functions = ast.nodes.filter(({ kind }) => kind === 'function');
    tree = editTree(tree, before.replace('int a;', 'int abc;'));
    try {
      const unchanged = tree.earlier?.unchanged ?? [];
      const next = readAst(c, tree.table, tree.text, { ast, table, unchanged });
      const [first, second] = next.nodes.filter(({ kind }) => kind === 'function');
      assert.ok(first !== undefined && first === functions[0]);
      assert.ok(second === functions[1]);
      assert.equal(first.start, 'int abc;\n'.length);
    } finally {
      freeTree(tree);
    }
  });
});
