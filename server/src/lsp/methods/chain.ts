import type { ChainNode, chainAt as atMessage, chainSteps as stepsMessage } from '../../protocol/chain.ts';
import type { ParamsOf } from '../../protocol/messages.ts';
import { chainNode, endAt, stepNodes } from '../chainNodes.ts';
import type { Context } from '../context.ts';
import { toPosition } from '../fromLsp.ts';
import { foldersOf, traceSource } from './traceTree.ts';

/** `traceward/chainAt`: where a walk along the chain starts. */
export function chainAt({ session }: Context, params: ParamsOf<typeof atMessage>): ChainNode | null {
  if ('end' in params) {
    const [folder] = params.folder === '' ? [session.loose] : foldersOf(session, params.folder);
    return folder === undefined ? null : chainNode(traceSource(session, folder), params.end);
  }
  const { folder, path } = session.placeOf(params.textDocument.uri);
  const source = traceSource(session, folder);
  const end = endAt(source, path, toPosition(params.position));
  return end === undefined ? null : chainNode(source, end);
}

/** `traceward/chainSteps`: one step further. */
export function chainSteps(
  { session }: Context,
  { folder: uri, end, direction }: ParamsOf<typeof stepsMessage>,
): readonly ChainNode[] {
  const [folder] = uri === '' ? [session.loose] : foldersOf(session, uri);
  return folder === undefined ? [] : stepNodes(traceSource(session, folder), end, direction);
}
