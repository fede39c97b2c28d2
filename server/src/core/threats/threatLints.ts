import type { TracedItem } from '../trace/traceGraph.ts';
import { named, type Lint } from './lint.ts';
import { isOutOfScope, stateOf, type ThreatModel } from './threatModel.ts';

/** Lints on threats and what mitigates them. What an item's own kind asks for, the trace reports. */
export function threatLints(model: ThreatModel): readonly Lint[] {
  const threats = model.of('threat').filter(isAtLarge);
  return [
    ...threats.flatMap((threat) => unmitigated(model, threat)),
    ...model.of('control').flatMap((control) => withoutRequirement(model, control)),
    ...threats.flatMap((threat) => unrated(model, threat)),
    ...threats.flatMap((threat) => singleControl(model, threat)),
    ...missingTopics(model),
    ...onlyOnePatient(model),
  ];
}

/** Neither set aside nor accepted. */
function isAtLarge(threat: TracedItem): boolean {
  const state = stateOf(threat);
  return state !== 'not-applicable' && state !== 'accepted' && state !== 'transferred';
}

function mitigating(model: ThreatModel, threat: TracedItem): readonly TracedItem[] {
  return model
    .leadingTo(threat, ['control', 'requirement'])
    .filter(({ item }) => item.approval !== 'rejected');
}

function requirementsOf(model: ThreatModel, control: TracedItem): readonly TracedItem[] {
  return model.leadingTo(control, ['requirement']).filter(({ item }) => item.approval !== 'rejected');
}

function unmitigated(model: ThreatModel, threat: TracedItem): readonly Lint[] {
  const { item } = threat;
  const claimed = stateOf(threat) === 'mitigated';
  const by = mitigating(model, threat);
  if (by.length === 0) {
    if (item.asks === 'kind') return [];
    const message = claimed
      ? `${named(threat)} is said to be mitigated, but no control or requirement mitigates it: link one.`
      : `${named(threat)} has no mitigation: no control or requirement leads to it.`;
    return [{ code: 'TR05', severity: 'warning', message, at: threat }];
  }
  if (!claimed) return [];
  const requirements = by.flatMap((each) =>
    each.item.kind === 'requirement' ? [each] : requirementsOf(model, each),
  );
  const open = requirements.filter(({ status }) => status !== 'covered' && status !== 'justified');
  const [first] = open;
  if (first === undefined) return [];
  const message = `${named(threat)} is said to be mitigated, but \`${first.item.id}\` is not shown to be done: ${first.reasons.join(' ')}`;
  return [{ code: 'TR06', severity: 'warning', message, at: threat }];
}

function withoutRequirement(model: ThreatModel, control: TracedItem): readonly Lint[] {
  const { item } = control;
  if (item.asks === 'kind' || item.approval === 'rejected' || requirementsOf(model, control).length > 0)
    return [];
  const message = `${named(control)} has no requirement: nothing says what is to be built and tested for it.`;
  return [{ code: 'TR05', severity: 'warning', message, at: control }];
}

function risksOf(model: ThreatModel, threat: TracedItem): readonly TracedItem[] {
  return model.leadingTo(threat, ['risk']).filter(({ item }) => item.approval !== 'rejected');
}

function unrated(model: ThreatModel, threat: TracedItem): readonly Lint[] {
  const risks = risksOf(model, threat);
  if (risks.some(({ item }) => item.exploitability !== undefined)) return [];
  const likely = [threat, ...risks].some(({ item }) => item.attributes['foreignLikelihood'] !== undefined);
  const message = likely
    ? `${named(threat)} is rated by likelihood: rate how easily it can be exploited instead.`
    : `${named(threat)} has no risk that says how easily it can be exploited.`;
  return [{ code: 'TM10', severity: 'information', message, at: threat }];
}

function singleControl(model: ThreatModel, threat: TracedItem): readonly Lint[] {
  const severe = risksOf(model, threat).some(
    ({ item }) => item.severity === 'critical' || item.severity === 'catastrophic',
  );
  const by = mitigating(model, threat);
  const [only] = by;
  if (!severe || by.length !== 1 || only === undefined) return [];
  const message = `${named(threat)} can do great harm, and \`${only.item.id}\` alone stands against it: add a second line of defence.`;
  return [{ code: 'TM12', severity: 'information', message, at: threat }];
}

/** What many devices have in common, so that one attack reaches several patients. */
const SHARED =
  /\b(?:cloud|back[- ]?end|fleet|update (?:server|service|channel)|shared key|master key|app store|multi[- ]patient|remote (?:service|maintenance))\b/i;
const SEVERAL =
  /\b(?:multi[- ]patient|(?:several|many|multiple|all) (?:patients|devices|pumps|units)|fleet)\b/i;

function onlyOnePatient(model: ThreatModel): readonly Lint[] {
  const reach = [...model.of('element'), ...model.of('flow'), ...model.of('asset')].find((each) =>
    SHARED.test(textOf(each)),
  );
  if (reach === undefined || isOutOfScope(reach)) return [];
  if ([...model.of('threat'), ...model.of('risk')].some((each) => SEVERAL.test(textOf(each)))) return [];
  const message = `${named(reach)} reaches many devices, and no threat or risk is about harm to several patients: add one, or the tag \`multi-patient\` to those that are.`;
  return [{ code: 'TM14', severity: 'information', message, at: reach }];
}

function textOf({ item }: TracedItem): string {
  return `${item.title}\n${item.text ?? ''}\n${item.tags.join('\n')}`;
}

/** What a threat model must not leave out, and words that show that it did not. */
const TOPICS: readonly (readonly [topic: string, words: RegExp])[] = [
  ['the supply chain', /supply|third[- ]part|dependenc|sbom|soup\b|vendor|open[- ]source/i],
  ['updates', /update|upgrade|patch|firmware/i],
  ['decommissioning', /decommission|dispos|end[- ]of[- ]life|second[- ]hand|resale|retire/i],
];

function missingTopics(model: ThreatModel): readonly Lint[] {
  const threats = model.of('threat');
  const [first] = threats;
  if (first === undefined) return [];
  const texts = threats.map(textOf);
  return TOPICS.filter(([, words]) => !texts.some((text) => words.test(text))).map(([topic]) => ({
    code: 'TM05',
    severity: 'information',
    message: `No threat is about ${topic}.`,
    at: first,
  }));
}
