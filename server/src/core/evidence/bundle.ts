import type { Snapshot } from '../facts/snapshot.ts';
import type { EvidenceContext, EvidenceFile, EvidenceWriter } from './evidence.ts';
import { writeIndexHtml } from './indexHtml.ts';
import { writeManifest } from './manifest.ts';
import { writeMatrixCsv } from './matrixCsv.ts';
import { writeMatrixHtml } from './matrixHtml.ts';
import { writeSarif } from './sarif.ts';

const WRITERS: readonly EvidenceWriter[] = [writeSarif, writeIndexHtml, writeMatrixCsv, writeMatrixHtml];

/** All files of the evidence bundle; the manifest, which vouches for the others, comes last. */
export function evidenceBundle(snapshot: Snapshot, context: EvidenceContext): readonly EvidenceFile[] {
  const files = WRITERS.map((write) => write(snapshot, context));
  return [...files, writeManifest(files, snapshot, context)];
}
