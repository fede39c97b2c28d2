import { compareText } from '../base/order.ts';
import type { Reached } from './frame.ts';
import { Analysis } from './analysis.ts';
import { withoutConstantSinks } from './constantSinks.ts';
import type { ForeignFile, ForeignText } from './outside.ts';
import { record } from './sinks.ts';
import type { TaintFinding, TaintInput, TraceStep } from './taint.ts';
import type { Trace } from './values.ts';

export type { RoleMatch, TaintFinding } from './taint.ts';

const MAX_TEXT = 80;

/**
 * Finds where data of a source reaches a sink, in the functions of one file and through calls between them, and through calls of functions
 * of other files where these are given. Sorted by sink, then source; one for each pair of them. Throws only what `spend` throws.
 */
export function findTaint<Bindings>(given: TaintInput<Bindings>): readonly TaintFinding<Bindings>[] {
  const input = withoutConstantSinks(given);
  const lacks = input.sources.length === 0 || input.sinks.length === 0;
  if (lacks && input.outside === undefined) return [];
  // The bindings go through as they are.
  const analysis = new Analysis(input as TaintInput<unknown>);
  if (lacks && analysis.callsOutside().length === 0) return [];
  const reached = analysis.run();
  const { sources, sinks } = analysis as Pick<TaintInput<Bindings>, 'sources' | 'sinks'>;
  return findingsOf({ ...input, sources, sinks }, reached);
}

/** What the functions of a file do for those of other files. Throws only what `spend` throws. */
export function foreignFileOf(code: ForeignText, input: TaintInput<unknown>): ForeignFile {
  const analysis = new Analysis(input);
  const { program, sources, sinks, conditions } = analysis;
  const calls = analysis.callsOutside();
  let isFollowed = false;
  return {
    code,
    program,
    sources,
    sinks,
    conditions,
    isOfInterest: sources.length > 0 || sinks.length > 0 || calls.length > 0,
    summaryOf: (callable) => {
      // All of them at once: what one leaves in a field may be what another finds there.
      if (!isFollowed)
        analysis.run(new Set(program.callables.flatMap(({ id, inner }) => (inner ? [] : [id]))));
      isFollowed = true;
      return analysis.learnt(callable);
    },
  };
}

function findingsOf<Bindings>(
  { ast, options, sources, sinks, agree }: TaintInput<Bindings>,
  reached: readonly Reached[],
): readonly TaintFinding<Bindings>[] {
  const pairs = new Map<string, Reached>();
  for (const found of reached) record({ reached: pairs, awaited: new Map(), invoked: new Map() }, found);
  const findings: TaintFinding<Bindings>[] = [];
  for (const found of pairs.values()) {
    const sink = sinks[found.sink];
    const source = sources[found.source];
    if (sink === undefined || source === undefined) continue;
    if (options.taint_unify_mvars && !agree(source.bindings, sink.bindings)) continue;
    const onSource = options.taint_focus_on === 'source';
    const reported = onSource && source.code === undefined ? source : sink;
    const { start, end, code } = source;
    findings.push({
      sink,
      source,
      // Of many sources at one sink, only one tells its way.
      get trace() {
        return stepsOf(ast.text, found.trace);
      },
      labels: found.labels,
      reported: { start: reported.start, end: reported.end },
      elsewhere: onSource ? code && { start, end, code } : sink.inside,
    });
  }
  return findings.sort(
    (a, b) =>
      a.sink.start - b.sink.start ||
      a.sink.end - b.sink.end ||
      a.sink.index - b.sink.index ||
      // Sources of the file itself first.
      compareText(a.source.code?.path ?? '', b.source.code?.path ?? '') ||
      a.source.start - b.source.start ||
      a.source.end - b.source.end ||
      a.source.index - b.source.index,
  );
}

function stepsOf(text: string, trace: Trace): readonly TraceStep[] {
  const places: Trace[] = [];
  for (let at: Trace | undefined = trace; at !== undefined; at = at.previous) places.push(at);
  places.reverse();
  return places.map(({ start, end, code }, index) => ({
    start,
    end,
    code,
    kind: index === places.length - 1 ? 'sink' : index === 0 ? 'source' : 'step',
    text: shorten((code?.text ?? text).slice(start, Math.min(end, start + 4 * MAX_TEXT))),
  }));
}

function shorten(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line;
}
