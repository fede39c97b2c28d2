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
      const found = VAGUE.exec(requirement.item.text ?? '')?.[0];
      if (found === undefined) return [];
      const message = `${named(requirement)} says \`${found.toLowerCase()}\`, which no test can decide: say what is meant.`;
      return [{ code: 'SR02', severity: 'information', message, at: requirement }];
    });
}
