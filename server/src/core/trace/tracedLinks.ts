import { compareText } from '../base/order.ts';
import { compareLocations } from './linker.ts';
import type { Linker, Resolution, WrittenLink } from './linker.ts';
import type { LooseLink } from './item.ts';
import type { TracedLink, UnitRef } from './traceGraph.ts';

/** @param near ids that look like a missing one; undefined where they are not looked for */
export function tracedLink(
  from: string | UnitRef,
  { to, type, role, revision, location }: WrittenLink,
  { status, reason }: Resolution,
  near: readonly string[],
): TracedLink {
  const common = {
    from,
    to,
    type,
    status,
    location,
    ...(role !== undefined && { role }),
    ...(revision !== undefined && { revision }),
  };
  if (status !== 'orphaned') return { ...common, suggestions: [], ...(reason !== undefined && { reason }) };
  const advice =
    near[0] === undefined ? 'define it in an item file, or correct the id.' : `did you mean \`${near[0]}\`?`;
  return { ...common, suggestions: near, reason: `There is no item \`${to}\`: ${advice}` };
}

/** Links that stand apart and start at no item: both ends are shown where the link is written. */
export function strayLinks(linker: Linker, loose: readonly LooseLink[]): readonly TracedLink[] {
  return loose
    .filter(({ from }) => !linker.byId.has(from))
    .map(({ from, to, type, role, location }): TracedLink => {
      const [near] = linker.suggest(from);
      const advice = near === undefined ? 'define it, or correct the id.' : `did you mean \`${near}\`?`;
      const reason = `This link starts at \`${from}\`, and there is no such item: ${advice}`;
      return {
        from,
        to,
        type,
        status: 'orphaned',
        reason,
        suggestions: [],
        location,
        ...(role !== undefined && { role }),
      };
    });
}

export function compareLinks(a: TracedLink, b: TracedLink): number {
  return (
    compareLocations(a.location, b.location) ||
    compareText(a.to, b.to) ||
    compareText(a.type, b.type) ||
    compareText(nameOfEnd(a.from), nameOfEnd(b.from))
  );
}

function nameOfEnd(from: string | UnitRef): string {
  return typeof from === 'string' ? from : `${from.path} ${from.kind} ${from.name}`;
}
