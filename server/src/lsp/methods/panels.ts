import type { CancellationToken } from 'vscode-languageserver';

import { gapsFirst, headingOf, MATRIX_COLUMNS } from '../../core/evidence/matrixRows.ts';
import { matrixCsv as csvOfMatrix } from '../../core/evidence/matrixCsv.ts';
import type { MatrixColumn, MatrixRow } from '../../core/trace/matrix.ts';
import { chainAround, wholeTrace } from '../../core/trace/neighbourhood.ts';
import { endKey } from '../../core/trace/steps.ts';
import type { ParamsOf, TraceNodeStatus } from '../../protocol/messages.ts';
import type {
  graph as graphMessage,
  GraphBox,
  GraphLine,
  Matrix,
  MatrixLine,
  TraceGraphPart,
} from '../../protocol/panels.ts';
import { endNode } from '../chainNodes.ts';
import type { Context } from '../context.ts';
import type { Folder } from '../folder.ts';
import { checkCancelled, nextTurn, pacer } from '../safely.ts';
import type { Session } from '../session.ts';
import { foldersOf, traceSource } from './traceTree.ts';

/** Boxes of one graph: more would be some ten megabytes in one message. */
const MAX_BOXES = 20_000;
/** What is looked for first stands first; nothing is left out. */
const FIRST_COLUMNS: readonly MatrixColumn[] = ['kind', 'id', 'title', 'status', 'gaps'];
const LAST_COLUMNS: readonly MatrixColumn[] = [
  'category',
  'approval',
  'revision',
  'justification',
  'file',
  'line',
];
const PANEL_COLUMNS: readonly MatrixColumn[] = [
  ...FIRST_COLUMNS,
  ...MATRIX_COLUMNS.filter((each) => !FIRST_COLUMNS.includes(each) && !LAST_COLUMNS.includes(each)),
  ...LAST_COLUMNS,
];

/** `traceward/matrix`: every row of the traceability matrix. */
export async function matrix({ session }: Context, _: unknown, token: CancellationToken): Promise<Matrix> {
  const pace = pacer(() => session.host.now());
  const rows: MatrixLine[] = [];
  for (const folder of session.folders) {
    await nextTurn();
    for (const row of gapsFirst(folder.snapshot().trace)) {
      if (await pace()) checkCancelled(token);
      rows.push(lineOf(session, folder, row));
    }
  }
  return { columns: PANEL_COLUMNS.map(headingOf), rows };
}

/** `traceward/matrixCsv`: the matrix as a text. */
export function matrixCsv({ session }: Context): { text: string } {
  return { text: session.folders.map((folder) => csvOfMatrix(folder.snapshot().trace)).join('') };
}

function lineOf(session: Session, folder: Folder, row: MatrixRow): MatrixLine {
  const start = { line: Math.max(0, Number(row.line) - 1), character: 0 };
  return {
    cells: PANEL_COLUMNS.map((column) => row[column]),
    status: statusOf(row),
    location: { uri: session.uriOf(folder, row.file), range: { start, end: start } },
  };
}

function statusOf({ status, kind }: MatrixRow): TraceNodeStatus {
  if (kind === 'tag' || status === 'duplicate' || status === 'cycle') return 'broken';
  if (status === 'uncovered') return 'gap';
  return status === 'covered' || status === 'justified' || status === 'unreviewed' ? status : 'none';
}

/** `traceward/graph`: the chains through an end, or the whole trace of the first folder. */
export async function graph(
  { session }: Context,
  { start }: ParamsOf<typeof graphMessage>,
  token: CancellationToken,
): Promise<TraceGraphPart> {
  const [folder] = start === undefined ? session.folders : foldersOf(session, start.folder);
  if (folder === undefined) return { boxes: [], lines: [], left: 0 };
  const pace = pacer(() => session.host.now());
  const source = traceSource(session, folder);
  const { trace } = source.snapshot;
  const part = start === undefined ? wholeTrace(trace, MAX_BOXES) : chainAround(trace, start.end, MAX_BOXES);
  const boxes: GraphBox[] = [];
  for (const end of part.ends) {
    if (await pace()) checkCancelled(token);
    const { kind, label, description, status, reasons, location } = endNode(source, end, 'below');
    boxes.push({
      ...{ key: endKey(end), folder: folder.uri, end, kind, label, description, status, reasons },
      ...(location !== undefined && { location }),
    });
  }
  return {
    ...(start !== undefined && { start: endKey(start.end) }),
    boxes,
    lines: part.links.map(({ from, to, link }): GraphLine => ({
      ...{ from, to, type: link.role ?? link.type },
      isSound: link.status === 'covered',
    })),
    left: part.left,
  };
}
