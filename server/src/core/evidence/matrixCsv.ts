import type { MatrixRow } from '../trace/matrix.ts';
import type { TraceGraph } from '../trace/traceGraph.ts';
import { BYTE_ORDER_MARK, csvOf } from '../base/csvText.ts';
import type { EvidenceWriter } from './evidence.ts';
import { gapsFirst, headingOf, MATRIX_COLUMNS } from './matrixRows.ts';

/** The traceability matrix for spreadsheets. */
export const writeMatrixCsv: EvidenceWriter = (snapshot) => ({
  path: 'trace-matrix.csv',
  text: BYTE_ORDER_MARK + matrixCsv(snapshot.trace),
});

export function matrixCsv(graph: TraceGraph, wanted?: (row: MatrixRow) => boolean): string {
  const rows = gapsFirst(graph, wanted).map((row) => MATRIX_COLUMNS.map((column) => row[column]));
  return csvOf([MATRIX_COLUMNS.map(headingOf), ...rows]);
}
