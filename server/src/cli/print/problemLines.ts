import type { Problem } from '../../core/base/problem.ts';
import { visibleText } from '../../core/evidence/text.ts';
import type { Sink } from '../io.ts';
import { severityColour, styleOf } from './style.ts';

/** Problems one a line, as compilers write them: `file:line:column: error: message [code]`. */
export function problemLines(
  problems: readonly Problem[],
  display: (path: string) => string,
  sink: Pick<Sink, 'colour'>,
): string {
  const style = styleOf(sink);
  return problems
    .map(({ path, range, severity, message, code }) => {
      const word = severity === 'information' ? 'note' : severity;
      const start = range?.start;
      const place = start === undefined ? '' : `:${start.line + 1}:${start.column + 1}`;
      const where = path === undefined ? '' : `${style.bold(visibleText(display(path)) + place)}: `;
      return `${where}${severityColour(style, severity)(`${word}:`)} ${visibleText(message)} ${style.dim(`[${code}]`)}\n`;
    })
    .join('');
}
