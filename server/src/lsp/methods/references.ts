import type { Location, ReferenceParams } from 'vscode-languageserver';

import type { Context } from '../context.ts';
import { toPosition } from '../fromLsp.ts';
import { idAt } from '../lookup.ts';
import { location } from '../toLsp.ts';

/** `textDocument/references`: every tag and link that names the id under the cursor, also when no item has it. */
export function references(
  { session }: Context,
  { textDocument, position, context }: ReferenceParams,
): Location[] {
  const { folder, path } = session.placeOf(textDocument.uri);
  const { trace } = folder.snapshot();
  const found = idAt(trace, path, toPosition(position));
  if (found === undefined) return [];
  const declared = context.includeDeclaration
    ? (trace.byId.get(found.id) ?? []).map(({ item }) => item.location)
    : [];
  const named = trace.links.filter(({ to }) => to === found.id).map((link) => link.location);
  return [...declared, ...named].map((at) => location(at, (each) => session.uriOf(folder, each)));
}
