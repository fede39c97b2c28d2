import { compileRegex, RegexLimit, type RuleRegex } from '../rules/regex.ts';

/** What a name may say; `models/c/names.yaml` tells of each what it is for. */
export const NAME_HINTS = [
  'never-returns',
  'leaves-function',
  'for-compiler',
  'counts-elements',
  'gives-back',
  'holds-after',
  'fails-where',
  'asks-otherwise',
  'success',
  'failure',
  'error-number',
  'errno',
  'keeps-others-out',
  'only-waits',
  'tries-lock',
  'of-locks',
  'called-with-lock',
  'comment-on-lock',
  'works-alone',
  'makes-object',
  'joins-thread',
  'counts-users',
  'turns-around',
  'answers',
] as const;

export type NameHint = (typeof NAME_HINTS)[number];

/** Answers that are kept of one hint, and the longest name that they are kept for. */
const MAX_ANSWERS = 20_000;
const MAX_NAME = 80;

/** What names say where the code behind them is not seen. Hints of later model files come beside those of earlier ones. */
export class NameHints {
  readonly #regexes = new Map<NameHint, RuleRegex[]>();
  readonly #answers = new Map<NameHint, Map<string, boolean>>();

  /** @param mistakes gets a sentence for each that cannot be read */
  read(names: Readonly<Record<string, unknown>>, mistakes: string[]): void {
    for (const [key, value] of Object.entries(names)) {
      const hint = NAME_HINTS.find((each) => each === key);
      if (hint === undefined) {
        mistakes.push(`\`names\` has no \`${key}\`: it has ${NAME_HINTS.join(', ')}.`);
        continue;
      }
      if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) {
        mistakes.push(`\`${key}\` of \`names\` must be a list of regular expressions.`);
        continue;
      }
      for (const source of value) {
        const compiled = compileRegex(source);
        if ('error' in compiled)
          mistakes.push(
            `The regular expression \`${source}\` of \`${key}\` cannot be read: ${compiled.error}.`,
          );
        else this.#regexes.set(hint, [...(this.#regexes.get(hint) ?? []), compiled.regex]);
      }
    }
  }

  /** Whether a name, or a comment, says so. */
  says(hint: NameHint, name: string): boolean {
    if (name.length > MAX_NAME) return this.#ask(hint, name);
    let answers = this.#answers.get(hint);
    if (answers === undefined || answers.size >= MAX_ANSWERS)
      this.#answers.set(hint, (answers = new Map<string, boolean>()));
    let answer = answers.get(name);
    if (answer === undefined) answers.set(name, (answer = this.#ask(hint, name)));
    return answer;
  }

  #ask(hint: NameHint, name: string): boolean {
    return (this.#regexes.get(hint) ?? []).some((regex) => matches(regex, name));
  }
}

/** An expression that takes too long says nothing. */
function matches(regex: RuleRegex, name: string): boolean {
  try {
    return regex.matchesAnywhere(name);
  } catch (error) {
    if (error instanceof RegexLimit) return false;
    throw error;
  }
}
