import type { Item } from '../trace/item.ts';
import { named, type Lint } from './lint.ts';
import type { ThreatModel } from './threatModel.ts';

/** Words that nobody can test. */
const VAGUE =
  /\b(?:appropriate(?:ly)?|adequate(?:ly)?|sufficient(?:ly)?|reasonabl[ey]|as (?:needed|required|appropriate)|(?:if|where|when|as far as) (?:possible|feasible|practicable)|user[- ]friendly|state of the art|best practices?|and\/or|securely|be secure|properly|timely|robust(?:ly)?)\b|\betc\./i;

/** Lints on the words of requirements. */
export function requirementLints(model: ThreatModel): readonly Lint[] {
  return model
    .of('requirement')
    .filter(({ item }) => item.approval !== 'rejected')
    .flatMap((requirement): Lint[] => {
      const found = vagueWord(requirement.item);
      if (found === '') return [];
      const message = `${named(requirement)} says \`${found.toLowerCase()}\`, which no test can decide: say what is meant.`;
      return [{ code: 'SR02', severity: 'information', message, at: requirement }];
    });
}

/** Items are asked again after every edit of the trace; most of them are the same. */
const vagueWords = new WeakMap<Item, string>();

/** The first vague word of an item; empty when it has none. */
function vagueWord(item: Item): string {
  let word = vagueWords.get(item);
  if (word === undefined) vagueWords.set(item, (word = VAGUE.exec(item.text ?? '')?.[0] ?? ''));
  return word;
}
