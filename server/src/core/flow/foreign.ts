import type { LabelExpression } from '../rules/formula.ts';
import type { Node } from '../ast/node.ts';
import type { Awaited, Summary } from './frame.ts';
import type { ForeignCallee, ForeignFile, ForeignText } from './outside.ts';
import type { SinkMatch, SourceMatch } from './taint.ts';
import { openKey, type Taint, type Taints, type Trace, type Value } from './values.ts';

/** Where the places of other files get numbers among those of the file at work. */
export interface Numbering {
  readonly sources: SourceMatch<unknown>[];
  readonly sinks: SinkMatch<unknown>[];
  readonly conditions: (LabelExpression | undefined)[];
}

/** Reads what functions of other files do in the words of the file at work: sources, sinks and conditions by its numbers. */
export class Translator {
  readonly #numbering: Numbering;
  readonly #sources = new Map<ForeignFile, Map<number, number>>();
  readonly #conditions = new Map<ForeignFile, Map<number, number>>();
  readonly #summaries = new Map<Node, Summary | undefined>();
  readonly #traces = new Map<Trace, Trace>();

  constructor(numbering: Numbering) {
    this.#numbering = numbering;
  }

  /** What the function that a call runs does. Sinks inside are reported at the call. */
  summaryOf({ file, callable, place }: ForeignCallee): Summary | undefined {
    if (this.#summaries.has(place)) return this.#summaries.get(place);
    const summary = file.summaryOf(callable);
    const read = summary && this.#read(file, summary, place);
    this.#summaries.set(place, read);
    return read;
  }

  #read(file: ForeignFile, summary: Summary, call: Node): Summary {
    const value = (of: Value): Value => this.#value(file, of);
    return {
      result: value(summary.result),
      effects: new Map([...summary.effects].map(([root, of]) => [root, value(of)])),
      awaited: summary.awaited.map((awaited) => this.#awaited(file, awaited, call)),
      invoked: summary.invoked.map((each) => ({
        ...each,
        arguments: each.arguments.map(value),
        place: call,
      })),
      defaults: new Map([...summary.defaults].map(([index, of]) => [index, value(of)])),
    };
  }

  #awaited(file: ForeignFile, { sink, taints }: Awaited, call: Node): Awaited {
    const match = file.sinks[sink];
    const { sinks } = this.#numbering;
    if (match !== undefined) {
      const { start, end } = call;
      const inside = match.inside ?? { code: file.code, start: match.start, end: match.end };
      sinks.push({ spec: match.spec, index: match.index, bindings: match.bindings, start, end, inside });
    }
    return {
      sink: match === undefined ? -1 : sinks.length - 1,
      taints: this.#taints(file, taints),
      place: call,
    };
  }

  #value(file: ForeignFile, { taints, fields }: Value): Value {
    return {
      taints: this.#taints(file, taints),
      fields: fields && new Map([...fields].map(([name, field]) => [name, this.#value(file, field)])),
      // A function of another file that is handed around is not followed.
      callable: undefined,
    };
  }

  #taints(file: ForeignFile, taints: Taints): Taints {
    const read = [...taints.values()].map((taint) => this.#taint(file, taint));
    return new Map(read.map((taint) => [taint.key, taint]));
  }

  #taint(file: ForeignFile, taint: Taint): Taint {
    const { label, origin, needs } = taint;
    const trace = taint.trace && this.#trace(file.code, taint.trace);
    const read: Pick<Taint, 'needs'> =
      needs === undefined
        ? {}
        : {
            needs: {
              condition: this.#condition(file, needs.condition),
              inputs: this.#taints(file, needs.inputs),
            },
          };
    if (origin.is === 'input') return { ...taint, trace, ...read };
    const source = this.#source(file, origin.source);
    const certain = `${source}|${label}`;
    const key = read.needs === undefined ? certain : openKey(certain, read.needs.inputs);
    return { ...taint, key, origin: { is: 'source', source }, trace, ...read };
  }

  #source(file: ForeignFile, source: number): number {
    return numberOf(this.#sources, file, source, () => {
      const match = file.sources[source];
      if (match !== undefined) this.#numbering.sources.push({ ...match, code: match.code ?? file.code });
      return match === undefined ? -1 : this.#numbering.sources.length - 1;
    });
  }

  #condition(file: ForeignFile, condition: number): number {
    return numberOf(
      this.#conditions,
      file,
      condition,
      () => this.#numbering.conditions.push(file.conditions[condition]) - 1,
    );
  }

  #trace(code: ForeignText, trace: Trace): Trace {
    const known = this.#traces.get(trace);
    if (known !== undefined) return known;
    const previous = trace.previous && this.#trace(code, trace.previous);
    const read = { ...trace, code: trace.code ?? code, previous };
    this.#traces.set(trace, read);
    return read;
  }
}

function numberOf(
  known: Map<ForeignFile, Map<number, number>>,
  file: ForeignFile,
  number: number,
  make: () => number,
): number {
  let ofFile = known.get(file);
  if (ofFile === undefined) known.set(file, (ofFile = new Map<number, number>()));
  let own = ofFile.get(number);
  if (own === undefined) ofFile.set(number, (own = make()));
  return own;
}
