import type { CodeLens, CodeLensParams } from 'vscode-languageserver';

import { clientCommands, type ShowTraceArguments } from '../../protocol/messages.ts';
import type { Context } from '../context.ts';
import { lensText } from '../lensText.ts';
import { linksOfUnit } from '../lookup.ts';
import { position, range } from '../toLsp.ts';

/** `textDocument/codeLens`: above each unit that carries tags, what stands behind it. */
export async function codeLenses(
  { session }: Context,
  { textDocument: { uri } }: CodeLensParams,
): Promise<CodeLens[]> {
  const { enable, codeLens } = await session.settingsOf(uri);
  if (!enable || !codeLens) return [];
  const { folder, path } = session.placeOf(uri);
  const { trace, files } = folder.snapshot();
  const facts = files.get(path);
  if (facts === undefined) return [];
  const isKnown = session.client.commands.has(clientCommands.showTrace);
  return facts.units.flatMap((unit, index) => {
    const links = linksOfUnit(trace, facts, index);
    if (links.length === 0) return [];
    const start = unit.kind === 'file' ? { line: 0, column: 0 } : unit.range.start;
    const at: ShowTraceArguments = { uri, position: position(unit.nameRange.start) };
    // A client without the command shows the text all the same.
    const command = {
      title: lensText(trace, links),
      command: isKnown ? clientCommands.showTrace : '',
      arguments: [at],
    };
    return [{ range: range({ start, end: start }), command }];
  });
}
