import { CodeActionKind, type CodeAction } from 'vscode-languageserver';

import { innermostUnit } from '../../core/facts/report.ts';
import type { Finding } from '../../core/match/finding.ts';
import { unitName } from '../../core/trace/reviews.ts';
import { clientCommands, type AcceptFindingArguments } from '../../protocol/messages.ts';
import { diagnosticsOf, type ActionTarget } from './target.ts';

/** A record of a review that accepts a finding until the function around it changes. The client asks for the reason and stores the record. */
export function acceptFinding(target: ActionTarget, finding: Finding): CodeAction[] {
  const { session, document, snapshot } = target;
  const { folder, path } = document.place;
  const facts = snapshot.files.get(path);
  const index = facts === undefined ? -1 : innermostUnit(facts, finding);
  const unit = facts?.units[index];
  if (unit === undefined || folder.uri === '') return [];
  if (!session.client.commands.has(clientCommands.acceptFinding)) return [];
  const title = `Accept ${finding.ruleId} until \`${unit.kind === 'file' ? path : unit.name}\` changes...`;
  const argument: AcceptFindingArguments = {
    folder: folder.uri,
    uri: document.uri,
    rule: finding.ruleId,
    unit: unitName({ path, kind: unit.kind, name: unit.name }),
  };
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnosticsOf(target, finding.ruleId, finding.range),
      command: { title, command: clientCommands.acceptFinding, arguments: [argument] },
    },
  ];
}
