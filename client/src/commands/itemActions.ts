/** Actions of a row of the traceability view. */
import { commands, env, window } from 'vscode';
import type { Location } from 'vscode-languageclient';

import { openPlace } from '../places.ts';
import type { Surroundings } from './commands.ts';

/** The part of a row that actions need; rows come back from VS Code as they were handed out. */
interface RowNode {
  readonly kind: string;
  readonly id: string;
  readonly location: Location | undefined;
}

export async function copyId(_: Surroundings, row: unknown): Promise<void> {
  const node = nodeOf(row);
  if (node !== undefined) {
    await env.clipboard.writeText(node.id);
  }
}

/** Copies what to write into a comment of the code: `[SR-AUTH-003]`, for a test case `[TC-AUTH-003]`. */
export async function copyTag(_: Surroundings, row: unknown): Promise<void> {
  const node = nodeOf(row);
  if (node !== undefined) {
    await env.clipboard.writeText(`[${node.id}]`);
    window.setStatusBarMessage(`Copied [${node.id}]: paste it into the comment above a function.`, 5000);
  }
}

/** Opens the item and lists everything that names it. */
export async function findUses(_: Surroundings, row: unknown): Promise<void> {
  const node = nodeOf(row);
  if (node?.location !== undefined) {
    await openPlace(node.location);
    await commands.executeCommand('references-view.findReferences');
  }
}

function nodeOf(row: unknown): RowNode | undefined {
  if (typeof row !== 'object' || row === null || !('node' in row)) {
    return undefined;
  }
  const { node } = row;
  const isNode = typeof node === 'object' && node !== null && 'id' in node && typeof node.id === 'string';
  return isNode ? (node as RowNode) : undefined;
}
