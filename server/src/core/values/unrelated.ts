import type { Node } from '../ast/node.ts';
import { isFromOutside } from './recursionDepth.ts';
import { reportAt, type Frame } from './run.ts';
import type { State, Target } from './state.ts';

/** Between two objects lies any number of bytes. What a caller gives leads to nothing that the function itself has made. */
export function reportUnrelated(frame: Frame, state: State, a: Target, b: Target, node: Node): void {
  const { world } = frame.run;
  const infos = [world.info(a.object), world.info(b.object)];
  const kinds = infos.map((info) => (info?.many === false ? info.kind : 'unknown'));
  const isOwn = kinds.includes('local') || kinds.includes('heap');
  const isApart = isOwn && (kinds.includes('given') || [a, b].some((each) => isText(frame, state, each)));
  if (!isApart && !kinds.every((kind) => OWN.has(kind))) return;
  const [one, other] = infos.map((info) =>
    info?.name === '' ? 'another object' : `\`${info?.name ?? ''}\``,
  );
  const detail = `one points into ${one ?? ''}, the other one into ${other ?? ''}`;
  reportAt(frame, state, node, 'unrelated-pointers', 'proved', detail);
}

/** A text that the system gives: of the command line, of the environment. */
function isText({ run: { world } }: Frame, state: State, { object }: Target): boolean {
  const info = world.info(object);
  return info?.kind === 'unknown' && info.size !== undefined && isFromOutside(world, state, object);
}

const OWN: ReadonlySet<string> = new Set(['local', 'static', 'heap', 'string']);
