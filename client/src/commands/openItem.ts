import { window } from 'vscode';

import { listItems, locateItem } from '../../../server/src/protocol/messages.ts';
import { openPlace } from '../places.ts';
import type { Surroundings } from './commands.ts';
import { itemPicks } from './itemPicks.ts';

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
  const choice = await window.showQuickPick(itemPicks(items), {
    title: 'Open requirement',
    placeHolder: 'Id or title of a requirement, threat, risk, control or test case',
    matchOnDescription: true,
  });
  if (choice?.item !== undefined) {
    await openPlace(choice.item.location);
  }
}
