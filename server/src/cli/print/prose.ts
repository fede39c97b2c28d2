import { visibleText } from '../../core/evidence/text.ts';
import { wrapped } from './width.ts';

/** The Markdown of rule texts as lines of at most `width` columns: paragraphs filled, code blocks indented, lists as they are. */
export function proseLines(markdown: string, width: number): readonly string[] {
  const lines: string[] = [];
  let isCode = false;
  let paragraph = '';
  const flush = () => {
    if (paragraph !== '') lines.push(...wrapped(paragraph, width));
    paragraph = '';
  };
  for (const line of visibleText(markdown.trim()).split('\n')) {
    if (line.startsWith('```')) {
      flush();
      isCode = !isCode;
    } else if (isCode) lines.push(`    ${line}`.trimEnd());
    else if (line.trim() === '') {
      flush();
      lines.push('');
    } else {
      if (/^\s*[-*] /.test(line)) flush();
      const words = line.trim().replaceAll('`', '');
      paragraph = paragraph === '' ? words : `${paragraph} ${words}`;
    }
  }
  flush();
  return lines;
}

/** The first paragraph, and the code that it announces with a colon. */
export function firstAdvice(markdown: string): string {
  const [paragraph = '', next = ''] = markdown.trim().split(/\n\s*\n/);
  const [words = '', code] = paragraph.split(/(?=^```)/m);
  const announced = code ?? (next.startsWith('```') ? next : undefined);
  return words.trimEnd().endsWith(':') && announced !== undefined
    ? `${words.trimEnd()}\n${announced}`
    : words;
}
