import pc from 'picocolors';

import type { Severity } from '../../core/base/severity.ts';
import type { Sink } from '../io.ts';

export type Style = ReturnType<typeof pc.createColors>;

/** Colours for a sink; none of them writes anything when it takes no colour. */
export function styleOf(sink: Pick<Sink, 'colour'>): Style {
  return pc.createColors(sink.colour);
}

export function severityColour(style: Style, severity: Severity | 'information'): (text: string) => string {
  if (severity === 'error') return style.red;
  return severity === 'warning' ? style.yellow : style.blue;
}
