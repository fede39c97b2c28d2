import type { Item } from '../trace/item.ts';
import { named, type Lint } from './lint.ts';
import type { TracedItem } from '../trace/traceGraph.ts';
import type { ThreatModel } from './threatModel.ts';

/** Words that nobody can test. */
const VAGUE =
  /\b(?:appropriate(?:ly)?|adequate(?:ly)?|sufficient(?:ly)?|reasonabl[ey]|as (?:needed|required|appropriate)|(?:if|where|when|as far as) (?:possible|feasible|practicable)|user[- ]friendly|state of the art|best practices?|and\/or|securely|be secure|properly|timely|robust(?:ly)?)\b|\betc\./i;

/** Attributes that say which part of a standard or guidance a requirement answers. */
const CLAUSES = /^(?:clauses?|standards?|regulations?|fda|iec|iso)\b/i;

/** Lints on the words of requirements and, beside a threat model, on what they answer. */
export function requirementLints(model: ThreatModel, isModel: boolean): readonly Lint[] {
  return model
    .of('requirement')
    .filter(({ item }) => item.approval !== 'rejected')
    .flatMap((requirement): Lint[] => [
      ...vagueLints(requirement),
      ...(isModel ? categoryLints(requirement) : []),
    ]);
}

function vagueLints(requirement: TracedItem): readonly Lint[] {
  const found = vagueWord(requirement.item);
  if (found === '') return [];
  const message = `${named(requirement)} says \`${found.toLowerCase()}\`, which no test can decide: say what is meant.`;
  return [{ code: 'SR02', severity: 'information', message, at: requirement }];
}

function categoryLints(requirement: TracedItem): readonly Lint[] {
  const { category, attributes } = requirement.item;
  if (category !== undefined || Object.keys(attributes).some((name) => CLAUSES.test(name))) return [];
  const message = `${named(requirement)} has no category and names no clause of a standard: say which one it answers.`;
  return [{ code: 'SR05', severity: 'information', message, at: requirement }];
}

/** Items are asked again after every edit of the trace; most of them are the same. */
const vagueWords = new WeakMap<Item, string>();

/** The first vague word of an item; empty when it has none. */
function vagueWord(item: Item): string {
  let word = vagueWords.get(item);
  if (word === undefined) vagueWords.set(item, (word = VAGUE.exec(item.text ?? '')?.[0] ?? ''));
  return word;
}
