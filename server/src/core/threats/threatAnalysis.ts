import { compareText } from '../base/order.ts';
import type { Problem } from '../base/problem.ts';
import { compareRanges, START_OF_FILE } from '../base/range.ts';
import type { TraceGraph } from '../trace/traceGraph.ts';
import { unansweredThreats, type ThreatLibrary } from './library.ts';
import { problemOf } from './lint.ts';
import { riskLints } from './riskLints.ts';
import { structureLints } from './structureLints.ts';
import { matrixOf, type ThreatConfig } from './threatConfig.ts';
import { threatLints } from './threatLints.ts';
import { threatModelOf } from './threatModel.ts';

/** What is wrong with, or missing in, the threat model that a graph holds. A graph without elements and flows holds none. */
export function threatProblems(
  graph: TraceGraph,
  config: ThreatConfig,
  libraries: readonly ThreatLibrary[] = [],
): readonly Problem[] {
  const model = threatModelOf(graph);
  const isModel = model.of('element').length + model.of('flow').length > 0;
  const lints = [
    ...(isModel ? [...structureLints(model, config), ...threatLints(model)] : []),
    ...riskLints(model, matrixOf(config)),
  ];
  return [...lints.map(problemOf), ...unansweredThreats(model, config.libraries, libraries)].flatMap(
    (problem) => {
      const severity = Object.hasOwn(config.lints, problem.code)
        ? config.lints[problem.code]
        : problem.severity;
      return severity === undefined || severity === 'off' ? [] : [{ ...problem, severity }];
    },
  );
}

/** A graph whose problems are also those of its threat model, in one order. */
export function withThreatProblems(
  graph: TraceGraph,
  config: ThreatConfig,
  libraries?: readonly ThreatLibrary[],
): TraceGraph {
  const found = threatProblems(graph, config, libraries);
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
