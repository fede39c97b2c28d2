import { CodeActionKind, type CodeAction } from 'vscode-languageserver';

import type { TracedLink } from '../../core/trace/traceGraph.ts';
import { diagnosticsOf, type ActionTarget } from './target.ts';
import { workspaceEdit, type FileEdit } from './workspaceEdit.ts';

/** An action that repairs a link; none when the client cannot do its edit. */
export function linkAction(
  target: ActionTarget,
  link: TracedLink,
  title: string,
  files: readonly FileEdit[],
  isPreferred = false,
): CodeAction[] {
  const edit = workspaceEdit(target.session, files);
  const diagnostics = diagnosticsOf(target, `trace-${link.status}`, link.location.range);
  return edit === undefined
    ? []
    : [
        {
          title,
          kind: CodeActionKind.QuickFix,
          diagnostics,
          ...(isPreferred && { isPreferred: true }),
          edit,
        },
      ];
}
