/** The one place where the editor tests touch VS Code's API: so that the tests themselves read like the screen. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

import type { TracewardApi, ViewRow } from '../../client/src/api.ts';

const PATIENCE_MS = 25_000;
/** The first scan of the example, on a machine that does much else. */
const SCAN_PATIENCE_MS = 55_000;
const POLL_MS = 50;

/** Polls until `probe` gives a value. Fails with `what` and what was last seen. */
export async function waitFor<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  seen: () => unknown = () => 'nothing',
  patience = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const value = await probe();
    if (value !== undefined) {
      return value;
    }
    if (Date.now() > deadline) {
      const last = JSON.stringify(seen(), undefined, 1);
      assert.fail(`Waited ${patience / 1000} s for ${what}. Seen last: ${last}`);
    }
    await pause(POLL_MS);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

// --- The extension ------------------------------------------------------------------------------------------------------------

export function extension(): vscode.Extension<TracewardApi> {
  const found = vscode.extensions.getExtension<TracewardApi>('traceward.traceward');
  assert.ok(found, 'traceward.traceward is not installed');
  return found;
}

/** The started extension, with the whole workspace analysed. */
export async function traceward(): Promise<TracewardApi> {
  const api = await extension().activate();
  await waitFor(
    'the workspace to be analysed',
    () => (api.serverLife() === 'running' && api.summary()?.state === 'ready' ? true : undefined),
    () => [api.serverLife(), api.summary()],
    SCAN_PATIENCE_MS,
  );
  return api;
}

/** Runs a command of the palette. */
export function command<T = unknown>(id: string, ...given: unknown[]): Promise<T> {
  return Promise.resolve(vscode.commands.executeCommand<T>(id, ...given));
}

/** Presses Enter in the open list or input box until what waits for that is done: a list on a busy machine may be late. */
export async function acceptQuickInput<T>(waiting: Promise<T>): Promise<T> {
  let isDone = false;
  const done = waiting.finally(() => {
    isDone = true;
  });
  const press = async (): Promise<void> => {
    await pause(400);
    if (!isDone) {
      await command('workbench.action.acceptSelectedQuickOpenItem');
      await press();
    }
  };
  const [result] = await Promise.all([done, press()]);
  return result;
}

// --- Files and editors --------------------------------------------------------------------------------------------------------

export function uriOf(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(path)));
}

export async function writeText(path: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uriOf(path), new TextEncoder().encode(text));
}

export async function remove(path: string): Promise<void> {
  await vscode.workspace.fs.delete(uriOf(path), { recursive: true });
}

export async function open(path: string): Promise<vscode.TextEditor> {
  const uri = uriOf(path);
  // As a click in the explorer does; `showTextDocument` would keep the document open after its tab is closed.
  await command('vscode.open', uri, { preview: false });
  return waitFor(`${path} to be shown`, () => {
    const active = vscode.window.activeTextEditor;
    return active?.document.uri.toString() === uri.toString() ? active : undefined;
  });
}

/** Throws away unsaved changes and closes every editor. */
export async function closeEverything(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter((each) => each.isDirty)) {
    await vscode.window.showTextDocument(document);
    await command('workbench.action.files.revert');
  }
  await command('workbench.action.closeAllEditors');
}

/** Where `text` stands for the first time; with `into`, that many characters further. */
export function placeOf(document: vscode.TextDocument, text: string, into = 0): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.notEqual(offset, -1, `${document.uri.path} does not contain ${text}`);
  return document.positionAt(offset + into);
}

/** Types over the first occurrence of `text`. */
export async function replace(editor: vscode.TextEditor, text: string, by: string): Promise<void> {
  const start = placeOf(editor.document, text);
  const range = new vscode.Range(
    start,
    editor.document.positionAt(editor.document.offsetAt(start) + text.length),
  );
  assert.ok(await editor.edit((edit) => edit.replace(range, by)), 'the edit was not applied');
}

/** Text of a line, counted from 1. */
export function lineOf(document: vscode.TextDocument, line: number): string {
  return document.lineAt(line - 1).text;
}

// --- What the editor shows ----------------------------------------------------------------------------------------------------

/** What is underlined in a file: `156 error timing-unsafe-comparison`, lines counted from 1, in the order of the text. */
export function underlined(path: string): string[] {
  return diagnosticsOf(path)
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map((each) => `${each.range.start.line + 1} ${severityWord(each)} ${ruleOf(each)}`);
}

export function diagnosticsOf(path: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uriOf(path)).filter((each) => each.source === 'traceward');
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

function severityWord({ severity }: vscode.Diagnostic): string {
  return vscode.DiagnosticSeverity[severity].toLowerCase();
}

/** Waits until a file is underlined as `expected` says. */
export function waitForUnderlined(path: string, expected: readonly string[]): Promise<true> {
  return waitFor(
    `${path} to be underlined: ${expected.join('; ') || 'nowhere'}`,
    () => (underlined(path).join('\n') === expected.join('\n') ? true : undefined),
    () => underlined(path),
  );
}

/** Waits until some line of a file is underlined for `rule`; gives the first. */
export function waitForFinding(path: string, rule: string): Promise<vscode.Diagnostic> {
  return waitFor(
    `${rule} in ${path}`,
    () => diagnosticsOf(path).find((each) => ruleOf(each) === rule),
    () => underlined(path),
  );
}

export function waitForNoFinding(path: string, rule: string): Promise<true> {
  return waitFor(
    `no ${rule} in ${path}`,
    () => (diagnosticsOf(path).every((each) => ruleOf(each) !== rule) ? true : undefined),
    () => underlined(path),
  );
}

/** Text of all hovers at a place. */
export async function hoverAt(editor: vscode.TextEditor, position: vscode.Position): Promise<string> {
  const hovers = await command<vscode.Hover[]>('vscode.executeHoverProvider', editor.document.uri, position);
  return hovers
    .flatMap((hover) => hover.contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : JSON.stringify(content)))
    .join('\n');
}

/** `security/requirements.yaml:13`, lines counted from 1. */
export function shortPlace(uri: vscode.Uri, range: vscode.Range): string {
  return `${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1}`;
}

export async function definitionsAt(editor: vscode.TextEditor, position: vscode.Position): Promise<string[]> {
  const found = await command<(vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    editor.document.uri,
    position,
  );
  return found.map((each) =>
    'targetUri' in each
      ? shortPlace(each.targetUri, each.targetSelectionRange ?? each.targetRange)
      : shortPlace(each.uri, each.range),
  );
}

export async function referencesAt(editor: vscode.TextEditor, position: vscode.Position): Promise<string[]> {
  const { uri } = editor.document;
  const found = await command<vscode.Location[]>('vscode.executeReferenceProvider', uri, position);
  return found.map((each) => shortPlace(each.uri, each.range));
}

/** Lenses of our own in a file, by the line above which they stand, counted from 1. */
export async function lensesOf(
  editor: vscode.TextEditor,
): Promise<readonly { readonly line: number; readonly command: vscode.Command }[]> {
  const { uri } = editor.document;
  const lenses = await command<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  return lenses.flatMap(({ range, command: behind }) =>
    behind?.command === 'traceward.showTrace' ? [{ line: range.start.line + 1, command: behind }] : [],
  );
}

/** Ids offered at a place. */
export async function completionsAt(
  editor: vscode.TextEditor,
  position: vscode.Position,
): Promise<vscode.CompletionItem[]> {
  const { uri } = editor.document;
  const list = await command<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, position);
  return list.items;
}

export function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

/** What the light bulb offers over a range. */
export async function actionsAt(
  editor: vscode.TextEditor,
  range: vscode.Range,
): Promise<readonly vscode.CodeAction[]> {
  const { uri } = editor.document;
  return command<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, undefined, 100);
}

/** Picks the action whose title matches, and does what the editor does with it. */
export async function applyAction(
  editor: vscode.TextEditor,
  range: vscode.Range,
  title: RegExp,
): Promise<vscode.CodeAction> {
  const action = await waitForAction(editor, range, title);
  if (action.edit !== undefined) {
    assert.ok(await vscode.workspace.applyEdit(action.edit), 'the edit of the action was not applied');
  }
  return action;
}

export async function waitForAction(
  editor: vscode.TextEditor,
  range: vscode.Range,
  title: RegExp,
): Promise<vscode.CodeAction> {
  let titles: string[] = [];
  return waitFor(
    `an action ${String(title)}`,
    async () => {
      const actions = await actionsAt(editor, range);
      titles = actions.map((each) => each.title);
      return actions.find((each) => title.test(each.title));
    },
    () => titles,
  );
}

export async function linksOf(editor: vscode.TextEditor): Promise<vscode.DocumentLink[]> {
  const links = await command<vscode.DocumentLink[]>('vscode.executeLinkProvider', editor.document.uri, 100);
  return links.filter(({ target }) => target?.path.includes('/security/') === true);
}

// --- Views --------------------------------------------------------------------------------------------------------------------

/** The row with this label, at any depth. */
export function rowOf(rows: readonly ViewRow[], label: string): ViewRow {
  const found = findRow(rows, label);
  assert.ok(found, `no row ${label} among ${rows.map((row) => row.label).join(', ')}`);
  return found;
}

export function findRow(rows: readonly ViewRow[], label: string): ViewRow | undefined {
  for (const row of rows) {
    const found = row.label === label ? row : findRow(row.children, label);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** A row and what is below it, indented as on the screen: `label  description`. */
export function outline(row: ViewRow, indent = ''): string[] {
  const own = `${indent}${row.label}${row.description === '' ? '' : `  ${row.description}`}`;
  return [own, ...row.children.flatMap((child) => outline(child, `${indent}  `))];
}
