import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import ts from 'typescript';

import { filesBelow, importsOfFile, ROOT } from './imports.ts';

const SOURCES = [...filesBelow('server/src', ['.ts']), ...filesBelow('client/src', ['.ts'])];

/** Modules of Node that start programs, run text as code, or reach the network. */
const DANGEROUS = [
  ...['child_process', 'cluster', 'dgram', 'dns', 'http', 'http2', 'https', 'inspector', 'module', 'net'],
  ...['repl', 'tls', 'vm', 'worker_threads'],
].map((name) => `node:${name}`);

/** Names that do the same without an import. */
const NAMES = ['eval', 'Function', 'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'importScripts'];

/** Parts of the editor's API that run programs. */
const EDITOR_NAMES = [
  'createTerminal',
  'executeTask',
  'ShellExecution',
  'ProcessExecution',
  'startDebugging',
];

/** `Function` of `SymbolKind.Function`; a member of the global object is the thing itself. */
function isMember(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isIdentifier(node) || !ts.isPropertyAccessExpression(parent) || parent.name !== node) return false;
  return !['globalThis', 'window', 'self', 'global'].includes(parent.expression.getText());
}

/** `path:line name` for each identifier of the names that is used as a value. */
function uses(path: string, text: string, names: readonly string[]): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isElse = ts.isTypeNode(node) || isMember(node);
    if (!isElse && ts.isIdentifier(node) && names.includes(node.text)) {
      found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.text}`);
    }
    if (!isElse) ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('nothing of a workspace is executed', () => {
  it('as only git and the own thread are ever started, by one file each', () => {
    const dangerous = SOURCES.flatMap((path) => importsOfFile(path))
      .filter(({ to }) => DANGEROUS.includes(to) || DANGEROUS.includes(`node:${to}`))
      .map(({ from, to }) => `${from} ${to}`);
    assert.deepEqual(dangerous, [
      'server/src/host/git.ts node:child_process',
      'server/src/host/nodeThreads.ts node:worker_threads',
      'server/src/thread/main.ts node:worker_threads',
    ]);
    const threads = readFileSync(`${ROOT}server/src/host/nodeThreads.ts`, 'utf8');
    assert.deepEqual(
      [...threads.matchAll(/new Worker\(([^,]+),/g)].map((match) => match[1]),
      ['script'],
    );
    assert.match(threads, /const script = join\(assets, '\.\.', 'server', 'thread\.cjs'\);/);
    const text = readFileSync(`${ROOT}server/src/host/git.ts`, 'utf8');
    assert.deepEqual(
      [...text.matchAll(/\b(?:execFile|exec|spawn|fork)\(\s*([^,\s]+)/g)].map((match) => match[1]),
      ["'git'"],
    );
  });

  it('as no text becomes code, and nothing is fetched', () => {
    const found = SOURCES.flatMap((path) => uses(path, readFileSync(ROOT + path, 'utf8'), NAMES));
    assert.deepEqual(found, []);
  });

  it('as the extension starts no terminal, task or debugger', () => {
    const found = SOURCES.flatMap((path) => uses(path, readFileSync(ROOT + path, 'utf8'), EDITOR_NAMES));
    assert.deepEqual(found, []);
  });

  it('so the extension may say that it works in untrusted and virtual workspaces', () => {
    const manifest = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
      capabilities: { untrustedWorkspaces: { supported: unknown }; virtualWorkspaces: unknown };
    };
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
  });

  it('and this test sees what it looks for', () => {
    const text =
      'new Function("x")();\nlet f: Function;\n// eval(x)\neval(x);\nKind.Function;\nglobalThis.eval(x);';
    assert.deepEqual(uses('a.ts', text, NAMES), ['a.ts:1 Function', 'a.ts:4 eval', 'a.ts:6 eval']);
  });
});
