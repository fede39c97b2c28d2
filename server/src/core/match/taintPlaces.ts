import { findTaint, type RoleMatch, type TaintFinding } from '../flow/findTaint.ts';
import { lookUp, merge, type Bindings } from './bindings.ts';
import type { Compiled, CompiledFormula, CompiledTaint } from './compileRule.ts';
import { bindingsAgree, evaluate, type Evaluation } from './evaluate.ts';
import type { Hit } from './hit.ts';

/** Where data of a source reaches a sink, and how it came there. */
export interface TaintPlace {
  readonly hit: Hit;
  readonly trace: readonly { readonly start: number; readonly end: number; readonly message: string }[];
}

/** The places where a taint rule holds, in the order of the text. */
export function taintPlaces(context: Evaluation, taint: CompiledTaint): TaintPlace[] {
  const sources = matchesOf(context, taint.sources);
  // Most files have no source or no sink: the flow is not even looked at.
  if (sources.length === 0) return [];
  const sinks = matchesOf(context, taint.sinks);
  if (sinks.length === 0) return [];
  const propagators = matchesOf(context, taint.propagators).flatMap((match) => {
    const from = lookUp(match.bindings, match.spec.from);
    const to = lookUp(match.bindings, match.spec.to);
    return from && to ? [{ ...match, from, to }] : [];
  });
  const { code, options, budget } = context;
  const findings = findTaint<Bindings>({
    ast: code.ast,
    names: code.names,
    options,
    sources,
    sinks,
    sanitizers: matchesOf(context, taint.sanitizers),
    propagators,
    agree: bindingsAgree,
    spend: () => {
      budget.spend();
    },
  });
  return onePerSink(findings.map(placeOf));
}

function matchesOf<Spec>(
  context: Evaluation,
  entries: readonly Compiled<Spec>[],
): readonly RoleMatch<Spec, Bindings>[] {
  return entries.flatMap(({ spec, formula }, index) => {
    const focused = hasFocus(formula);
    return evaluate(context, formula).map(({ start, end, bindings }) => ({
      spec,
      index,
      start,
      end,
      bindings,
      ...(focused ? { focused } : {}),
    }));
  });
}

function hasFocus(formula: CompiledFormula): boolean {
  if (formula.op === 'all')
    return (
      formula.focus.length > 0 ||
      formula.clauses.some(({ role, formula: of }) => role === 'match' && hasFocus(of))
    );
  return formula.op === 'any' && formula.of.some(hasFocus);
}

function placeOf({ sink, source, trace, reported }: TaintFinding<Bindings>): TaintPlace {
  // The message may speak of metavariables of both; where they disagree, the sink's count.
  const bindings = merge(sink.bindings, source.bindings);
  return {
    hit: {
      start: reported.start,
      end: reported.end,
      bindings: bindings === false ? sink.bindings : bindings,
    },
    trace: trace.map(({ start, end, kind, text }) => ({ start, end, message: `${STEP[kind]}: ${text}` })),
  };
}

const STEP = { source: 'Source', step: 'Step', sink: 'Sink' } as const;

/** Several sources may reach one sink: the first in the text tells the story. */
function onePerSink(places: readonly TaintPlace[]): TaintPlace[] {
  const byPlace = new Map<string, TaintPlace>();
  for (const place of places) {
    const key = `${place.hit.start}:${place.hit.end}`;
    if (!byPlace.has(key)) byPlace.set(key, place);
  }
  return [...byPlace.values()].sort((a, b) => a.hit.start - b.hit.start || a.hit.end - b.hit.end);
}
