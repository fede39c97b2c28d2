import { MATRIX_COLUMNS, matrixRows, type MatrixColumn, type MatrixRow } from '../trace/matrix.ts';
import type { TraceGraph } from '../trace/traceGraph.ts';

/** Rows that are in order; every other status wants to be read first. */
const IN_ORDER = new Set(['covered', 'justified', 'rejected']);

const HEADINGS: Readonly<Partial<Record<MatrixColumn, string>>> = {
  testCode: 'test code',
  file: 'defined in',
};

/** The matrix, or the rows of it that are wanted, with its gaps first; within both halves in the order of the tracer. */
export function gapsFirst(
  graph: TraceGraph,
  wanted: (row: MatrixRow) => boolean = () => true,
): readonly MatrixRow[] {
  const rows = matrixRows(graph).filter(wanted);
  return [...rows.filter(isGap), ...rows.filter((row) => !isGap(row))];
}

export function isGap(row: MatrixRow): boolean {
  return !IN_ORDER.has(row.status);
}

export function headingOf(column: MatrixColumn): string {
  return HEADINGS[column] ?? column;
}

export { MATRIX_COLUMNS };
