import { window } from 'vscode';

import type { AcceptFindingArguments } from '../../../server/src/protocol/messages.ts';
import type { Surroundings } from './commands.ts';

/** Stores a record that accepts a finding until its code changes. A `reason` that is given is not asked for. */
export async function acceptFinding(
  { reviews }: Surroundings,
  given?: unknown,
  reason?: unknown,
): Promise<void> {
  if (!isAcceptArguments(given)) {
    return;
  }
  const why = typeof reason === 'string' ? reason : await ask(given);
  if (why !== undefined) {
    await reviews.sign(given.folder, [`finding ${given.rule} ${given.unit}`], given.uri, why.trim());
  }
}

function ask({ rule, unit }: AcceptFindingArguments): Thenable<string | undefined> {
  return window.showInputBox({
    title: `Accept ${rule} in ${unit}`,
    prompt: 'Why is this finding acceptable? It is reported again when the code changes.',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A record needs a reason.' : undefined),
  });
}

function isAcceptArguments(given: unknown): given is AcceptFindingArguments {
  return (
    typeof given === 'object' &&
    given !== null &&
    'folder' in given &&
    'rule' in given &&
    'unit' in given &&
    'uri' in given
  );
}
