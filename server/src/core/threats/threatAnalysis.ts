import { CONFIG_FILE } from '../base/configFile.ts';
import { compareText } from '../base/order.ts';
import type { Problem } from '../base/problem.ts';
import { compareRanges, START_OF_FILE } from '../base/range.ts';
import type { TraceGraph } from '../trace/traceGraph.ts';
import { NO_HISTORY, type History } from './history.ts';
import { historyLints } from './historyLints.ts';
import { interfaceLints, type InterfaceUse } from './interfaces.ts';
import { unansweredThreats, type ThreatLibrary } from './library.ts';
import { problemOf } from './lint.ts';
import { requirementLints } from './requirementLints.ts';
import { riskLints } from './riskLints.ts';
import { structureLints } from './structureLints.ts';
import { matrixOf, VIEWS, type ThreatConfig } from './threatConfig.ts';
import { tagLints } from './tagLints.ts';
import { threatLints } from './threatLints.ts';
import { threatModelOf } from './threatModel.ts';

/** What is wrong with, or missing in, the threat model that a graph holds. A graph without elements and flows holds none. */
export function threatProblems(
  graph: TraceGraph,
  config: ThreatConfig,
  libraries: readonly ThreatLibrary[] = [],
  uses: readonly InterfaceUse[] = [],
  history: History = NO_HISTORY,
): readonly Problem[] {
  const model = threatModelOf(graph);
  const isModel = model.of('element').length + model.of('flow').length > 0;
  const lints = [
    ...(isModel
      ? [...structureLints(model, config), ...threatLints(model), ...interfaceLints(model, uses)]
      : []),
    ...riskLints(model, matrixOf(config)),
    ...requirementLints(model, isModel),
    ...historyLints(model, uses, history),
  ];
  return [
    ...lints.map(problemOf),
    ...tagLints(graph),
    ...missingViews(config),
    ...unansweredThreats(model, config.libraries, libraries),
  ].flatMap((problem) => {
    const severity = Object.hasOwn(config.lints, problem.code)
      ? config.lints[problem.code]
      : problem.severity;
    return severity === undefined || severity === 'off' ? [] : [{ ...problem, severity }];
  });
}

function missingViews({ views }: ThreatConfig): readonly Problem[] {
  if (views === undefined) return [];
  return VIEWS.filter((name) => views[name] === undefined).map((name) => ({
    code: 'TM07',
    severity: 'warning',
    message: `There is no view \`${name}\` of the architecture: say under \`threats.views\` where it is, or give its \`justification\`.`,
    path: CONFIG_FILE,
    range: START_OF_FILE,
  }));
}

/** A graph whose problems are also those of its threat model, in one order. */
export function withThreatProblems(
  graph: TraceGraph,
  config: ThreatConfig,
  libraries?: readonly ThreatLibrary[],
  uses?: readonly InterfaceUse[],
  history?: History,
): TraceGraph {
  const found = threatProblems(graph, config, libraries, uses, history);
  if (found.length === 0) return graph;
  const problems = [...graph.problems, ...found].sort(
    (a, b) =>
      compareText(a.path ?? '', b.path ?? '') ||
      compareRanges(a.range ?? START_OF_FILE, b.range ?? START_OF_FILE) ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
  return { ...graph, problems };
}
