import {
  CodeActionKind,
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
} from 'vscode-languageserver';

import { atLeast } from '../../core/base/severity.ts';
import { acceptFinding } from '../actions/acceptFinding.ts';
import { applyFix, FIX_ALL, fixAll, fixMore } from '../actions/fix.ts';
import { justifyGap } from '../actions/justify.ts';
import { repairLink } from '../actions/links.ts';
import { suppress } from '../actions/suppress.ts';
import { insertTag } from '../actions/tags.ts';
import { touches, type ActionTarget } from '../actions/target.ts';
import type { Context } from '../context.ts';
import { toRange } from '../fromLsp.ts';
import { itemsOfPath } from '../lookup.ts';
import { checkCancelled } from '../safely.ts';

/** Kinds of action that the server offers. */
export const ACTION_KINDS: readonly string[] = [CodeActionKind.QuickFix, FIX_ALL];

/** `textDocument/codeAction`: repairs of what is wrong at a place, and all fixes of a file. */
export async function codeActions(
  { session }: Context,
  params: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const document = session.documents.get(params.textDocument.uri);
  if (document === undefined || !session.client.literalCodeActions) return [];
  const settings = await session.settingsOf(document.uri);
  if (!settings.enable) return [];
  const { folder, path } = document.place;
  const snapshot = folder.snapshot();
  const target: ActionTarget = {
    session,
    document,
    snapshot,
    range: toRange(params.range),
    context: params.context,
  };
  const findings = (snapshot.report(path)?.findings ?? []).filter(({ severity }) =>
    atLeast(severity, settings.minimumSeverity),
  );
  const actions: CodeAction[] = [];
  if (isAsked(params, CodeActionKind.QuickFix)) {
    const here = findings.filter((each) => touches(each.range, target.range));
    for (const finding of here) {
      checkCancelled(token);
      const isRule = snapshot.rules.byId.has(finding.ruleId);
      actions.push(...applyFix(target, finding), ...(await insertTag(target, finding)));
      if (isRule) actions.push(...suppress(target, finding), ...acceptFinding(target, finding));
    }
    // After the repairs of the place itself; each once, however many findings stand here.
    const more = here.flatMap((finding) => fixMore(target, findings, finding));
    actions.push(
      ...more.filter(({ title }, index) => more.findIndex((each) => each.title === title) === index),
    );
    for (const link of snapshot.trace.linksByPath.get(path) ?? []) {
      if (touches(link.location.range, target.range)) actions.push(...(await repairLink(target, link)));
    }
    for (const item of itemsOfPath(snapshot.trace, path)) {
      if (touches(item.item.location.range, target.range)) actions.push(...(await justifyGap(target, item)));
    }
  }
  if (isAsked(params, FIX_ALL)) actions.push(...fixAll(target, findings));
  return actions;
}

/** A client that names kinds wants those and the kinds below them: `source` asks for `source.fixAll.traceward` too. */
function isAsked({ context: { only } }: CodeActionParams, kind: string): boolean {
  return (
    only === undefined ||
    only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`))
  );
}
