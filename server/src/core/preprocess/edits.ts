/** Changes of a text that keep its length and its line breaks. */
export class Edits {
  readonly #edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Puts blanks in the place of a stretch; line breaks stay. */
  blank(start: number, end: number): void {
    if (end > start) this.#edits.push({ start, end, text: blanks(this.#text.slice(start, end)) });
  }

  /** Puts a shorter or equally long text without line breaks in the place of a stretch, blanks behind it. */
  replace(start: number, end: number, by: string): void {
    const rest = blanks(this.#text.slice(start + by.length, end));
    if (by.length <= end - start) this.#edits.push({ start, end, text: by + rest });
  }

  /** The text with all changes; where two overlap the one that begins first counts, then the longer one, then the later one. */
  apply(): string {
    const text = this.#text;
    if (this.#edits.length === 0) return text;
    const order = this.#edits.map((edit, index) => ({ edit, index }));
    order.sort((a, b) => a.edit.start - b.edit.start || b.edit.end - a.edit.end || b.index - a.index);
    const parts: string[] = [];
    let at = 0;
    for (const { edit } of order) {
      if (edit.start < at) continue;
      parts.push(text.slice(at, edit.start), edit.text);
      at = edit.end;
    }
    parts.push(text.slice(at));
    return parts.join('');
  }
}

function blanks(text: string): string {
  return /[\r\n]/.test(text) ? text.replaceAll(/[^\r\n]/g, ' ') : ' '.repeat(text.length);
}
