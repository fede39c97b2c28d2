import { CodeActionKind, type CodeAction } from 'vscode-languageserver';

import { compareRanges, type TextEdit } from '../../core/base/range.ts';
import type { Finding } from '../../core/match/finding.ts';
import { textEdit } from '../toLsp.ts';
import { diagnosticsOf, touches, type ActionTarget } from './target.ts';
import { workspaceEdit } from './workspaceEdit.ts';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.traceward`;

/** Applies the fix that a rule offers. */
export function applyFix(target: ActionTarget, finding: Finding): CodeAction[] {
  if (finding.fix === undefined || finding.fix.length === 0) return [];
  const edit = workspaceEdit(target.session, [
    { uri: target.document.uri, edits: finding.fix.map(textEdit) },
  ]);
  if (edit === undefined) return [];
  return [
    {
      title: `Fix ${finding.ruleId}`,
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnosticsOf(target, finding.ruleId, finding.range),
      isPreferred: true,
      edit,
    },
  ];
}

/** Applies every fix of the file; of two that overlap the first, so that a second round can do the rest. */
export function fixAll(target: ActionTarget, findings: readonly Finding[]): CodeAction[] {
  const edits: TextEdit[] = [];
  let count = 0;
  for (const { fix } of [...findings].sort((a, b) => compareRanges(a.range, b.range))) {
    if (fix === undefined || fix.length === 0) continue;
    if (fix.some((edit) => edits.some((other) => touches(edit.range, other.range)))) continue;
    edits.push(...fix);
    count++;
  }
  const edit = workspaceEdit(target.session, [{ uri: target.document.uri, edits: edits.map(textEdit) }]);
  if (count === 0 || edit === undefined) return [];
  return [{ title: `Fix all ${count} findings that have a fix`, kind: FIX_ALL, edit }];
}
