/**
 * Text that somebody wrote in a workspace, for a place that reads Markdown: nothing in it is markup but `code` between backticks, no image is
 * loaded, no link is made. It becomes one line, so that what means something at the start of a line only (`-`, `1.`) is left alone.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? part : escapePlain(part)))
    .join('');
}

function escapePlain(text: string): string {
  return (
    text
      .replace(/[\\`*_{}[\]#|<>~&$!]/g, '\\$&')
      // Bare addresses become links by themselves otherwise.
      .replace(/:\/\//g, ':\u200b//')
  );
}

/** A link whose text is plain. */
export function markdownLink(text: string, target: string): string {
  return `[${escapeMarkdown(text)}](${target.replace(/[()<>\s]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)})`;
}

/** The same for a client that shows no Markdown: marks go, links to pages become text and target, links to files their text. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/(?<!\\)\[((?:[^\]\\]|\\.)*)\]\((https?:[^)]*)\)/g, '$1 ($2)')
    .replace(/(?<!\\)\[((?:[^\]\\]|\\.)*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|^> ?|(?<!\\)`/gm, '')
    .replace(/\\([\\`*_{}[\]#|<>~&$!])/g, '$1')
    .replace(/\u200b/g, '');
}
