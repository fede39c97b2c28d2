import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

/** Absolute path of the repository, ending in `/`. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** One module named by another. */
export interface Import {
  /** Path of the file that imports, relative to the repository. */
  readonly from: string;
  /** Path of the file that is imported, relative to the repository, or the name of a module outside it (`node:fs`, `zod`). */
  readonly to: string;
  /** False for what the compiler erases: `import type`, `export type` and types written as `import('x').T`. */
  readonly runtime: boolean;
  /** One-based. */
  readonly line: number;
}

/** Files below a folder of the repository with one of the endings, in path order. */
export function filesBelow(folder: string, endings: readonly string[]): readonly string[] {
  if (!existsSync(ROOT + folder)) return [];
  return readdirSync(ROOT + folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => posix.join(entry.parentPath.slice(ROOT.length).replaceAll('\\', '/'), entry.name))
    .filter((path) => !path.includes('node_modules/'))
    .sort();
}

export function importsOfFile(path: string): readonly Import[] {
  return importsOf(path, readFileSync(ROOT + path, 'utf8'));
}

/** Every module that a text names, in whatever form; read by the compiler's own parser, so comments and strings do not count. */
export function importsOf(path: string, text: string): readonly Import[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (node: ts.Node, name: ts.Node | undefined, runtime: boolean): void => {
    const to = name !== undefined && ts.isStringLiteralLike(name) ? name.text : undefined;
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    // A computed name cannot be judged, so it is reported as a module of its own that no layer allows.
    found.push({ from: path, to: resolved(path, to ?? '(computed)'), runtime, line: line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      add(node, node.moduleSpecifier, !node.isTypeOnly);
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node, node.moduleReference.expression, !node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, false);
    } else if (ts.isCallExpression(node) && isLoader(node.expression)) {
      add(node, node.arguments[0], true);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** `import(...)` and `require(...)`. */
function isLoader(callee: ts.Expression): boolean {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')
  );
}

function resolved(from: string, name: string): string {
  return name.startsWith('.') ? posix.join(posix.dirname(from), name) : name;
}

/** Everything that runs when a file is loaded: its imports and theirs, without types. Paths and names of modules. */
export function reachableFrom(entry: string): ReadonlyMap<string, Import | undefined> {
  const reached = new Map<string, Import | undefined>([[entry, undefined]]);
  for (const path of reached.keys()) {
    if (!path.endsWith('.ts') || !existsSync(ROOT + path)) continue;
    for (const each of importsOfFile(path)) {
      if (each.runtime && !reached.has(each.to)) reached.set(each.to, each);
    }
  }
  return reached;
}
