import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { filesBelow, importsOf, importsOfFile, reachableFrom, ROOT } from './imports.ts';
import { layerOf, LAYERS, violation } from './layerTable.ts';

const SOURCES = [
  ...filesBelow('server/src', ['.ts']),
  ...filesBelow('client/src', ['.ts']),
  ...filesBelow('client/webview', ['.ts']),
];

/** What the table says of one line in a file. */
function judged(path: string, line: string): (string | undefined)[] {
  return importsOf(path, line).map(violation);
}

describe('the layers', () => {
  it('have a place for every file', () => {
    assert.ok(SOURCES.length > 100, 'the sources were found');
    assert.deepEqual(
      SOURCES.filter((path) => layerOf(path) === undefined),
      [],
    );
  });

  it('are kept by every import', () => {
    assert.deepEqual(
      SOURCES.flatMap((path) => importsOfFile(path).flatMap((each) => violation(each) ?? [])),
      [],
    );
  });

  it('name no layer that does not exist and have no circles', () => {
    const visit = (name: string, above: readonly string[]): void => {
      assert.ok(!above.includes(name), `a circle: ${[...above, name].join(' -> ')}`);
      const layer = LAYERS[name];
      assert.ok(layer, `${above.at(-1) ?? ''} uses the unknown layer ${name}`);
      for (const used of layer.uses) visit(used, [...above, name]);
    };
    for (const name of Object.keys(LAYERS)) visit(name, []);
  });

  it('allow nothing that is no longer used', () => {
    const used = new Map<string, Set<string>>();
    for (const path of SOURCES) {
      const name = layerOf(path) ?? '';
      const set = used.get(name) ?? new Set();
      used.set(name, set);
      for (const { to } of importsOfFile(path)) set.add(layerOf(to) ?? to);
    }
    const idle = Object.entries(LAYERS).flatMap(([name, { packages, types = [] }]) =>
      name.startsWith('core/')
        ? [...packages, ...types]
            .filter(
              (allowed) =>
                ![...(used.get(name) ?? [])].some((to) => to === allowed || to.startsWith(`${allowed}/`)),
            )
            .map((allowed) => `${name} may use ${allowed}, and does not`)
        : [],
    );
    assert.deepEqual(idle, []);
  });
});

/** Imports that must never come in, whatever form they take: each is refused when it is written into the file. */
const FORBIDDEN: readonly [file: string, line: string][] = [
  ['server/src/core/trace/tracer.ts', `import { runRules } from '../match/runRules.ts';`],
  ['server/src/core/trace/tracer.ts', `import type { FileFacts } from '../facts/fileFacts.ts';`],
  ['server/src/core/syntax/grammar.ts', `import type { Rule } from '../rules/rule.ts';`],
  ['server/src/core/match/code.ts', `import { Query } from 'web-tree-sitter';`],
  ['server/src/core/match/code.ts', `type Tree = import('web-tree-sitter').Tree;`],
  ['server/src/core/base/hash.ts', `import { createHash } from 'node:crypto';`],
  ['server/src/core/base/hash.ts', `const crypto = await import('node:crypto');`],
  ['server/src/core/base/hash.ts', `const crypto = require('crypto');`],
  ['server/src/core/base/hash.ts', `const module = await import(name);`],
  ['server/src/core/workspace.ts', `import type { Host } from '../host/host.ts';`],
  ['server/src/core/facts/report.ts', `export { createWorkspace } from '../workspace.ts';`],
  ['server/src/core/facts/report.ts', `export type * from '../evidence/evidence.ts';`],
  ['server/src/core/evidence/sarif.ts', `import { Log } from 'sarif';`],
  ['server/src/core/config/readConfig.ts', `import type { Diagnostic } from 'vscode-languageserver';`],
  ['server/src/host/host.ts', `import type { Snapshot } from '../core/facts/snapshot.ts';`],
  ['server/src/lsp/server.ts', `import { scanReportOf } from '../cli/scanReport.ts';`],
  ['server/src/lsp/server.ts', `import { readFileSync } from 'node:fs';`],
  ['server/src/cli/run.ts', `import { toRange } from '../lsp/toLsp.ts';`],
  ['server/src/protocol/messages.ts', `import type { Item } from '../core/trace/item.ts';`],
  ['client/src/views/traceView.ts', `import type { Item } from '../../../server/src/core/trace/item.ts';`],
  ['client/src/views/traceView.ts', `import { startServer } from '../../../server/src/lsp/server.ts';`],
  ['client/src/server/languageServer.ts', `import { createTraceView } from '../views/traceView.ts';`],
  ['client/src/activate.ts', `import { spawn } from 'node:child_process';`],
  ['server/src/cli/run.ts', `import { memory } from '../../../test/support/engine.ts';`],
  ['server/src/core/somewhere.ts', `import type { Range } from './base/range.ts';`],
];

describe('a forbidden import is refused', () => {
  for (const [file, line] of FORBIDDEN) {
    it(`${file}: ${line}`, () => {
      const verdicts = judged(file, line);
      assert.equal(verdicts.length, 1);
      assert.notEqual(verdicts[0], undefined);
    });
  }

  it('and what only looks like one is not', () => {
    const text = `// import { a } from 'node:fs';\nconst text = "import { a } from 'node:fs'";\n`;
    assert.deepEqual(judged('server/src/core/base/hash.ts', text), []);
  });
});

describe('the browser', () => {
  for (const entry of ['server/src/browser/main.ts', 'client/src/browser/main.ts']) {
    it(`gets nothing of Node from ${entry}`, () => {
      const reached = reachableFrom(entry);
      assert.ok(reached.size > 10);
      const node = [...reached].flatMap(([module, via]) =>
        /^node:|\/node$/.test(module) ? [`${module} through ${via?.from ?? entry}`] : [],
      );
      assert.deepEqual(node, []);
    });
  }

  it('does not get the command line', () => {
    const reached = [...reachableFrom('server/src/browser/main.ts').keys()];
    assert.deepEqual(
      reached.filter((path) => path.startsWith('server/src/cli/')),
      [],
    );
  });
});

describe('every file', () => {
  it('is short: 500 lines at the most', () => {
    const folders = ['server', 'client', 'test', 'scripts'];
    const files = folders.flatMap((folder) => filesBelow(folder, ['.ts', '.mjs', '.cjs']));
    const long = files.flatMap((path) => {
      const lines = readFileSync(ROOT + path, 'utf8').split('\n').length - 1;
      // A table of test cases may be longer; what it tests may not.
      return lines > (path.startsWith('test/') ? 800 : 500) ? [`${path}: ${lines} lines`] : [];
    });
    assert.deepEqual(long, []);
  });
});
