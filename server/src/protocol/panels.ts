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

/** Client -> server: a graph with the place of every box and line. */
export const graph: Request<GraphParams, TraceGraphDrawing> = { method: 'traceward/graph' };

/** Without `start`: the whole trace of the first folder, as far as it can be drawn. */
export interface GraphParams {
  readonly start?: { readonly folder: string; readonly end: ChainEnd };
}

/** All numbers are pixels; boxes are placed by their centres. */
export interface TraceGraphDrawing {
  readonly width: number;
  readonly height: number;
  /** Key of the box that the graph is about. */
  readonly start?: string;
  readonly boxes: readonly GraphBox[];
  readonly lines: readonly GraphLine[];
  /** Items and code that are not drawn, because they are too many. */
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
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GraphLine {
  /** Keys of boxes: `from` leads to `to`. */
  readonly from: string;
  readonly to: string;
  /** `implements`, `mitigates`, ... */
  readonly type: string;
  /** The link is in order. */
  readonly isSound: boolean;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}
