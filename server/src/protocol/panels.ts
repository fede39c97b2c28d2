/** Messages of the matrix and the graph. See `messages.ts` for how a message is declared. */
import type { Location } from 'vscode-languageserver';

import type { ChainEnd } from './chain.ts';
import type { Request, TraceNodeKind, TraceNodeStatus } from './messages.ts';

/** Client -> server: the traceability matrix of all folders. */
export const matrix: Request<MatrixParams, Matrix> = { method: 'traceward/matrix' };

export type MatrixParams = Readonly<Record<string, never>>;

export interface Matrix {
  /** Names of the columns, which are those of the command line's matrix in another order. */
  readonly columns: readonly string[];
  /** Requirements with all that stands before and behind them, then what is on none of their rows, then tags that are wrong. */
  readonly rows: readonly MatrixLine[];
}

export interface MatrixLine {
  /** Plain text, one for each column; several entries are joined with `; `. */
  readonly cells: readonly string[];
  readonly status: TraceNodeStatus;
  readonly location: Location;
}

/** Client -> server: the same as comma-separated values, as `traceward trace --format csv` writes it. */
export const matrixCsv: Request<MatrixParams, { readonly text: string }> = { method: 'traceward/matrixCsv' };

/** Client -> server: boxes and lines of a graph; whoever draws them lays them out. */
export const graph: Request<GraphParams, TraceGraphPart> = { method: 'traceward/graph' };

/** Without `start`: the whole trace of the first folder, as far as it is sent. */
export interface GraphParams {
  readonly start?: { readonly folder: string; readonly end: ChainEnd };
}

export interface TraceGraphPart {
  /** Key of the box that the graph is about. */
  readonly start?: string;
  readonly boxes: readonly GraphBox[];
  readonly lines: readonly GraphLine[];
  /** Items and code that are not there, because they are too many. */
  readonly left: number;
}

export interface GraphBox {
  readonly key: string;
  readonly folder: string;
  readonly end: ChainEnd;
  readonly kind: TraceNodeKind;
  readonly label: string;
  readonly description: string;
  readonly status: TraceNodeStatus;
  readonly reasons: readonly string[];
  readonly location?: Location;
}

export interface GraphLine {
  /** Keys of boxes: `from` leads to `to`. */
  readonly from: string;
  readonly to: string;
  /** `implements`, `mitigates`, ... */
  readonly type: string;
  /** The link is in order. */
  readonly isSound: boolean;
}
