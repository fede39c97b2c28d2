/** The steps of a regular expression are spent: it went back and forth over the text for too long. */
export class RegexLimit extends Error {
  readonly source: string;
  constructor(source: string) {
    super(`The regular expression \`${source}\` takes too many steps on this text; it was given up.`);
    this.source = source;
  }
}
