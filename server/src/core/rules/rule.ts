import type { Range } from '../base/range.ts';
import type { Severity } from '../base/severity.ts';
import type { Formula, TaintFormula } from './formula.ts';
import type { RuleOptions } from './options.ts';

/** A rule as read from YAML, checked for form; its patterns are compiled per language when first needed. */
export interface Rule {
  readonly id: string;
  /** Language identifiers, aliases resolved. */
  readonly languages: readonly string[];
  readonly severity: Severity;
  /** With metavariables such as `$DST`, filled in for each finding. */
  readonly message: string;
  readonly metadata: RuleMetadata;
  readonly formula: Formula | TaintFormula;
  readonly mode: 'search' | 'taint' | 'require-tag';
  readonly options: RuleOptions;
  /** What a tag must lead to; only with mode `require-tag`. */
  readonly require?: TagRequirement;
  readonly fix?: string;
  /** Edits inside the matched range; a rule has this or `fix`. */
  readonly fixRegex?: FixRegex;
  readonly paths: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly source: RuleSource;
}

/** `fix-regex`: replaces the first `count` matches (all when absent) within the matched range. */
export interface FixRegex {
  readonly regex: string;
  /** `\\1` stands for group 1. */
  readonly replacement: string;
  readonly count?: number;
}

export interface RuleSource {
  /** The rule file as the user named it. */
  readonly path: string;
  /** Where the rule's `id` stands. */
  readonly range: Range;
  /** Comes with Traceward. */
  readonly isBuiltIn?: true;
}

export interface RuleMetadata {
  /** `CWE-120: Buffer Copy without Checking Size of Input`, as written. */
  readonly cwe: readonly string[];
  /** CERT rule names, e.g. `STR31-C`. */
  readonly cert: readonly string[];
  readonly stride: readonly string[];
  /** Letters of the FDA guidance's control categories. */
  readonly fda: readonly string[];
  /** Clause numbers. */
  readonly iec81001: readonly string[];
  readonly confidence?: string;
  /** Why the pattern is a risk, in a medical device where that differs. Markdown. */
  readonly why?: string;
  /** What to write instead. Markdown. */
  readonly fixGuidance?: string;
  readonly references: readonly string[];
}

/** `require: { link: implements, to: requirement, category: [cryptography] }` */
export interface TagRequirement {
  readonly link: 'implements' | 'verifies';
  readonly to: 'requirement' | 'test' | 'control' | 'threat';
  readonly categories: readonly string[];
}

/** Number of a CWE entry (`CWE-120: ...` -> 120), or undefined when the text names none. */
export function cweNumber(entry: string): number | undefined {
  const digits = /^CWE-(\d+)/i.exec(entry.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
