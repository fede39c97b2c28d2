/** Runs a rule that is being written on the code that is open beside it, and marks what it finds. */
import {
  Disposable,
  OverviewRulerLane,
  Selection,
  ThemeColor,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
  type QuickPickItem,
  type TextEditor,
} from 'vscode';

import {
  tryRule as tryRequest,
  type RuleMatch,
  type TryRuleResult,
} from '../../../server/src/protocol/messages.ts';
import { editorRange } from '../places.ts';
import { plural } from '../views/words.ts';
import type { Surroundings } from './commands.ts';

interface MatchPick extends QuickPickItem {
  readonly match?: RuleMatch;
}

/** The marks of one trial; the next one, or a change of the text, takes them away. */
let marks: Disposable | undefined;

/**
 * Tries the rule at the cursor (or all rules of the file) on the source file that was looked at last and is in a language of the rule. With
 * `given` (URIs of a rule file and a source file) on those. Returns what it found.
 */
export async function tryRule(
  { server, editors }: Surroundings,
  givenRule?: unknown,
  givenSource?: unknown,
): Promise<TryRuleResult | undefined> {
  // A button of the editor's title gives the file that it stands above, which is not asked for here.
  const rule = givenRule instanceof Uri && givenSource instanceof Uri ? givenRule : editors.rule;
  const sources = givenSource instanceof Uri ? [givenSource] : editors.sources;
  const [last] = sources;
  if (rule === undefined || last === undefined) {
    const missing = rule === undefined ? 'a rule file' : 'the source file to try the rule on';
    void window.showInformationMessage(`Traceward: open ${missing}, then try again.`);
    return undefined;
  }
  const active = window.activeTextEditor;
  // Called from the source file, there is no rule that the cursor points to.
  const cursor = active?.document.uri.toString() === rule.toString() ? active.selection.active : undefined;
  const ask = (source: Uri): Promise<TryRuleResult> =>
    server.ask(tryRequest, {
      textDocument: { uri: rule.toString() },
      target: { uri: source.toString() },
      ...(cursor === undefined ? {} : { position: { line: cursor.line, character: cursor.character } }),
    });
  let chosen = last;
  let result = await ask(last);
  for (const source of sources.slice(1)) {
    if (result.rules.length > 0) {
      break;
    }
    const next = await ask(source);
    if (next.rules.length > 0) {
      chosen = source;
      result = next;
    }
  }
  const editor = await show(chosen);
  mark(editor, result.matches);
  tell(editor, result);
  return result;
}

/** The source in the editor that shows it, else in a new one beside the rule. */
async function show(uri: Uri): Promise<TextEditor> {
  const shown = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  const document = shown?.document ?? (await workspace.openTextDocument(uri));
  return window.showTextDocument(document, {
    ...(shown?.viewColumn === undefined ? {} : { viewColumn: shown.viewColumn }),
    preserveFocus: true,
  });
}

function mark(editor: TextEditor, matches: readonly RuleMatch[]): void {
  marks?.dispose();
  marks = undefined;
  if (matches.length === 0) {
    return;
  }
  const decoration = window.createTextEditorDecorationType({
    backgroundColor: new ThemeColor('editor.findMatchHighlightBackground'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.findMatchForeground'),
    overviewRulerLane: OverviewRulerLane.Center,
  });
  const { document } = editor;
  const paint = (): void => {
    for (const each of window.visibleTextEditors.filter((other) => other.document === document)) {
      each.setDecorations(
        decoration,
        matches.map((match) => editorRange(match.range)),
      );
    }
  };
  paint();
  marks = Disposable.from(
    decoration,
    window.onDidChangeVisibleTextEditors(paint),
    // The ranges are those of the text as it was.
    workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0) {
        marks?.dispose();
        marks = undefined;
      }
    }),
  );
}

function tell(editor: TextEditor, result: TryRuleResult): void {
  const name = workspace.asRelativePath(editor.document.uri);
  const rules = result.rules.length === 1 ? (result.rules[0] ?? '') : plural(result.rules.length, 'rule');
  if (result.matches.length === 0) {
    const [problem] = result.problems;
    if (problem === undefined) {
      void window.showInformationMessage(`Traceward: ${rules} finds nothing in ${name}.`);
    } else {
      void window.showWarningMessage(`Traceward: ${problem}`);
    }
    return;
  }
  const title = `${rules}: ${plural(result.matches.length, 'match').replace(/matchs$/, 'matches')} in ${name}`;
  window.setStatusBarMessage(title, 10_000);
  const list = window.createQuickPick<MatchPick>();
  list.title = title;
  list.placeholder = result.problems[0] ?? 'Go to a match';
  list.matchOnDescription = true;
  list.items = result.matches.map((match) => ({
    label: `${match.range.start.line + 1}: ${match.text}`,
    description: result.rules.length > 1 ? match.ruleId : match.message,
    match,
  }));
  list.onDidChangeActive(([pick]) => reveal(editor, pick?.match, false));
  list.onDidAccept(() => {
    reveal(editor, list.activeItems[0]?.match, true);
    list.hide();
  });
  list.onDidHide(() => list.dispose());
  list.show();
}

function reveal(editor: TextEditor, match: RuleMatch | undefined, isChosen: boolean): void {
  if (match === undefined) {
    return;
  }
  const range = editorRange(match.range);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  if (isChosen) {
    editor.selection = new Selection(range.start, range.start);
    void window.showTextDocument(editor.document, {
      selection: new Selection(range.start, range.start),
      ...(editor.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
    });
  }
}
