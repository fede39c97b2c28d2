import { CodeActionKind, type CodeAction } from 'vscode-languageserver';

import { applyFixes, type AppliedFixes } from '../../core/match/applyFixes.ts';
import type { Finding } from '../../core/match/finding.ts';
import { textEdit } from '../toLsp.ts';
import { diagnosticsOf, type ActionTarget } from './target.ts';
import { workspaceEdit } from './workspaceEdit.ts';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.traceward`;
const FIX_ALL_TITLE = 'Fix all Traceward findings in this file';

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

/** All fixes of a rule in the file, and all fixes in the file, where there is more to do than at this place. */
export function fixMore(target: ActionTarget, findings: readonly Finding[], at: Finding): CodeAction[] {
  if (at.fix === undefined || at.fix.length === 0) return [];
  const fixable = findings.filter(({ fix }) => fix !== undefined && fix.length > 0);
  const same = fixable.filter(({ ruleId }) => ruleId === at.ruleId);
  return [
    ...(same.length > 1
      ? together(target, same, at.ruleId, `Fix all ${at.ruleId} in this file`, CodeActionKind.QuickFix)
      : []),
    ...(fixable.length > same.length
      ? together(target, fixable, '', FIX_ALL_TITLE, CodeActionKind.QuickFix)
      : []),
  ];
}

/** Applies every fix of the file; of two that overlap the first, so that a second round can do the rest. */
export function fixAll(target: ActionTarget, findings: readonly Finding[]): CodeAction[] {
  return together(target, findings, '', FIX_ALL_TITLE, FIX_ALL);
}

/** The light bulb asks with every move of the cursor; the fixes of a file are joined and checked once for each of its versions. */
const joined = new WeakMap<ActionTarget['snapshot'], Map<string, AppliedFixes>>();

function together(
  target: ActionTarget,
  findings: readonly Finding[],
  ruleId: string,
  title: string,
  kind: string,
): CodeAction[] {
  const { session, document, snapshot } = target;
  if (!findings.some(({ fix }) => fix !== undefined && fix.length > 0)) return [];
  const known = joined.get(snapshot) ?? new Map<string, AppliedFixes>();
  joined.set(snapshot, known);
  const key = `${document.uri}\n${ruleId}\n${findings.length}`;
  const text = document.text.getText();
  const language = snapshot.files.get(document.place.path)?.language;
  const grammar = language === undefined ? undefined : session.engine.languages.grammar(language);
  const fixes = known.get(key) ?? applyFixes(text, findings, grammar);
  known.set(key, fixes);
  const edit = workspaceEdit(session, [{ uri: document.uri, edits: fixes.edits.map(textEdit) }]);
  return fixes.applied.length === 0 || edit === undefined ? [] : [{ title, kind, edit }];
}
