/** `1 gap`, `2 gaps`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Text of a file made safe to stand in Markdown: nothing in it is a link, an image, an icon or a format. */
export function plainMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|~<>$&]/g, (character) => `\\${character}`).replace(/\s+/g, ' ');
}
