import type { Node } from '../ast/node.ts';
import type { Frame } from './frame.ts';
import { withTaints } from './roles.ts';
import { allTaints, CLEAN, join, withField, type Value } from './values.ts';

/** What elements, pairs and named parts make together: those with a name become fields; those of a tuple, by their place. */
export function literalOf(frame: Frame, parts: readonly Node[], isTuple = false): Value {
  let value = CLEAN;
  const byPlace = isTuple && !parts.some(({ kind }) => kind === 'spread');
  for (const [index, part] of parts.entries()) {
    const given = frame.evaluate(part);
    const name =
      part.kind === 'pair' ? part.part('key') : part.kind === 'keyword' ? part.part('name') : undefined;
    if (name?.kind === 'identifier' || name?.kind === 'string') value = withField(value, [name.text], given);
    else if (byPlace) value = withField(value, [String(index)], given);
    else if (part.kind === 'spread') value = join(value, given);
    else value = withTaints(value, allTaints(given));
  }
  return frame.run.options.taint_only_propagate_through_assignments ? CLEAN : value;
}
