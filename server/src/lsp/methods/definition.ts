import type { DefinitionParams, Location } from 'vscode-languageserver';

import type { Context } from '../context.ts';
import { toPosition } from '../fromLsp.ts';
import { idAt } from '../lookup.ts';
import { location } from '../toLsp.ts';

/** `textDocument/definition`: from a tag or a link to its item; from an item's own id to the items that it exists for. */
export function definition({ session }: Context, { textDocument, position }: DefinitionParams): Location[] {
  const { folder, path } = session.placeOf(textDocument.uri);
  const { trace } = folder.snapshot();
  const found = idAt(trace, path, toPosition(position));
  if (found === undefined) return [];
  const ids = found.kind === 'link' ? [found.id] : found.item.outgoing.map(({ to }) => to);
  return [...new Set(ids)]
    .flatMap((id) => trace.byId.get(id) ?? [])
    .map(({ item }) => location(item.location, (each) => session.uriOf(folder, each)));
}
