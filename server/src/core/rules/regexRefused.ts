/** A regular expression that cannot be run; the message says why, as a phrase. Does not leave the reading of expressions. */
export class RegexRefused extends Error {}
