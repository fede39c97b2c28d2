import { window, workspace, type TextDocument, type Uri } from 'vscode';

import { isRuleFile } from '../contextKeys.ts';
import type { Disposes } from '../disposes.ts';

/** Which rule file and which other files were looked at last: a rule is tried from either side. */
export interface LastEditors extends Disposes {
  readonly rule: Uri | undefined;
  /** Files that are no rule files and still open, the last one first. */
  readonly sources: readonly Uri[];
}

const MAX_SOURCES = 10;
/** Documents that are shown as text and are no files of the user. */
const OTHER_SCHEMES: readonly string[] = ['output', 'debug', 'vscode', 'git', 'comment'];

export function followLastEditors(): LastEditors {
  let rule: TextDocument | undefined;
  let sources: readonly TextDocument[] = [];
  const note = (document: TextDocument | undefined): void => {
    if (document === undefined || OTHER_SCHEMES.includes(document.uri.scheme)) {
      return;
    }
    if (isRuleFile(document)) {
      rule = document;
    } else {
      sources = [document, ...sources.filter((each) => each !== document)].slice(0, MAX_SOURCES);
    }
  };
  window.visibleTextEditors.forEach((editor) => note(editor.document));
  note(window.activeTextEditor?.document);
  const listeners = [
    window.onDidChangeActiveTextEditor((editor) => note(editor?.document)),
    workspace.onDidCloseTextDocument((document) => {
      sources = sources.filter((each) => each !== document);
    }),
  ];
  return {
    get rule() {
      return rule?.uri;
    },
    get sources() {
      return sources.map(({ uri }) => uri);
    },
    dispose: () => {
      for (const listener of listeners) {
        listener.dispose();
      }
    },
  };
}
