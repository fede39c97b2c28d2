import type { Surroundings } from './commands.ts';
import { insertReason, isReasonArguments } from './insertReason.ts';

/** Asks why a gap is accepted and writes the justification. From the server's code action; a `reason` given with it is not asked for. */
export async function justifyWithReason(_: Surroundings, given?: unknown, reason?: unknown): Promise<void> {
  if (!isReasonArguments(given)) {
    return;
  }
  await insertReason(given, reason, {
    title: `Justify what ${given.subject} lacks`,
    prompt: 'Why is this gap acceptable? The reason is kept as an item and shown in the evidence.',
    placeHolder: 'For example: the feature is switched off in this product',
    missing: 'A justification needs a reason.',
  });
}
