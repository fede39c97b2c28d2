import type { LanguageSet } from '../syntax/languageSet.ts';
import type { Reading } from './reading.ts';

/** What decides how a formula is read, besides its text. */
export interface FormulaContext {
  readonly reading: Reading;
  readonly languages: LanguageSet;
  /** `regex`: no patterns; `generic`: no raw queries. */
  readonly target: 'code' | 'generic' | 'regex';
  /** Below `metavariable-pattern` a conjunction may be of negatives alone: they filter the metavariable's own range. */
  readonly negativesSuffice: boolean;
}
