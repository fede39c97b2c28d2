import { compileRegex, type RegexMatch, type RuleRegex } from '../rules/regex.ts';
import type { FixRegex } from '../rules/rule.ts';

/** Expressions by the rule part that they come from: one rule repairs many places. */
const compiled = new WeakMap<FixRegex, RuleRegex | { readonly error: string }>();

/**
 * What `fix-regex` makes of a matched text: the first `count` matches (all without it) are replaced. In the replacement `\1` and `\g<1>`
 * stand for a group, `\g<name>` for a named one, `\0` and `\g<0>` for the whole match, `\n`, `\r` and `\t` for white space and `\\` for a
 * backslash; a group that took no part is empty.
 *
 * @returns undefined when nothing matches, so that there is nothing to repair, or when the expression is not valid
 */
export function fixRegexText(matchedText: string, fixRegex: FixRegex): string | undefined {
  const regex = regexOf(fixRegex);
  if ('error' in regex) return undefined;
  const limit = fixRegex.count === undefined || fixRegex.count <= 0 ? Infinity : fixRegex.count;
  const parts: string[] = [];
  let from = 0;
  let replaced = 0;
  for (const match of regex.all(matchedText)) {
    if (replaced >= limit) break;
    parts.push(matchedText.slice(from, match.start), expand(fixRegex.replacement, match, matchedText));
    from = match.end;
    replaced++;
  }
  return replaced === 0 ? undefined : parts.join('') + matchedText.slice(from);
}

function regexOf(fixRegex: FixRegex): RuleRegex | { readonly error: string } {
  const known = compiled.get(fixRegex);
  if (known !== undefined) return known;
  const outcome = compileRegex(fixRegex.regex);
  const made = 'regex' in outcome ? outcome.regex : outcome;
  compiled.set(fixRegex, made);
  return made;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };

function expand(replacement: string, match: RegexMatch, text: string): string {
  const group = (number: number): string =>
    number === 0 ? text.slice(match.start, match.end) : (match.groups[number - 1] ?? '');
  return replacement.replace(
    /\\(?:(\d{1,2})|g<(\d+)>|g<(\w+)>|([nrt\\]))/g,
    (whole, short?: string, long?: string, name?: string, escape?: string) => {
      if (short !== undefined) return group(Number(short));
      if (long !== undefined) return group(Number(long));
      if (name !== undefined) return match.named[name] ?? '';
      return ESCAPES[escape ?? ''] ?? whole;
    },
  );
}
