import type { CodeActionContext, Diagnostic } from 'vscode-languageserver';

import type { Range } from '../../core/base/range.ts';
import { comparePositions } from '../../core/base/range.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import type { OpenDocument } from '../documents.ts';
import type { Session } from '../session.ts';
import { range as toLspRange } from '../toLsp.ts';

/** What code actions are asked for. */
export interface ActionTarget {
  readonly session: Session;
  readonly document: OpenDocument;
  readonly snapshot: Snapshot;
  readonly range: Range;
  readonly context: CodeActionContext;
}

/** True when two ranges share a place; touching counts, as a cursor has no width. */
export function touches(a: Range, b: Range): boolean {
  return comparePositions(a.start, b.end) <= 0 && comparePositions(b.start, a.end) <= 0;
}

/** The client's diagnostics that speak of a code at a range: the action repairs them. */
export function diagnosticsOf({ context }: ActionTarget, code: string, range: Range): Diagnostic[] {
  const { start } = toLspRange(range);
  return context.diagnostics.filter(
    (each) =>
      each.code === code &&
      each.range.start.line === start.line &&
      each.range.start.character === start.character,
  );
}

export function lineText({ text }: OpenDocument, line: number): string {
  const whole = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
  return text.getText(whole).replace(/[\r\n]+$/, '');
}

export function indentation(document: OpenDocument, line: number): string {
  return /^[ \t]*/.exec(lineText(document, line))?.[0] ?? '';
}

export function endOfLine({ text }: OpenDocument): string {
  return text.getText({ start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }).endsWith('\r\n')
    ? '\r\n'
    : '\n';
}

/** How a comment starts in the document's language. */
export function lineComment({ session, document, snapshot }: ActionTarget): string {
  const { path } = document.place;
  const language = snapshot.files.get(path)?.language;
  const definition = language === undefined ? undefined : session.engine.languages.ofName(language);
  return definition?.profile.lineComment ?? '//';
}
