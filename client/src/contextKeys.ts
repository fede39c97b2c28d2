import { commands, window, workspace, Disposable, type TextDocument } from 'vscode';

/** Names that `when` clauses of the manifest use. */
export const contextKeys = {
  /** The active editor shows a language that Traceward analyses. */
  sourceFile: 'traceward.sourceFile',
  /** The active editor shows a file of rules. */
  ruleFile: 'traceward.ruleFile',
  /** The traceability view shows gaps only. */
  gapsOnly: 'traceward.gapsOnly',
  /** The chain explorer stays with what it shows. */
  chainPinned: 'traceward.chainPinned',
  /** Somebody reviews: threads are shown and keys are in force. */
  reviewing: 'traceward.reviewing',
  /** State of the language server, as `ServerLife`. */
  server: 'traceward.server',
} as const;

export function setContextKey(key: string, value: boolean | string): void {
  void commands.executeCommand('setContext', key, value);
}

/** A YAML file with a top-level `rules:`, which is how Traceward itself tells rule files from others. */
export function isRuleFile(document: TextDocument): boolean {
  return document.languageId === 'yaml' && /^rules[ \t]*:/m.test(document.getText());
}

/** Keeps the context keys about the active editor true, so that menus show only what works there. */
export function followEditor(languages: readonly string[]): Disposable {
  const update = () => {
    const document = window.activeTextEditor?.document;
    setContextKey(contextKeys.sourceFile, document !== undefined && languages.includes(document.languageId));
    setContextKey(contextKeys.ruleFile, document !== undefined && isRuleFile(document));
  };
  update();
  return Disposable.from(window.onDidChangeActiveTextEditor(update), workspace.onDidSaveTextDocument(update));
}
