import type { CodeLens, Diagnostic, Location } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** The workspace folder of tests that have one. */
export const ROOT = 'file:///ws';

/** Lines with something to show, as the screen shows them. */
export function screenOf(
  document: TextDocument,
  diagnostics: readonly Diagnostic[],
  lenses: readonly CodeLens[],
): string {
  const out: string[] = [];
  document
    .getText()
    .split(/\r?\n/)
    .forEach((text, line) => {
      const above = lenses.filter((lens) => lens.range.start.line === line);
      const below = diagnostics.filter((each) => each.range.start.line === line);
      if (above.length === 0 && below.length === 0) return;
      out.push(...above.map((lens) => `» ${lens.command?.title ?? ''}`));
      out.push(text);
      out.push(...below.map((each) => underline(each, text)));
    });
  return out.join('\n');
}

function underline({ range, severity, code, message }: Diagnostic, text: string): string {
  const end = range.end.line === range.start.line ? range.end.character : text.length;
  const marks = '^'.repeat(Math.max(1, end - range.start.character));
  return `${' '.repeat(range.start.character)}${marks} ${severityName(severity)} ${String(code)}: ${textOf(message)}`;
}

function severityName(severity: number | undefined): string {
  return ['', 'error', 'warning', 'info', 'hint'][severity ?? 0] ?? '';
}

/** A line of the list of problems. */
export function problemLine(uri: string, { range, severity, code }: Diagnostic): string {
  return `${shortUri(uri)}:${range.start.line + 1} ${severityName(severity)} ${String(code)}`;
}

/** `path:line` of each place. */
export function placesOf(locations: readonly Location[] | null): string[] {
  return (locations ?? []).map(({ uri, range }) => `${shortUri(uri)}:${range.start.line + 1}`);
}

export function shortUri(uri: string): string {
  return uri.replace(`${ROOT}/`, '');
}

function textOf(message: Diagnostic['message']): string {
  return typeof message === 'string' ? message : message.value;
}
