import { EXPLOITABILITY, SEVERITY_OF_HARM } from '../trace/itemFields.ts';
import type { Attributes } from '../trace/item.ts';
import type { TracedItem } from '../trace/traceGraph.ts';
import { cvssScore, exploitabilityLevel } from './cvss.ts';
import { named, type Lint } from './lint.ts';
import type { Acceptance, AcceptanceMatrix } from './threatConfig.ts';
import type { ThreatModel } from './threatModel.ts';

/** How easily, and how bad. */
export interface Rating {
  readonly exploitability: (typeof EXPLOITABILITY)[number];
  readonly severity: (typeof SEVERITY_OF_HARM)[number];
}

/** A risk before and after its controls. `after` is absent where nothing says that controls change it. */
export interface RatedRisk {
  readonly before: Rating | undefined;
  readonly after: Rating | undefined;
}

export function ratingsOf({ item }: TracedItem): RatedRisk {
  const before = ratingIn(item.exploitability, item.severity);
  const written = recordAt(item.attributes, 'after');
  const after =
    written === undefined
      ? undefined
      : ratingIn(written['exploitability'], written['severity'] ?? item.severity);
  return { before, after };
}

function ratingIn(exploitability: unknown, severity: unknown): Rating | undefined {
  const easily = EXPLOITABILITY.find((each) => each === exploitability);
  const bad = SEVERITY_OF_HARM.find((each) => each === severity);
  return easily === undefined || bad === undefined ? undefined : { exploitability: easily, severity: bad };
}

/** What a matrix says of a rating. */
export function acceptanceOf({ exploitability, severity }: Rating, matrix: AcceptanceMatrix): Acceptance {
  return matrix[exploitability][severity];
}

/** Lints on ratings; those on acceptance only where a project has said what it accepts. */
export function riskLints(model: ThreatModel, matrix: AcceptanceMatrix | undefined): readonly Lint[] {
  const risks = model.of('risk').filter(({ item }) => item.approval !== 'rejected');
  return [
    ...[...risks, ...model.of('vulnerability')].flatMap(vectors),
    ...(matrix === undefined ? [] : risks.flatMap((risk) => unaccepted(risk, matrix))),
    ...(matrix === undefined ? [] : risks.flatMap((risk) => withoutSafety(model, risk))),
  ];
}

/** Vectors that cannot be scored, and levels that differ from what the vector says. */
function vectors(rated: TracedItem): readonly Lint[] {
  const { item } = rated;
  const after = recordAt(item.attributes, 'after');
  const pairs = [
    { vector: item.attributes['cvss'], level: item.exploitability },
    { vector: after?.['cvss'], level: after?.['exploitability'] },
  ];
  return pairs.flatMap(({ vector, level }): Lint[] => {
    if (typeof vector !== 'string') return [];
    const score = cvssScore(vector);
    if (typeof score === 'string') {
      const message = `The CVSS vector of ${named(rated)} is not scored: ${score}.`;
      return [{ code: 'TM10', severity: 'information', message, at: rated }];
    }
    const own = exploitabilityLevel(score);
    if (typeof level !== 'string' || level === own) return [];
    const message = `${named(rated)} has the exploitability \`${level}\`, but its CVSS vector (score ${score.score.toFixed(1)}) gives \`${own}\`: say why in its text, or correct one of them.`;
    return [{ code: 'TM10', severity: 'information', message, at: rated }];
  });
}

function unaccepted(risk: TracedItem, matrix: AcceptanceMatrix): readonly Lint[] {
  const { before, after } = ratingsOf(risk);
  const { item } = risk;
  if (before === undefined) {
    const how = item.attributes['foreignLikelihood'] === undefined ? '' : ' other than by likelihood';
    const message = `${named(risk)} is not rated${how}: give its exploitability and the severity of harm.`;
    return [{ code: 'TM10', severity: 'warning', message, at: risk }];
  }
  const first = acceptanceOf(before, matrix);
  if (after === undefined && first !== 'acceptable') {
    const message = `${named(risk)} is \`${first}\` (${shown(before)}) and has no rating \`after\` its controls.`;
    return [{ code: 'TM10', severity: 'warning', message, at: risk }];
  }
  const residual = after ?? before;
  const last = acceptanceOf(residual, matrix);
  if (last === 'acceptable') return [];
  const decision = recordAt(item.attributes, 'decision');
  const by = decision?.['by'];
  if (typeof by === 'string' && by.trim() !== '') return [];
  const message = `${named(risk)} remains \`${last}\` (${shown(residual)}) and nobody has accepted it: write a \`decision\` with \`by\` and \`reason\`.`;
  return [{ code: 'TM11', severity: last === 'unacceptable' ? 'error' : 'warning', message, at: risk }];
}

/** Each risk is passed on to the safety file, or a written reason says why it need not be. */
function withoutSafety(model: ThreatModel, risk: TracedItem): readonly Lint[] {
  const reason = risk.item.attributes['noSafetyImpact'];
  if (typeof reason === 'string' && reason.trim() !== '') return [];
  if (model.ledToBy(risk, ['risk'], ['hazards']).length > 0) return [];
  const message = `${named(risk)} leads to no safety hazard: name them under \`hazards\`, or say why there are none in \`noSafetyImpact\`.`;
  return [{ code: 'TM15', severity: 'warning', message, at: risk }];
}

function shown({ exploitability, severity }: Rating): string {
  return `exploitability ${exploitability}, harm ${severity}`;
}

function recordAt(attributes: Attributes, key: string): Attributes | undefined {
  const value = attributes[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Attributes)
    : undefined;
}
