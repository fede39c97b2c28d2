import { RE2JS } from 're2js';

/**
 * A regular expression of a rule. Rules come from strangers, so it runs in time linear in the text (RE2): look-around and
 * back-references are refused when the rule is loaded.
 */
export interface RuleRegex {
  readonly source: string;
  /** True when it matches at the start of the text (no implied end), as `metavariable-regex` asks. */
  matchesStart(text: string): boolean;
  /** Every match, in order, with its groups; index 0 is the whole match. */
  all(text: string): Iterable<RegexMatch>;
}

export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  /** Text of group 1, 2, ...; undefined for a group that took no part. */
  readonly groups: readonly (string | undefined)[];
  readonly named: Readonly<Record<string, string>>;
}

/** @returns the compiled expression, or what is wrong with it */
export function compileRegex(source: string): { regex: RuleRegex } | { error: string } {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source, RE2JS.MULTILINE);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { error: `${detail} (look-around and back-references are not available)` };
  }
  return {
    regex: {
      source,
      matchesStart: (text) => compiled.matcher(text).lookingAt(),
      all: (text) => matchesOf(compiled, text),
    },
  };
}

function* matchesOf(compiled: RE2JS, text: string): Generator<RegexMatch> {
  const matcher = compiled.matcher(text);
  const names = Object.keys(compiled.namedGroups());
  while (matcher.find()) {
    const named: Record<string, string> = {};
    for (const name of names) {
      const value = matcher.group(name);
      if (value !== null) named[name] = value;
    }
    const groups: (string | undefined)[] = [];
    for (let index = 1; index <= matcher.groupCount(); index++) groups.push(matcher.group(index) ?? undefined);
    yield { start: matcher.start(), end: matcher.end(), groups, named };
  }
}
