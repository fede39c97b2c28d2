import { EXPLOITABILITY } from '../trace/itemFields.ts';
import { readMetrics4, score4 } from './cvss4.ts';

export type Exploitability = (typeof EXPLOITABILITY)[number];

/** What a CVSS vector says. */
export interface CvssScore {
  /** 0.0 to 10.0: of version 3 the base score, of version 4 the score with all metrics that the vector has. */
  readonly score: number;
  /** How easily it is carried out, 0.1 to 3.9: of version 3 the part of the base score. */
  readonly exploitability: number;
}

/** Weights of the metrics of CVSS 3.0 and 3.1. */
const WEIGHTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
};
/** Privileges weigh less where the attack reaches beyond what they were given for. */
const PRIVILEGES_CHANGED: Readonly<Record<string, number>> = { N: 0.85, L: 0.68, H: 0.5 };

/**
 * The score of a CVSS 3.0, 3.1 or 4.0 vector as its specification has it.
 *
 * @returns why there is none: metrics that are missing or unknown, another version
 */
export function cvssScore(vector: string): CvssScore | string {
  const [head = '', ...parts] = vector.trim().slice(0, 400).split('/');
  if (head === 'CVSS:4.0') return ofVersion4(parts);
  if (!/^CVSS:3\.[01]$/.test(head))
    return 'only vectors of CVSS 3.0, 3.1 and 4.0 are scored (`CVSS:3.1/AV:N/...`)';
  const metrics = new Map<string, string>();
  for (const part of parts) {
    const [name = '', value = ''] = part.split(':', 2);
    if (metrics.has(name)) return `the metric \`${name.slice(0, 10)}\` stands twice`;
    metrics.set(name, value);
  }
  const scope = metrics.get('S');
  if (scope !== 'U' && scope !== 'C') return 'the metric `S` is missing or unknown';
  const changed = scope === 'C';
  const weights = new Map<string, number>();
  for (const [name, values] of Object.entries(WEIGHTS)) {
    const table = changed && name === 'PR' ? PRIVILEGES_CHANGED : values;
    const value = metrics.get(name) ?? '';
    const weight = Object.hasOwn(table, value) ? table[value] : undefined;
    if (weight === undefined) return `the metric \`${name}\` is missing or unknown`;
    weights.set(name, weight);
  }
  const of = (name: string): number => weights.get(name) ?? 0;
  const reach = 1 - (1 - of('C')) * (1 - of('I')) * (1 - of('A'));
  const impact = changed ? 7.52 * (reach - 0.029) - 3.25 * (reach - 0.02) ** 15 : 6.42 * reach;
  const exploitability = 8.22 * of('AV') * of('AC') * of('PR') * of('UI');
  const sum = changed ? 1.08 * (impact + exploitability) : impact + exploitability;
  return { score: impact <= 0 ? 0 : roundedUp(Math.min(sum, 10)), exploitability };
}

/**
 * Version 4 has no part of the score for exploitability. So that one scale does for all, the weights of version 3 are applied to the metrics that mean
 * the same; attack requirements count as high complexity, and any interaction as interaction. A choice of this project.
 */
function ofVersion4(parts: readonly string[]): CvssScore | string {
  const metrics = readMetrics4(parts);
  if (typeof metrics === 'string') return metrics;
  const weight = (name: string, value = metrics.get(name) ?? ''): number => WEIGHTS[name]?.[value] ?? 0;
  const isHard = metrics.get('AC') === 'H' || metrics.get('AT') === 'P';
  const ui = weight('UI', metrics.get('UI') === 'N' ? 'N' : 'R');
  const exploitability = 8.22 * weight('AV') * weight('AC', isHard ? 'H' : 'L') * weight('PR') * ui;
  return { score: score4(metrics), exploitability };
}

/** To the next tenth, without the noise of binary fractions. */
function roundedUp(number: number): number {
  const whole = Math.round(number * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
}

/** From which exploitability on a level holds; a scale of this project's own, of equal steps. */
const LEVELS: readonly (readonly [from: number, level: Exploitability])[] = [
  [3.1, 'very-high'],
  [2.3, 'high'],
  [1.5, 'medium'],
  [0.7, 'low'],
  [0, 'very-low'],
];

/** The five-level scale for the exploitability part of a CVSS score. It is how easy an attack is, never how probable. */
export function exploitabilityLevel({ exploitability }: CvssScore): Exploitability {
  return LEVELS.find(([from]) => exploitability >= from)?.[1] ?? 'very-low';
}
