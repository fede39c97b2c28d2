import { markup, type Html } from './html.ts';

/** The little Markdown that rule texts use (paragraphs, lists, fenced code, `code`) as a piece of a page; anything else stays text. */
export function proseOf(markdown: string): Html {
  const blocks = markdown.trim().split(/(^```[^\n]*\n.*?^```\s*$)/ms);
  return markup`${blocks.flatMap((block) => {
    const code = /^```[^\n]*\n(.*?)^```\s*$/ms.exec(block)?.[1];
    if (code !== undefined) return [markup`<pre><code>${code.trimEnd()}</code></pre>`];
    return block
      .split(/\n\s*\n/)
      .filter((part) => part.trim() !== '')
      .map(paragraphOf);
  })}`;
}

function paragraphOf(text: string): Html {
  const lines = text.trim().split('\n');
  if (lines.every((line) => /^\s*[-*] /.test(line))) {
    return markup`<ul>
      ${lines.map((line) => markup`<li>${inline(line.replace(/^\s*[-*] /, ''))}</li>`)}
    </ul>`;
  }
  return markup`<p>${inline(text.trim())}</p>`;
}

/** Text with its `code` spans; also for messages that name code so. */
export function inline(text: string): Html {
  const parts = text.split(/`([^`]+)`/);
  return markup`${parts.map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : markup`${part}`))}`;
}
