/** Scores of CVSS 4.0 vectors by the method of the specification: macro vectors, and how far a vector is from the worst one of its own. */
import { MACRO_SCORES } from './cvss4Table.ts';

/** Values of each metric of the base, the worst first. */
const BASE: Readonly<Record<string, string>> = {
  ...{ AV: 'NALP', AC: 'LH', AT: 'NP', PR: 'NLH', UI: 'NPA' },
  ...{ VC: 'HLN', VI: 'HLN', VA: 'HLN', SC: 'HLN', SI: 'HLN', SA: 'HLN' },
};
/** Metrics that may be left out, with all their values. */
const OPTIONAL: Readonly<Record<string, string>> = {
  ...{ E: 'XAPU', CR: 'XHML', IR: 'XHML', AR: 'XHML' },
  ...Object.fromEntries(Object.entries(BASE).map(([name, values]) => [`M${name}`, `X${values}`])),
  ...{ MSI: 'XSHLN', MSA: 'XSHLN' },
  // Supplemental: they do not change the score.
  ...{ S: 'XNP', AU: 'XNY', R: 'XAUI', V: 'XDC', RE: 'XLMH' },
};
const URGENCY: readonly string[] = ['X', 'Clear', 'Green', 'Amber', 'Red'];
/** Order of the values for distances. Of subsequent systems `S` (safety) is worse than `H`, and confidentiality has no `S`. */
const STEPS: Readonly<Record<string, string>> = {
  ...BASE,
  ...{ SC: 'SHLN', SI: 'SHLN', SA: 'SHLN', CR: 'HML', IR: 'HML', AR: 'HML' },
};

/** The worst vectors of each level of an equivalence set, and how many steps there are in it, one more than to its mildest one. */
interface Level {
  readonly worst: readonly string[];
  readonly steps: number;
}

const EQ1: readonly Level[] = [
  { worst: ['AV:N/PR:N/UI:N'], steps: 1 },
  { worst: ['AV:A/PR:N/UI:N', 'AV:N/PR:L/UI:N', 'AV:N/PR:N/UI:P'], steps: 4 },
  { worst: ['AV:P/PR:N/UI:N', 'AV:A/PR:L/UI:P'], steps: 5 },
];
const EQ2: readonly Level[] = [
  { worst: ['AC:L/AT:N'], steps: 1 },
  { worst: ['AC:H/AT:N', 'AC:L/AT:P'], steps: 2 },
];
/** EQ3 and EQ6 are looked at together. */
const EQ3_6: Readonly<Record<string, Level>> = {
  '00': { worst: ['VC:H/VI:H/VA:H/CR:H/IR:H/AR:H'], steps: 7 },
  '01': { worst: ['VC:H/VI:H/VA:L/CR:M/IR:M/AR:H', 'VC:H/VI:H/VA:H/CR:M/IR:M/AR:M'], steps: 6 },
  '10': { worst: ['VC:L/VI:H/VA:H/CR:H/IR:H/AR:H', 'VC:H/VI:L/VA:H/CR:H/IR:H/AR:H'], steps: 8 },
  '11': {
    worst: [
      'VC:L/VI:H/VA:L/CR:H/IR:M/AR:H',
      'VC:L/VI:H/VA:H/CR:H/IR:M/AR:M',
      'VC:H/VI:L/VA:H/CR:M/IR:H/AR:M',
      'VC:H/VI:L/VA:L/CR:M/IR:H/AR:H',
      'VC:L/VI:L/VA:H/CR:H/IR:H/AR:M',
    ],
    steps: 8,
  },
  '21': { worst: ['VC:L/VI:L/VA:L/CR:H/IR:H/AR:H'], steps: 10 },
};
const EQ4: readonly Level[] = [
  { worst: ['SC:H/SI:S/SA:S'], steps: 6 },
  { worst: ['SC:H/SI:H/SA:H'], steps: 5 },
  { worst: ['SC:L/SI:L/SA:L'], steps: 4 },
];

/** Metrics of a CVSS 4.0 vector, with environmental ones in the place of those that they modify. */
export type Metrics4 = ReadonlyMap<string, string>;

/** @returns why the vector cannot be read, or its metrics */
export function readMetrics4(parts: readonly string[]): Metrics4 | string {
  const given = new Map<string, string>();
  for (const part of parts) {
    const [name = '', value = ''] = part.split(':', 2);
    if (given.has(name)) return `the metric \`${name.slice(0, 10)}\` stands twice`;
    const values = Object.hasOwn(BASE, name)
      ? BASE[name]
      : Object.hasOwn(OPTIONAL, name)
        ? OPTIONAL[name]
        : '';
    const isKnown =
      name === 'U' ? URGENCY.includes(value) : value.length === 1 && values?.includes(value) === true;
    if (!isKnown) return `the metric \`${name.slice(0, 10)}\` is missing or unknown`;
    given.set(name, value);
  }
  const metrics = new Map<string, string>();
  for (const name of Object.keys(BASE)) {
    const value = given.get(name);
    if (value === undefined) return `the metric \`${name}\` is missing or unknown`;
    const modified = given.get(`M${name}`) ?? 'X';
    metrics.set(name, modified === 'X' ? value : modified);
  }
  const orWorst = (name: string, worst: string): void => {
    const value = given.get(name) ?? 'X';
    metrics.set(name, value === 'X' ? worst : value);
  };
  orWorst('E', 'A');
  for (const name of ['CR', 'IR', 'AR']) orWorst(name, 'H');
  return metrics;
}

/** The score, 0.0 to 10.0 in tenths. */
export function score4(metrics: Metrics4): number {
  const is = (name: string, value: string): boolean => metrics.get(name) === value;
  if (['VC', 'VI', 'VA', 'SC', 'SI', 'SA'].every((name) => is(name, 'N'))) return 0;
  const easy = [is('AV', 'N'), is('PR', 'N'), is('UI', 'N')].filter(Boolean).length;
  const eq1 = easy === 3 ? 0 : easy > 0 && !is('AV', 'P') ? 1 : 2;
  const eq2 = is('AC', 'L') && is('AT', 'N') ? 0 : 1;
  const high = ['VC', 'VI', 'VA'].some((name) => is(name, 'H'));
  const eq3 = is('VC', 'H') && is('VI', 'H') ? 0 : high ? 1 : 2;
  const beyond = ['SC', 'SI', 'SA'].some((name) => is(name, 'H'));
  const eq4 = is('SI', 'S') || is('SA', 'S') ? 0 : beyond ? 1 : 2;
  const eq5 = is('E', 'A') ? 0 : is('E', 'P') ? 1 : 2;
  const asked = (impact: string, requirement: string) => is(impact, 'H') && is(requirement, 'H');
  const eq6 = asked('VC', 'CR') || asked('VI', 'IR') || asked('VA', 'AR') ? 0 : 1;
  const scoreOf = (...levels: readonly number[]) => MACRO_SCORES.get(levels.join(''));
  const value = scoreOf(eq1, eq2, eq3, eq4, eq5, eq6);
  if (value === undefined) return 0;
  // Of the set of EQ3 and EQ6, the next milder macro vector is the one that scores higher where there are two.
  const next36 = [
    ...(eq6 === 0 ? [scoreOf(eq1, eq2, eq3, eq4, eq5, 1)] : []),
    ...(eq6 === 1 || eq3 === 0 ? [scoreOf(eq1, eq2, eq3 + 1, eq4, eq5, eq6)] : []),
  ].reduce<number | undefined>(
    (best, each) => (each !== undefined && (best ?? 0) <= each ? each : best),
    undefined,
  );
  const sets: readonly (readonly [level: Level | undefined, next: number | undefined])[] = [
    [EQ1[eq1], scoreOf(eq1 + 1, eq2, eq3, eq4, eq5, eq6)],
    [EQ2[eq2], scoreOf(eq1, eq2 + 1, eq3, eq4, eq5, eq6)],
    [EQ3_6[`${eq3}${eq6}`], next36],
    [EQ4[eq4], scoreOf(eq1, eq2, eq3, eq4 + 1, eq5, eq6)],
    // Each level of EQ5 has one vector.
    [{ worst: [], steps: 1 }, scoreOf(eq1, eq2, eq3, eq4, eq5 + 1, eq6)],
  ];
  const reductions = sets.flatMap(([level, next]) =>
    level === undefined || next === undefined
      ? []
      : [((value - next) * distance(metrics, level)) / level.steps],
  );
  const mean = reductions.reduce((sum, each) => sum + each, 0) / Math.max(1, reductions.length);
  // Half a tenth is rounded up, whatever binary fractions make of it.
  return Math.round((Math.max(0, Math.min(10, value - mean)) + 1e-6) * 10) / 10;
}

/** Steps from the first of the worst vectors that is nowhere milder than this one. */
function distance(metrics: Metrics4, { worst }: Level): number {
  for (const vector of worst) {
    const steps = vector.split('/').map((part) => {
      const [name = '', value = ''] = part.split(':');
      const order = STEPS[name] ?? '';
      return order.indexOf(metrics.get(name) ?? '') - order.indexOf(value);
    });
    if (steps.every((each) => each >= 0)) return steps.reduce((sum, each) => sum + each, 0);
  }
  return 0;
}
