import { sha256Hex } from '../base/hash.ts';
import { LineIndex } from '../base/lineIndex.ts';
import type { Range } from '../base/range.ts';
import { findTaint, type RoleMatch, type TaintFinding } from '../flow/findTaint.ts';
import type { ForeignText, OutsideFiles } from '../flow/outside.ts';
import type { TaintInput } from '../flow/taint.ts';
import { lookUp, merge, type Bindings } from './bindings.ts';
import type { Compiled, CompiledFormula, CompiledRule, CompiledTaint } from './compileRule.ts';
import { bindingsAgree, type Evaluation } from './evaluate.ts';
import type { Elsewhere } from './finding.ts';
import type { Hit } from './hit.ts';
import { evaluateWhere, type SearchedPieces } from './searchedPieces.ts';

/** Where data of a source reaches a sink, and how it came there. */
export interface TaintPlace {
  readonly hit: Hit;
  /** The place that it is about, when that is in another file. */
  readonly elsewhere: Elsewhere | undefined;
  readonly trace: readonly {
    readonly start: number;
    readonly end: number;
    readonly message: string;
    /** The place, when it is in another file. */
    readonly elsewhere?: { readonly path: string; readonly range: Range };
  }[];
}

/** What the entries of a taint rule match in a file. */
export type RoleMatches = Pick<
  TaintInput<Bindings>,
  'options' | 'sources' | 'sinks' | 'sanitizers' | 'propagators'
>;

/** The rule follows data into functions of other files. */
export function followsCalls({ rule, formula }: CompiledRule): boolean {
  return formula.op === 'taint' && rule.options.interfile && rule.options.taint_intrafile;
}

/** What a taint rule matches in a file that others call. Bindings know their text: they are read where the file is not at hand. */
export function roleMatchesIn(context: Evaluation, { formula }: CompiledRule): RoleMatches {
  if (formula.op !== 'taint')
    return { options: context.options, sources: [], sinks: [], sanitizers: [], propagators: [] };
  const { text } = context.code;
  const withText = <Match extends { readonly bindings: Bindings | undefined }>(match: Match): Match => ({
    ...match,
    bindings: written(match.bindings, text),
  });
  return {
    options: context.options,
    sources: matchesOf(context, formula.sources).map(withText),
    sinks: matchesOf(context, formula.sinks).map(withText),
    sanitizers: matchesOf(context, formula.sanitizers),
    propagators: propagatorsOf(context, formula),
  };
}

/** Bindings that agree with anything, and of which only the text is known. */
function written(bindings: Bindings | undefined, code: string): Bindings | undefined {
  if (bindings === undefined) return undefined;
  const { name, value, rest } = bindings;
  const text = value.text ?? code.slice(value.start, value.end);
  return { name, value: { ...value, text, node: undefined, key: undefined }, rest: written(rest, code) };
}

/**
 * The places where a taint rule holds, in the order of the text.
 *
 * @param pieces of a file that is open, with what is known of them
 */
export function taintPlaces(
  context: Evaluation,
  taint: CompiledTaint,
  outside?: OutsideFiles,
  pieces?: SearchedPieces,
): TaintPlace[] {
  const sources = matchesOf(context, taint.sources, pieces);
  // Most files have no source or no sink: the flow is not even looked at.
  if (sources.length === 0 && outside === undefined) return [];
  const sinks = matchesOf(context, taint.sinks, pieces);
  if (sinks.length === 0 && outside === undefined) return [];
  const { code, options, budget } = context;
  const findings = findTaint<Bindings>({
    ast: code.ast,
    names: code.names,
    options,
    sources,
    sinks,
    sanitizers: matchesOf(context, taint.sanitizers, pieces),
    propagators: propagatorsOf(context, taint, pieces),
    outside,
    agree: bindingsAgree,
    spend: () => {
      budget.spend();
    },
  });
  const lines = new Map<ForeignText, LineIndex>();
  return onePerSink(findings).map((finding) => placeOf(finding, lines));
}

function propagatorsOf(
  context: Evaluation,
  taint: CompiledTaint,
  pieces?: SearchedPieces,
): RoleMatches['propagators'] {
  return matchesOf(context, taint.propagators, pieces).flatMap((match) => {
    const from = lookUp(match.bindings, match.spec.from);
    const to = lookUp(match.bindings, match.spec.to);
    return from && to ? [{ ...match, from, to }] : [];
  });
}

function matchesOf<Spec>(
  context: Evaluation,
  entries: readonly Compiled<Spec>[],
  pieces?: SearchedPieces,
): readonly RoleMatch<Spec, Bindings>[] {
  return entries.flatMap(({ spec, formula }, index) => {
    const focused = hasFocus(formula);
    return evaluateWhere(context, formula, pieces).map(({ start, end, bindings }) => ({
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

function placeOf(
  { sink, source, trace, reported, elsewhere }: TaintFinding<Bindings>,
  lines: Map<ForeignText, LineIndex>,
): TaintPlace {
  // The message may speak of metavariables of both; where they disagree, the sink's count.
  const bindings = merge(sink.bindings, source.bindings);
  return {
    hit: {
      start: reported.start,
      end: reported.end,
      bindings: bindings === false ? sink.bindings : bindings,
    },
    elsewhere: elsewhere && {
      path: elsewhere.code.path,
      range: linesOf(elsewhere.code, lines).rangeOf(elsewhere),
      hash: sha256Hex(elsewhere.code.text),
    },
    trace: trace.map(({ start, end, kind, text, code }) => ({
      start,
      end,
      message: `${STEP[kind]}: ${text}`,
      ...(code === undefined
        ? {}
        : { elsewhere: { path: code.path, range: linesOf(code, lines).rangeOf({ start, end }) } }),
    })),
  };
}

function linesOf(code: ForeignText, known: Map<ForeignText, LineIndex>): LineIndex {
  let lines = known.get(code);
  if (lines === undefined) known.set(code, (lines = new LineIndex(code.text)));
  return lines;
}

const STEP = { source: 'Source', step: 'Step', sink: 'Sink' } as const;

/** Several sources may reach one sink: the first in the text tells the story. In the order of the text. */
function onePerSink(findings: readonly TaintFinding<Bindings>[]): TaintFinding<Bindings>[] {
  const byPlace = new Map<string, TaintFinding<Bindings>>();
  for (const finding of findings) {
    const { reported, elsewhere } = finding;
    const key = elsewhere
      ? `${elsewhere.start} ${elsewhere.end} ${elsewhere.code.path}`
      : `${reported.start} ${reported.end}`;
    if (!byPlace.has(key)) byPlace.set(key, finding);
  }
  return [...byPlace.values()].sort(
    (a, b) => a.reported.start - b.reported.start || a.reported.end - b.reported.end,
  );
}
