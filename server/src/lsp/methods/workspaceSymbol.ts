import {
  SymbolKind,
  type CancellationToken,
  type SymbolInformation,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver';

import { kindName, type ItemKind } from '../../core/trace/item.ts';
import type { Context } from '../context.ts';
import { checkCancelled } from '../safely.ts';
import { location } from '../toLsp.ts';

const MAX_SYMBOLS = 500;

/** The protocol has no kinds for security items; these have icons that differ. */
const KINDS: Readonly<Record<ItemKind, SymbolKind>> = {
  asset: SymbolKind.Object,
  element: SymbolKind.Class,
  flow: SymbolKind.Struct,
  zone: SymbolKind.Namespace,
  component: SymbolKind.Package,
  threat: SymbolKind.Event,
  vulnerability: SymbolKind.Event,
  risk: SymbolKind.Operator,
  control: SymbolKind.Interface,
  requirement: SymbolKind.Property,
  design: SymbolKind.Module,
  unit: SymbolKind.Method,
  test: SymbolKind.Method,
  result: SymbolKind.Boolean,
  justification: SymbolKind.String,
};

/** `workspace/symbol`: items by id and title; the letters of the query occur in their order. */
export function workspaceSymbols(
  { session }: Context,
  { query }: WorkspaceSymbolParams,
  token: CancellationToken,
): SymbolInformation[] {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const symbols: SymbolInformation[] = [];
  for (const folder of session.folders) {
    checkCancelled(token);
    for (const { item } of folder.snapshot().trace.items) {
      const name = `${item.id} ${item.title}`;
      if (!hasInOrder(name.toLowerCase(), wanted)) continue;
      symbols.push({
        name,
        kind: KINDS[item.kind],
        containerName: kindName(item.kind),
        location: location(item.location, (path) => session.uriOf(folder, path)),
      });
      if (symbols.length >= MAX_SYMBOLS) return symbols;
    }
  }
  return symbols;
}

function hasInOrder(text: string, letters: string): boolean {
  let at = -1;
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
