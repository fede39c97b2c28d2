import type { CommentText } from '../trace/unit.ts';
import type { Suppression } from './suppression.ts';

const OURS = /traceward-ignore(?::[ \t]*([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*))?[ \t]*(?:--[ \t]*([^\r\n]*))?/;
const SEMGREP = /\bnosemgrep\b(?::[ \t]*([\w.-]+(?:[ \t]*,[ \t]*[\w.-]+)*))?/;

const EITHER = /traceward-ignore|nosemgrep/;

/** Whether a text may hold suppressions: false is certain. */
export function mayBeSuppressed(text: string): boolean {
  return EITHER.test(text);
}

/**
 * Reads the suppressions in comments. A suppression covers its own line and, when the comment stands alone on its line, the
 * line after it.
 *
 * @param lineText text of a line of the file
 */
export function suppressionsOf(
  comments: readonly CommentText[],
  lineText: (line: number) => string,
): readonly Suppression[] {
  const found: Suppression[] = [];
  for (const comment of comments) {
    const suppression = readSuppression(comment);
    if (suppression === undefined) continue;
    const { start, end } = comment.range;
    const alone = lineText(start.line).slice(0, start.column).trim() === '';
    found.push({
      ...suppression,
      range: comment.range,
      lines: alone ? [start.line, end.line + 1] : [start.line],
    });
  }
  return found;
}

function readSuppression(comment: CommentText): { rules: string[]; reason: string | undefined } | undefined {
  const ours = OURS.exec(comment.text);
  if (ours) {
    const reason = ours[2]?.replace(/\*\/\s*$/, '').trim();
    return { rules: namesOf(ours[1]), reason: isReason(reason) ? reason : undefined };
  }
  const semgrep = SEMGREP.exec(comment.text);
  return semgrep ? { rules: namesOf(semgrep[1]), reason: undefined } : undefined;
}

/** The placeholder that a quick fix leaves behind is no reason yet. */
function isReason(text: string | undefined): boolean {
  return text !== undefined && text !== '' && !/^TODO\b/i.test(text);
}

function namesOf(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
