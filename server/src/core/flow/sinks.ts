import type { Node } from '../ast/node.ts';
import { noFindings, type Findings, type Frame, type Reached } from './frame.ts';
import { meets, wanted } from './labels.ts';
import { traceTo, union, type Taint, type Taints } from './values.ts';

/** Sinks that one function passes what it gets to: a bound for files where everything calls everything. */
const MAX_AWAITED = 64;

/** Data arrives at a sink: what comes of a source is found, what comes from callers waits for them. */
export function arrive(frame: Frame, sink: number, arriving: Taints, place: Node): void {
  const match = frame.run.sinks[sink];
  if (match === undefined || (match.spec.atExit && !frame.atExit)) return;
  const taints = union(arriving, frame.state.control);
  if (taints.size === 0) return;
  const known = [...taints.values()].filter(isKnown);
  const waiting = frame.findings.awaited.get(sink);
  if (known.length < taints.size && (waiting !== undefined || frame.findings.awaited.size < MAX_AWAITED)) {
    // What is certain is found right here; it counts for callers only where labels are combined.
    const open = match.spec.requires === undefined ? withoutKnown(taints) : taints;
    frame.findings.awaited.set(sink, {
      sink,
      taints: waiting === undefined ? open : union(waiting.taints, open),
      place,
    });
  }
  const labels = new Set(known.map(({ label }) => label));
  const { requires } = match.spec;
  if (!meets(requires, labels)) return;
  const names = requires === undefined ? undefined : wanted(requires);
  const chosen = names === undefined ? known : known.filter(({ label }) => names.has(label));
  for (const { origin, trace } of chosen.length > 0 ? chosen : known) {
    if (origin.is !== 'source') continue;
    frame.run.input.spend();
    record(frame.findings, {
      sink,
      source: origin.source,
      trace: traceTo(trace, match.inside ?? match),
      labels: [...labels].sort(),
    });
  }
}

function withoutKnown(taints: Taints): Taints {
  return new Map([...taints].filter(([, taint]) => !isKnown(taint)));
}

/** The label is certain: the data comes of a source here, and no condition is open. */
export function isKnown({ origin, needs }: Taint): boolean {
  return origin.is === 'source' && needs === undefined;
}

/** Of the same source at the same sink the shortest way counts. */
export function record({ reached }: Findings, found: Reached): void {
  const key = `${found.sink}|${found.source}`;
  const known = reached.get(key);
  if (known === undefined || known.trace.length > found.trace.length) reached.set(key, found);
}

/** What several steps found, as one. */
export function mergeFindings(all: Iterable<Findings>): Findings {
  const merged = noFindings();
  for (const { reached, awaited, invoked } of all) {
    for (const found of reached.values()) record(merged, found);
    for (const [sink, found] of awaited) {
      const known = merged.awaited.get(sink);
      merged.awaited.set(
        sink,
        known === undefined ? found : { ...known, taints: union(known.taints, found.taints) },
      );
    }
    for (const [index, found] of invoked) merged.invoked.set(index, found);
  }
  return merged;
}
