import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import type { Location } from 'vscode-languageclient';

import { listItems, locateItem, type ItemEntry } from '../../../server/src/protocol/messages.ts';
import { openPlace } from '../places.ts';
import { kindIcons, kindNames } from '../views/icons.ts';
import type { Surroundings } from './commands.ts';

/** Requirements first: they are what the command is named after. */
const KIND_ORDER: readonly ItemEntry['kind'][] = [
  'requirement',
  'threat',
  'risk',
  'control',
  'test',
  'asset',
];

interface ItemPick extends QuickPickItem {
  readonly place?: Location;
}

/** Opens a requirement or another item, chosen from a list; or the one whose id is given. */
export async function openItem({ server }: Surroundings, id?: unknown): Promise<void> {
  if (typeof id === 'string') {
    const [place] = await server.ask(locateItem, { id });
    if (place === undefined) {
      void window.showWarningMessage(`Traceward: no item has the id ${id}.`);
    } else {
      await openPlace(place);
    }
    return;
  }
  const items = await server.ask(listItems, {});
  if (items.length === 0) {
    void window.showInformationMessage('Traceward: this workspace has no requirements or other items yet.');
    return;
  }
  const choice = await window.showQuickPick(picksOf(items), {
    title: 'Open requirement',
    placeHolder: 'Id or title of a requirement, threat, risk, control or test case',
    matchOnDescription: true,
  });
  if (choice?.place !== undefined) {
    await openPlace(choice.place);
  }
}

function picksOf(items: readonly ItemEntry[]): ItemPick[] {
  return KIND_ORDER.flatMap((kind): ItemPick[] => {
    const ofKind = items.filter((item) => item.kind === kind);
    return ofKind.length === 0
      ? []
      : [{ label: `${kindNames[kind]}s`, kind: QuickPickItemKind.Separator }, ...ofKind.map(pickOf)];
  });
}

function pickOf(item: ItemEntry): ItemPick {
  const wrong = item.status === 'gap' || item.status === 'broken';
  const icon = kindIcons[item.kind] ?? 'circle';
  return {
    label: `$(${icon}) ${item.id}`,
    description: `${item.title}${wrong ? ' $(warning)' : ''}`,
    place: item.location,
  };
}
