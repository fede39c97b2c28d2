import type { Import } from './imports.ts';

/** One part of the product: who belongs to it and what it may use. */
export interface Layer {
  /** Folder or file; the longest name that a path starts with decides. */
  readonly at: string;
  /** Names of the layers whose files it may import, besides its own. */
  readonly uses: readonly string[];
  /** Modules from outside that it may import; `node:` stands for all of Node's own. */
  readonly packages: readonly string[];
  /** Modules of which only types may be imported: nothing of them runs. */
  readonly types?: readonly string[];
}

const CORE = 'server/src/core';

/**
 * The layers, from the bottom up. Nobody imports to the left or upwards; what is not listed is forbidden. `ARCHITECTURE.md` says why.
 */
export const LAYERS: Readonly<Record<string, Layer>> = {
  'core/base': {
    at: `${CORE}/base/`,
    uses: [],
    packages: ['@noble/hashes', 'csv-parse', 'fflate', 'jsonc-parser', 'minimatch', 'saxes', 'yaml', 'zod'],
  },
  'core/config': {
    at: `${CORE}/config/`,
    uses: ['core/base', 'core/preprocess', 'core/trace', 'core/threats'],
    packages: ['zod'],
  },
  'core/preprocess': { at: `${CORE}/preprocess/`, uses: ['core/base'], packages: ['zod'] },
  'core/headers': { at: `${CORE}/headers/`, uses: ['core/base', 'core/preprocess'], packages: [] },
  'core/syntax': {
    at: `${CORE}/syntax/`,
    uses: ['core/base', 'core/preprocess', 'core/headers'],
    packages: ['web-tree-sitter'],
  },
  'core/rules': { at: `${CORE}/rules/`, uses: ['core/base', 'core/syntax'], packages: ['re2js'] },
  'core/ast': { at: `${CORE}/ast/`, uses: ['core/base', 'core/syntax'], packages: [] },
  'core/resolve': {
    at: `${CORE}/resolve/`,
    uses: ['core/base', 'core/preprocess', 'core/headers', 'core/syntax', 'core/ast'],
    packages: [],
  },
  'core/flow': {
    at: `${CORE}/flow/`,
    uses: ['core/base', 'core/syntax', 'core/ast', 'core/resolve', 'core/rules'],
    packages: [],
  },
  'core/values': {
    at: `${CORE}/values/`,
    uses: [
      'core/base',
      'core/preprocess',
      'core/headers',
      'core/syntax',
      'core/ast',
      'core/resolve',
      'core/flow',
      'core/rules',
    ],
    packages: [],
  },
  'core/analysis': { at: `${CORE}/analysis/`, uses: ['core/base', 'core/rules'], packages: [] },
  'core/generic': { at: `${CORE}/generic/`, uses: ['core/base', 'core/rules'], packages: [] },
  'core/match': {
    at: `${CORE}/match/`,
    uses: [
      'core/base',
      'core/syntax',
      'core/ast',
      'core/resolve',
      'core/flow',
      'core/values',
      'core/analysis',
      'core/generic',
      'core/rules',
    ],
    packages: [],
  },
  'core/trace': { at: `${CORE}/trace/`, uses: ['core/base', 'core/rules'], packages: ['zod'] },
  'core/threats': { at: `${CORE}/threats/`, uses: ['core/base', 'core/trace'], packages: ['zod'] },
  'core/facts': {
    at: `${CORE}/facts/`,
    uses: ['core/base', 'core/headers', 'core/syntax', 'core/rules', 'core/match', 'core/trace'],
    packages: [],
  },
  'core/evidence': {
    at: `${CORE}/evidence/`,
    uses: ['core/base', 'core/rules', 'core/match', 'core/trace', 'core/facts'],
    packages: [],
    types: ['sarif'],
  },
  'core/analyst': {
    at: `${CORE}/analyst.ts`,
    uses: [
      'core/base',
      'core/config',
      'core/preprocess',
      'core/headers',
      'core/syntax',
      'core/rules',
      'core/values',
      'core/flow',
      'core/match',
      'core/facts',
    ],
    packages: [],
  },
  'core/workspace': {
    at: `${CORE}/workspace`,
    uses: [
      'core/base',
      'core/config',
      'core/headers',
      'core/syntax',
      'core/rules',
      'core/flow',
      'core/match',
      'core/threats',
      'core/trace',
      'core/facts',
      'core/analyst',
    ],
    packages: [],
  },
  protocol: {
    at: 'server/src/protocol/',
    uses: [],
    packages: [],
    types: ['vscode-languageserver'],
  },
  /** The interface alone: whoever gets a host needs to know nothing else. */
  'host interface': { at: 'server/src/host/host.ts', uses: [], packages: [] },
  host: {
    at: 'server/src/host/',
    uses: [
      'core/base',
      'core/config',
      'core/headers',
      'core/syntax',
      'core/rules',
      'core/flow',
      'core/match',
      'core/trace',
      'core/facts',
      'core/analyst',
      'core/threats',
      'core/workspace',
      'protocol',
      'host interface',
    ],
    packages: ['ignore', 'zod', 'node:'],
    types: ['vscode-languageserver'],
  },
  lsp: {
    at: 'server/src/lsp/',
    uses: [
      'core/base',
      'core/config',
      'core/headers',
      'core/syntax',
      'core/rules',
      'core/match',
      'core/trace',
      'core/facts',
      'core/threats',
      'core/evidence',
      'core/workspace',
      'protocol',
      'host interface',
      'host',
    ],
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument', 'zod'],
  },
  cli: {
    at: 'server/src/cli/',
    uses: [
      'core/base',
      'core/config',
      'core/syntax',
      'core/rules',
      'core/match',
      'core/trace',
      'core/facts',
      'core/evidence',
      'core/workspace',
      'host interface',
      'host',
    ],
    packages: ['commander', 'picocolors', 'write-file-atomic', 'node:'],
  },
  'server/node': { at: 'server/src/node/', uses: ['lsp', 'host'], packages: ['vscode-languageserver'] },
  'server/thread': { at: 'server/src/thread/', uses: ['host'], packages: ['node:'] },
  'server/browser': {
    at: 'server/src/browser/',
    uses: ['lsp', 'host'],
    packages: ['vscode-languageserver'],
  },
  /** What the client's parts share: the files at the top of `client/src`, without `activate.ts`. */
  client: {
    at: 'client/src/',
    uses: ['protocol', 'client/webview'],
    packages: ['vscode', 'vscode-languageclient'],
  },
  /** Pages of the panels: they run in a frame of their own and know nothing of VS Code. */
  'client/webview': { at: 'client/webview/', uses: ['protocol'], packages: [] },
  'client/server': {
    at: 'client/src/server/',
    uses: ['protocol', 'client'],
    packages: ['vscode', 'vscode-languageclient'],
  },
  'client/views': {
    at: 'client/src/views/',
    uses: ['protocol', 'client', 'client/server', 'client/webview'],
    packages: ['vscode', 'vscode-languageclient'],
  },
  'client/commands': {
    at: 'client/src/commands/',
    uses: ['protocol', 'client', 'client/server', 'client/views'],
    packages: ['vscode', 'vscode-languageclient'],
  },
  'client/activate': {
    at: 'client/src/activate.ts',
    uses: ['protocol', 'client', 'client/server', 'client/views', 'client/commands'],
    packages: ['vscode', 'vscode-languageclient'],
  },
  'client/node': {
    at: 'client/src/node/',
    uses: ['client', 'client/activate'],
    packages: ['vscode', 'vscode-languageclient', 'node:'],
  },
  'client/browser': {
    at: 'client/src/browser/',
    uses: ['client', 'client/activate'],
    packages: ['vscode', 'vscode-languageclient'],
  },
};

/** Name of the layer that a path of the repository belongs to. */
export function layerOf(path: string): string | undefined {
  let best: string | undefined;
  let length = 0;
  for (const [name, { at }] of Object.entries(LAYERS)) {
    if (path.startsWith(at) && at.length > length) [best, length] = [name, at.length];
  }
  return best;
}

/** What is wrong with an import, in words; undefined when the table allows it. */
export function violation(each: Import): string | undefined {
  const name = layerOf(each.from);
  const layer = name === undefined ? undefined : LAYERS[name];
  if (name === undefined || layer === undefined) return `${each.from} belongs to no layer.`;
  const place = `${each.from}:${each.line}`;
  if (/^(server|client|test|scripts|examples|dist|out)\//.test(each.to) || each.to.startsWith('..')) {
    const target = layerOf(each.to);
    if (target === name || (target !== undefined && layer.uses.includes(target))) return undefined;
    return `${place} imports ${each.to}: ${name} may not use ${target ?? 'what is not part of the product'}.`;
  }
  if (layer.packages.some((allowed) => isOf(allowed, each.to))) return undefined;
  if (!each.runtime && layer.types?.some((allowed) => isOf(allowed, each.to)) === true) return undefined;
  return `${place} imports ${each.to}: ${name} may not use this module.`;
}

/** `vscode-languageserver/node` is of the package `vscode-languageserver`, `node:fs` of `node:`. */
function isOf(allowed: string, module: string): boolean {
  return (
    module === allowed ||
    (allowed.endsWith(':') ? module.startsWith(allowed) : module.startsWith(`${allowed}/`))
  );
}
