import { CodeActionKind, type CodeAction } from 'vscode-languageserver';

import type { Finding } from '../../core/match/finding.ts';
import { clientCommands, type ReasonArguments } from '../../protocol/messages.ts';
import { diagnosticsOf, endOfLine, indentation, lineComment, lineText, type ActionTarget } from './target.ts';
import { workspaceEdit } from './workspaceEdit.ts';

const PLACEHOLDER = 'TODO: why this is acceptable';

/** A comment above the line that says why the finding is accepted. Where the client can ask for the reason, it does. */
export function suppress(target: ActionTarget, finding: Finding): CodeAction[] {
  const { document, session } = target;
  const { line } = finding.range.start;
  // A comment in the middle of a continued line (of a macro) would end it.
  if (line > 0 && lineText(document, line - 1).endsWith('\\')) return [];
  const at = { line, character: 0 };
  const before = `${indentation(document, line)}${lineComment(target)} traceward-ignore: ${finding.ruleId} -- `;
  const after = endOfLine(document);
  const action = {
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnosticsOf(target, finding.ruleId, finding.range),
  };
  if (session.client.commands.has(clientCommands.suppressWithReason)) {
    const argument: ReasonArguments = {
      uri: document.uri,
      version: document.text.version,
      subject: finding.ruleId,
      position: at,
      before,
      after,
      placeholder: PLACEHOLDER,
    };
    const title = `Suppress ${finding.ruleId} with a reason...`;
    return [
      {
        ...action,
        title,
        command: { title, command: clientCommands.suppressWithReason, arguments: [argument] },
      },
    ];
  }
  const newText = `${before}${PLACEHOLDER}${after}`;
  const edit = workspaceEdit(session, [
    { uri: document.uri, edits: [{ range: { start: at, end: at }, newText }] },
  ]);
  return edit === undefined
    ? []
    : [{ ...action, title: `Suppress ${finding.ruleId} (then write the reason)`, edit }];
}
