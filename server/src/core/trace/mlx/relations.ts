import type { LinkType } from '../item.ts';
import type { SourceSettings } from '../sources.ts';

/** What an option of an item is: a link that starts at the item, or one that leads to it. */
export interface Relation {
  readonly type: LinkType;
  readonly reverse: boolean;
  /** The word for the link that goes the usual way, by which both directions are the same link. */
  readonly forward: string;
}

/** Relations that projects usually have, each with the name of the way back. */
const USUAL: readonly (readonly [forward: string, back: string, type: LinkType])[] = [
  ['fulfills', 'fulfilled_by', 'derives'],
  ['satisfies', 'satisfied_by', 'derives'],
  ['refines', 'refined_by', 'derives'],
  ['derives_from', 'derived_by', 'derives'],
  ['realizes', 'realized_by', 'derives'],
  ['implements', 'implemented_by', 'implements'],
  ['validates', 'validated_by', 'verifies'],
  ['verifies', 'verified_by', 'verifies'],
  ['tests', 'tested_by', 'verifies'],
  ['mitigates', 'mitigated_by', 'mitigates'],
  ['depends_on', 'impacts_on', 'relates'],
  ['impacts_on', 'depends_on', 'relates'],
  ['trace', 'backtrace', 'relates'],
  ['assesses', 'assessed_by', 'relates'],
  ['passes', 'passed_by', 'relates'],
  ['fails', 'failed_by', 'relates'],
  ['skipped', 'skipped_by', 'relates'],
];

/**
 * Only the project's own program says which options are relations: the usual names, those under `roles`, and whatever else ends with
 * `_by` are.
 */
export function relationOf(name: string, { roles }: SourceSettings): Relation | undefined {
  const told = Object.hasOwn(roles, name) ? roles[name] : undefined;
  const forward = USUAL.find(([word]) => word === name);
  if (forward !== undefined) return { type: told ?? forward[2], reverse: false, forward: name };
  const back = USUAL.find(([, word]) => word === name);
  if (back !== undefined) return { type: told ?? back[2], reverse: true, forward: back[0] };
  if (name.startsWith('ext_')) return undefined;
  if (name.endsWith('_by')) return { type: told ?? 'relates', reverse: true, forward: name };
  return told === undefined ? undefined : { type: told, reverse: false, forward: name };
}
