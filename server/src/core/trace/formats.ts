import type { Outcome } from '../base/problem.ts';
import type { Attributes, Item, LooseLink } from './item.ts';
import { csv } from './formats/csv.ts';
import { doorstop } from './formats/doorstop.ts';
import { lobster } from './formats/lobster.ts';
import { markdown } from './formats/markdown.ts';
import { mlx } from './formats/mlx.ts';
import { openFastTrace } from './formats/openFastTrace.ts';
import { junitResults } from './formats/junit.ts';
import { reqif, reqifz } from './formats/reqif.ts';
import { reviewRecords } from './formats/reviewRecords.ts';
import { sarifResults } from './formats/sarif.ts';
import { sphinxNeeds } from './formats/sphinxNeeds.ts';
import { strictDoc } from './formats/strictDoc.ts';
import {
  microsoftThreatModel,
  openThreatModel,
  pytm,
  threagile,
  threatDragon,
  tmBom,
} from './formats/threatModels.ts';
import { tracewardYaml } from './formats/tracewardYaml.ts';
import { trlc } from './formats/trlc.ts';
import { xlsx } from './formats/xlsx.ts';
import type { ReviewRecord } from './reviews.ts';
import type { SourceSettings } from './sources.ts';

/** What one file of items holds. */
export interface SourceFacts {
  readonly items: readonly Item[];
  /** Links that stand apart from the items that they start at. */
  readonly links?: readonly LooseLink[];
  readonly reviews?: readonly ReviewRecord[];
  /** What the `join` of the format needs to know of this file: settings of a document, a grammar. */
  readonly extra?: Attributes;
}

/** A file of a source with what its reader found. */
export interface SourcePart {
  readonly path: string;
  readonly facts: SourceFacts;
}

interface CommonFormat {
  /** As users know it: `OpenFastTrace Markdown`. */
  readonly title: string;
  /** Globs of files that can be of this format; `traceward init` looks at these. */
  readonly candidates: readonly string[];
  /** Its items are results of tests: with a source of such a format, every automated test must have one. */
  readonly holdsResults?: true;
  /**
   * For formats in which one file says how others are to be read (a document's settings, a grammar): makes the items of all files of a
   * source together. Called after `read` when any of them changed; the order of parts is that of their paths.
   */
  readonly join?: (parts: readonly SourcePart[], settings: SourceSettings) => Outcome<SourceFacts>;
}

/** A format of text files. `read` is pure and never throws; every problem has the path, and a range where there is a place. */
export interface TextFormat extends CommonFormat {
  readonly input: 'text';
  /** Whether a file that a candidate glob names is of this format. */
  readonly detect: (path: string, text: string) => boolean;
  readonly read: (path: string, text: string, settings: SourceSettings) => Outcome<SourceFacts>;
}

/** A format of binary files (zip). */
export interface BytesFormat extends CommonFormat {
  readonly input: 'bytes';
  readonly detect: (path: string, bytes: Uint8Array) => boolean;
  readonly read: (path: string, bytes: Uint8Array, settings: SourceSettings) => Outcome<SourceFacts>;
}

export type TraceFormat = TextFormat | BytesFormat;

/** Every format that `trace.sources` may name. A new one is a file in `formats/` and a line here. */
export const TRACE_FORMATS = {
  traceward: tracewardYaml,
  oft: openFastTrace,
  reviews: reviewRecords,
  junit: junitResults,
  doorstop,
  strictdoc: strictDoc,
  needs: sphinxNeeds,
  csv,
  lobster,
  reqif,
  reqifz,
  xlsx,
  markdown,
  'threat-dragon': threatDragon,
  'tm-bom': tmBom,
  otm: openThreatModel,
  threagile,
  pytm,
  tm7: microsoftThreatModel,
  mlx,
  trlc,
  sarif: sarifResults,
} as const satisfies Readonly<Record<string, TraceFormat>>;

export type TraceFormatId = keyof typeof TRACE_FORMATS;

export function traceFormat(id: TraceFormatId): TraceFormat {
  return TRACE_FORMATS[id];
}
