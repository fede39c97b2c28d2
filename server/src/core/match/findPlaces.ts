import type { Range, Span } from '../base/range.ts';
import { toMap } from './bindings.ts';
import type { Budget } from './budget.ts';
import type { Code } from './code.ts';
import type { CompiledRule } from './compileRule.ts';
import { evaluate } from './evaluate.ts';
import { fill, fixText, MAX_READ, textOf } from './fix.ts';
import type { Elsewhere } from './finding.ts';
import type { Hit } from './hit.ts';
import type { Interfile } from './otherFiles.ts';
import type { SearchedPieces } from './searchedPieces.ts';
import { taintPlaces } from './taintPlaces.ts';

export interface TracePlace {
  readonly span: Span;
  readonly message: string;
  /** The place, when it is in another file. */
  readonly elsewhere?: { readonly path: string; readonly range: Range };
}

/** Where a rule holds, with what there is to say; independent of where the code stands in its file. */
export interface Place {
  readonly rule: CompiledRule;
  /** UTF-16 offsets from the start of the piece. */
  readonly span: Span;
  readonly text: string;
  readonly message: string;
  readonly bindings: Readonly<Record<string, string>>;
  /** What to put in the place of the span. */
  readonly fix?: string;
  /** The place that it is about, when that is in another file: the span is then the call that leads there. */
  readonly elsewhere?: Elsewhere;
  /** Of a taint rule: how the data came here, offsets as in `span`. */
  readonly trace?: readonly TracePlace[];
}

/**
 * The places where a rule holds, in the order of the text.
 *
 * @param offset start of the piece in its file
 * @param pieces of a file that is open, with what is known of them
 */
export function findPlaces(
  code: Code,
  rule: CompiledRule,
  offset: number,
  budget: Budget,
  interfile?: Interfile,
  pieces?: SearchedPieces,
): Place[] {
  const { options } = rule.rule;
  const context = { code, budget, options };
  if (rule.formula.op === 'taint') {
    const places = taintPlaces(context, rule.formula, interfile?.outsideOf(rule), pieces);
    return places.map(({ hit, elsewhere, trace }) => ({
      ...placeOf(code, rule, offset, hit, elsewhere),
      trace: trace.map(({ start, end, ...step }) => ({
        span: { start: start - offset, end: end - offset },
        ...step,
      })),
    }));
  }
  return onePerPlace(evaluate(context, rule.formula)).map((hit) => placeOf(code, rule, offset, hit));
}

function placeOf(code: Code, rule: CompiledRule, offset: number, hit: Hit, elsewhere?: Elsewhere): Place {
  const bindings = textsOf(code, hit);
  // A fix is for the code that is matched, which is not at hand when it is in another file.
  const fix = elsewhere === undefined ? fixText(code, rule.rule, hit) : undefined;
  return {
    rule,
    span: { start: hit.start - offset, end: hit.end - offset },
    text: code.text.slice(hit.start, hit.end),
    message: fill(rule.rule.message, bindings),
    bindings,
    ...(fix === undefined ? {} : { fix }),
    ...(elsewhere !== undefined && rule.appliesTo(elsewhere.path) ? { elsewhere } : {}),
  };
}

/** Several ways to match one place make one finding. */
function onePerPlace(hits: readonly Hit[]): Hit[] {
  return hits.filter((hit, index) => {
    const before = hits[index - 1];
    return before?.start !== hit.start || before.end !== hit.end;
  });
}

/** Cut where messages stop reading: each of the arguments of a long call may have a finding that holds the call. */
function textsOf(code: Code, hit: Hit): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, binding] of toMap(hit.bindings)) texts[name] = textOf(code, binding).slice(0, MAX_READ);
  return texts;
}
