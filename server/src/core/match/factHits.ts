import { bind, type Bindings } from './bindings.ts';
import type { Code } from './code.ts';
import type { CompiledFormula } from './compileRule.ts';
import type { Hit } from './hit.ts';

/** Places where something goes wrong. `$DETAIL` says what in figures, `$ORIGIN` is the code that it began with. */
export function factHits(code: Code, { events, certainty }: Extract<CompiledFormula, { op: 'fact' }>): Hit[] {
  return code.events.flatMap((event): Hit[] => {
    if (!events.has(event.kind) || (certainty === 'proved' && event.certainty !== 'proved')) return [];
    const { start, end } = event.node;
    const detail = { start, end, node: undefined, key: undefined, text: event.detail };
    let bindings: Bindings | undefined = bind(undefined, '$DETAIL', detail) || undefined;
    const origin = event.related.at(0)?.node;
    if (origin !== undefined) {
      const place = { start: origin.start, end: origin.end, node: origin, key: undefined };
      bindings = bind(bindings, '$ORIGIN', place) || bindings;
    }
    return [{ start, end, bindings }];
  });
}
