/**
 * Editor and command line give one answer: over the example project and the tests of all built-in rules, what an editor shows of
 * a file that was typed in and saved is what the command line's engine finds in it.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { loadProject } from '../../server/src/host/projectLoader.ts';
import { closeEditors, openEditor } from './fakeEditor.ts';
import { diskHost, SHIPPED_RULES } from './memoryDisk.ts';
import { ROOT } from './screen.ts';

afterEach(closeEditors);

/** Files below a folder of the repository, by path. */
function filesBelow(folder: string): Record<string, string> {
  const root = fileURLToPath(new URL(`../../${folder}/`, import.meta.url));
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}

/** What each file shows, as `line:column-line:column severity rule`. */
type Findings = Readonly<Record<string, readonly string[]>>;

async function fromCommandLine(files: Record<string, string>): Promise<Findings> {
  const host = diskHost({ [ROOT]: files }, { rules: SHIPPED_RULES }, []);
  const outcome = await loadProject(host, { folder: ROOT });
  assert.ok(outcome.ok);
  const { workspace, snapshot } = outcome.project;
  const found = [...snapshot.files.keys()].map((path) => {
    const findings = snapshot.report(path)?.findings ?? [];
    const shown = findings.map(({ range: { start, end }, severity, ruleId }) => {
      return `${start.line}:${start.column}-${end.line}:${end.column} ${severity} ${ruleId}`;
    });
    return [path, shown.sort()] as const;
  });
  workspace.dispose();
  return Object.fromEntries(found);
}

const SEVERITIES = ['', 'error', 'warning', 'info', 'info'];

async function fromEditor(files: Record<string, string>, paths: readonly string[]): Promise<Findings> {
  const editor = await openEditor({
    files: { ...files },
    rules: SHIPPED_RULES,
    settings: { '': { analysisDelay: 0 } },
  });
  const found: Record<string, readonly string[]> = {};
  for (const path of paths) {
    const file = editor.open(path);
    // Something is typed in the middle, looked at, and taken back: the tree is an incremental one then.
    const line =
      file
        .text()
        .slice(0, file.text().length >> 1)
        .split('\n').length - 1;
    const start = { line, character: 0 };
    await file.change({ range: { start, end: start }, newText: 'x(' });
    await file.diagnostics();
    await file.change({ range: { start, end: { line, character: 2 } }, newText: '' });
    await file.save();
    const diagnostics = await file.diagnostics();
    found[path] = diagnostics
      .filter(({ data }) => (data as { kind?: string } | undefined)?.kind === 'finding')
      .map(({ range: { start: from, end: to }, severity = 0, code }) => {
        const place = `${from.line}:${from.character}-${to.line}:${to.character}`;
        return `${place} ${SEVERITIES[severity] ?? ''} ${String(code)}`;
      })
      .sort();
    await file.close();
  }
  return found;
}

describe('editor and command line give one answer', () => {
  // As sources: in a folder of tests their findings would not count.
  const ruleTests = Object.fromEntries(
    Object.entries(filesBelow('rules'))
      .filter(([path]) => !/\.yaml$|\.fixed\./.test(path))
      .map(([path, text]) => [`src/${path}`, text]),
  );
  for (const [name, files] of [
    ['the example', filesBelow('examples/infusion-pump')],
    ['the tests of all rules', ruleTests],
  ] as const) {
    it(`over ${name}`, async function () {
      this.timeout(120_000);
      const expected = await fromCommandLine(files);
      assert.ok(Object.values(expected).flat().length > 30, 'there is something to compare');
      assert.deepEqual(await fromEditor(files, Object.keys(expected)), expected);
    });
  }
});
