import type { CodeAction } from 'vscode-languageserver';

import { kindName, type Category, type ItemKind } from '../../core/trace/item.ts';
import { TARGET_KINDS } from '../../core/trace/linker.ts';
import type { TracedLink } from '../../core/trace/traceGraph.ts';
import { linksOfUnit, unitAt } from '../lookup.ts';
import { createItem } from './createItem.ts';
import { linkAction } from './linkAction.ts';
import { NEW_KINDS, type NewItem, type NewKind, type NewValue } from './newItemText.ts';
import type { ActionTarget } from './target.ts';

/** The id that a tag or a list names, made an item: of the kind that the ids beside it are, else of the first that the link may lead to. */
export async function createMissingItem(target: ActionTarget, link: TracedLink): Promise<CodeAction[]> {
  const kind = kindOf(target, link);
  if (kind === undefined) return [];
  const { session, document } = target;
  const item: NewItem = { kind, id: link.to, fields: fieldsOf(target, link, kind) };
  const file = await createItem(session, document.place.folder, item);
  return file === undefined ? [] : linkAction(target, link, `Create ${kindName(kind)} ${link.to}`, [file]);
}

function kindOf({ snapshot: { trace } }: ActionTarget, link: TracedLink): NewKind | undefined {
  const owner = typeof link.from === 'string' ? trace.byId.get(link.from)?.[0]?.item.kind : 'code';
  const allowed = owner === undefined ? [] : (TARGET_KINDS[owner][link.type] ?? []);
  const prefix = link.to.split('-', 1)[0] ?? '';
  const alike = new Set(
    trace.items.filter(({ item }) => item.id.startsWith(`${prefix}-`)).map(({ item }) => item.kind),
  );
  const [only] = alike;
  // No kind at all is alike, or several are: then the link decides.
  const wanted = alike.size === 1 && only !== undefined ? [only] : prefix === 'TC' ? ['test'] : allowed;
  return (wanted as readonly ItemKind[]).find(
    (each): each is NewKind => allowed.includes(each) && each in NEW_KINDS,
  );
}

/** What its kind must say. What only a person can know is a text that begins with TODO, or a list that is empty and so is reported. */
function fieldsOf(target: ActionTarget, link: TracedLink, kind: NewKind): NewItem['fields'] {
  const title: [string, NewValue] = ['title', { text: `TODO: ${about(link)}` }];
  switch (kind) {
    case 'requirement':
      return [
        title,
        ['text', { text: 'TODO: say what the device shall do.' }],
        ['category', { word: categoryOf(target, link) }],
      ];
    case 'control':
      return [
        title,
        ['category', { word: categoryOf(target, link) }],
        ['mitigates', { list: neighbours(target, link, 'mitigates') }],
      ];
    case 'test':
      return [title, ['verifies', { list: verifiedNear(target, link) }]];
    case 'threat':
      return [title, ['stride', { list: [] }]];
    default:
      return [title];
  }
}

function about({ from }: TracedLink): string {
  if (typeof from === 'string') return `what ${from} leads to`;
  return `what ${from.kind === 'file' ? from.path : from.name} is for`;
}

/** The category of what leads to it, or of the ids that are counted alike. */
function categoryOf({ snapshot: { trace } }: ActionTarget, { from, to }: TracedLink): Category {
  const source = typeof from === 'string' ? trace.byId.get(from)?.[0]?.item.category : undefined;
  const stem = to.replace(/[^-]*$/, '');
  return source ?? trace.items.find(({ item }) => item.id.startsWith(stem))?.item.category ?? 'integrity';
}

/** Ids that the item with the link leads to by another type of link: what a requirement mitigates, its new control does. */
function neighbours({ snapshot: { trace } }: ActionTarget, { from }: TracedLink, type: string): string[] {
  const source = typeof from === 'string' ? trace.byId.get(from)?.[0] : undefined;
  return source === undefined
    ? []
    : source.outgoing.filter((each) => each.type === type && each.status === 'covered').map(({ to }) => to);
}

/** Requirements that the tags of the same test code verify. */
function verifiedNear({ snapshot, document }: ActionTarget, { location }: TracedLink): string[] {
  const facts = snapshot.files.get(document.place.path);
  if (facts === undefined) return [];
  return linksOfUnit(snapshot.trace, facts, unitAt(facts, location.range.start))
    .filter(({ type, status }) => type === 'verifies' && status === 'covered')
    .map(({ to }) => to);
}
