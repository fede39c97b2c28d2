import { join } from 'node:path';

import writeFileAtomic from 'write-file-atomic';

import { sha256Hex } from '../core/base/hash.ts';
import { compareText } from '../core/base/order.ts';
import type { TextEdit } from '../core/base/range.ts';
import type { PlacedFinding } from '../core/evidence/findings.ts';
import { applyFixes, type LeftOutReason } from '../core/match/applyFixes.ts';
import type { Finding } from '../core/match/finding.ts';
import { readText } from '../host/decode.ts';
import { errorCode } from '../host/systemError.ts';
import { encodeLike } from './encodeText.ts';
import type { CliIo } from './io.ts';
import type { OpenedProject } from './project.ts';

/** A finding whose fix was not applied, and why. */
export interface LeftOutFix {
  readonly path: string;
  readonly finding: Finding;
  readonly reason: LeftOutReason | 'changed' | 'encoding' | 'unreadable' | 'unwritable';
}

/** A file that was repaired, or would be. */
export interface FixedFile {
  readonly path: string;
  /** The text before. */
  readonly text: string;
  readonly edits: readonly TextEdit[];
  readonly applied: readonly Finding[];
}

export interface FixReport {
  /** Nothing was written. */
  readonly dryRun: boolean;
  /** In path order. */
  readonly files: readonly FixedFile[];
  readonly leftOut: readonly LeftOutFix[];
}

/**
 * Applies the fixes of findings file by file. A file is written whole or not at all, with its encoding, byte order mark, line ends and
 * mode. Looks at the signal between files.
 */
export async function fixFiles(
  project: OpenedProject,
  findings: readonly PlacedFinding[],
  dryRun: boolean,
  io: CliIo,
): Promise<FixReport> {
  const files: FixedFile[] = [];
  const leftOut: LeftOutFix[] = [];
  for (const [path, own] of byPath(findings)) {
    io.signal.throwIfAborted();
    const outcome = await fixFile(project, path, own, dryRun);
    if (outcome.file !== undefined) files.push(outcome.file);
    leftOut.push(...outcome.leftOut.map((each) => ({ path, ...each })));
  }
  return { dryRun, files, leftOut };
}

/** Fixes that were applied, or would be. */
export function appliedCount({ files }: FixReport): number {
  return files.reduce((sum, { applied }) => sum + applied.length, 0);
}

function byPath(findings: readonly PlacedFinding[]): readonly (readonly [string, readonly Finding[]])[] {
  const files = new Map<string, Finding[]>();
  for (const { path, finding } of findings) {
    if (finding.fix === undefined || finding.fix.length === 0) continue;
    const own = files.get(path);
    if (own === undefined) files.set(path, [finding]);
    else own.push(finding);
  }
  return [...files].sort(([a], [b]) => compareText(a, b));
}

interface FileOutcome {
  readonly file?: FixedFile;
  readonly leftOut: readonly Omit<LeftOutFix, 'path'>[];
}

async function fixFile(
  project: OpenedProject,
  path: string,
  findings: readonly Finding[],
  dryRun: boolean,
): Promise<FileOutcome> {
  const none = (reason: LeftOutFix['reason']): FileOutcome => ({
    leftOut: findings.map((finding) => ({ finding, reason })),
  });
  const content = await readText(project.folder, path, project.config.maxFileBytes);
  if (content.kind !== 'text') return none('unreadable');
  const { text, bytes, encoding } = content;
  // The findings speak of the text that was analysed: in another one the edits would hit something else.
  const facts = project.snapshot.files.get(path);
  const hash = facts?.hash;
  if (hash !== undefined && hash !== sha256Hex(text)) return none('changed');
  const grammar = facts && project.languages.grammar(facts.language);
  const { text: fixed, edits, applied, leftOut } = applyFixes(text, findings, grammar);
  if (applied.length === 0) return { leftOut };
  const written = encodeLike(bytes, text, fixed, encoding);
  if (written === undefined) return none('encoding');
  if (!dryRun) {
    try {
      await writeFileAtomic(join(project.target.root, path), Buffer.from(written));
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      return none('unwritable');
    }
  }
  return { file: { path, text, edits, applied }, leftOut };
}
