/** Actions of the chain explorer. */
import { commands } from 'vscode';

import { placeOf } from './codePlace.ts';
import type { Surroundings } from './commands.ts';

/** Shows the chain explorer and follows the cursor; a place that is given, or a row of another view, is shown and kept. */
export async function showChain({ chain }: Surroundings, given?: unknown): Promise<void> {
  await commands.executeCommand('traceward.chain.focus');
  const place = given === undefined ? undefined : (placeOfRow(given) ?? placeOf(given));
  if (place === undefined) {
    chain.follow();
  } else {
    await chain.show({ textDocument: { uri: place.uri }, position: place.position });
  }
}

/** Draws the chains through a row, through a place that is given, or through what the cursor is on; without any the whole trace. */
export async function showGraph({ graph }: Surroundings, given?: unknown): Promise<void> {
  const place = placeOfRow(given) ?? placeOf(given);
  await graph.show(
    place === undefined ? undefined : { textDocument: { uri: place.uri }, position: place.position },
  );
}

/** Rows come back from VS Code as they were handed out; where one leads is where its chain starts. */
function placeOfRow(row: unknown): ReturnType<typeof placeOf> {
  if (typeof row !== 'object' || row === null || !('node' in row)) {
    return undefined;
  }
  const { node } = row;
  if (typeof node !== 'object' || node === null || !('location' in node)) {
    return undefined;
  }
  const { location } = node as {
    readonly location?: { uri: string; range: { start: { line: number; character: number } } };
  };
  return location === undefined ? undefined : { uri: location.uri, position: location.range.start };
}
