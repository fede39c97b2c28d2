import assert from 'node:assert/strict';
import { dirname } from 'node:path';

import ts from 'typescript';

import { ROOT } from './imports.ts';

const CONFIG = `${ROOT}server/src/core/tsconfig.json`;

/** What the compiler is told about the core, everything that it extends included. */
function coreOptions(): ts.CompilerOptions {
  const { config, error } = ts.readConfigFile(CONFIG, (path) => ts.sys.readFile(path)) as {
    config: unknown;
    error?: ts.Diagnostic;
  };
  assert.equal(error, undefined);
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(CONFIG)).options;
}

/** Names of what a text in the core uses that the compiler does not know there. */
function unknownIn(text: string): string[] {
  const options = { ...coreOptions(), composite: false, noEmit: true, emitDeclarationOnly: false };
  const path = `${dirname(CONFIG)}/written-by-a-test.ts`;
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true) : read(name, ...rest);
  const program = ts.createProgram([path], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(path))
    .map(
      ({ messageText }) => /'([^']+)'/.exec(ts.flattenDiagnosticMessageText(messageText, ' '))?.[1] ?? '?',
    );
}

describe('the core is pure', () => {
  it('as it is compiled without the types of Node, of a browser and of tests', () => {
    const { types, lib } = coreOptions();
    assert.deepEqual(types, []);
    assert.deepEqual(lib, ['lib.es2023.d.ts']);
  });

  it('so the compiler refuses timers, output, files, network and the process', () => {
    const outside = [
      'setTimeout',
      'console',
      'process',
      'Buffer',
      'fetch',
      'document',
      'performance',
      'describe',
    ];
    const text = outside.map((name) => `export const use_${name} = ${name};`).join('\n');
    assert.deepEqual(unknownIn(text), outside);
  });

  it('and modules of Node', () => {
    assert.deepEqual(unknownIn(`export { readFileSync } from 'node:fs';`), ['node:fs']);
  });

  it('while the language itself is there', () => {
    assert.deepEqual(
      unknownIn('export const sorted = [3, 1].toSorted();\nexport const all = new Map();'),
      [],
    );
  });
});
