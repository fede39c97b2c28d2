import { window } from 'vscode';

import { TRACE_GROUPINGS, type TraceGrouping } from '../../../server/src/protocol/messages.ts';
import type { Surroundings } from './commands.ts';

const LABELS: Readonly<Record<TraceGrouping, string>> = {
  urgency: 'Requirements, gaps first',
  status: 'Requirements by status',
  stride: 'Threats by STRIDE class',
  element: 'Threats by element and data flow',
};

/** Chooses what the traceability view lists, or takes what is given. */
export async function groupTrace({ trace }: Surroundings, given?: unknown): Promise<void> {
  const by = TRACE_GROUPINGS.find((each) => each === given) ?? (await choose(trace.grouping));
  if (by !== undefined) {
    await trace.groupBy(by);
  }
}

async function choose(current: TraceGrouping): Promise<TraceGrouping | undefined> {
  const picks = TRACE_GROUPINGS.map((by) => ({
    by,
    label: `${by === current ? '$(check)' : '$(blank)'} ${LABELS[by]}`,
  }));
  return (await window.showQuickPick(picks, { title: 'Traceability view' }))?.by;
}
