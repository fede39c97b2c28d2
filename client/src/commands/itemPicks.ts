import { QuickPickItemKind, type QuickPickItem } from 'vscode';

import type { ItemEntry } from '../../../server/src/protocol/messages.ts';
import { kindIcons, kindNames } from '../views/icons.ts';

/** Requirements first: they are what is looked for most. */
const KIND_ORDER: readonly ItemEntry['kind'][] = [
  'requirement',
  'design',
  'threat',
  'vulnerability',
  'risk',
  'control',
  'test',
  'result',
  'asset',
  'element',
  'flow',
  'zone',
  'component',
  'unit',
  'justification',
];

export interface ItemPick extends QuickPickItem {
  /** Undefined for a heading. */
  readonly item?: ItemEntry;
}

/** Items as a list to choose from, under headings. */
export function itemPicks(items: readonly ItemEntry[]): ItemPick[] {
  return KIND_ORDER.flatMap((kind): ItemPick[] => {
    const ofKind = items.filter((item) => item.kind === kind);
    const heading = { label: `${kindNames[kind]}s`, kind: QuickPickItemKind.Separator };
    return ofKind.length === 0 ? [] : [heading, ...ofKind.map(pickOf)];
  });
}

function pickOf(item: ItemEntry): ItemPick {
  const wrong = item.status === 'gap' || item.status === 'broken';
  const icon = kindIcons[item.kind] ?? 'circle';
  return {
    label: `$(${icon}) ${item.id}`,
    description: `${item.title}${wrong ? ' $(warning)' : ''}`,
    item,
  };
}
