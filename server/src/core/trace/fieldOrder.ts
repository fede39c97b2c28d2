import { ITEM_LISTS, type ItemListName } from './itemSchema.ts';

/** Fields that all items have, but for those that stand first. */
const COMMON: readonly string[] = ['revision', 'status', 'tags', 'justification', 'attributes'];

/** The fields of a list's items in the order in which they are written: what is special to the kind before what all have. */
export function fieldOrder(list: ItemListName): readonly string[] {
  const names = Object.keys(ITEM_LISTS[list].schema.shape);
  return [...names.filter((name) => !COMMON.includes(name)), ...COMMON];
}
