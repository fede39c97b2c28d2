import type { TraceGraph } from '../trace/traceGraph.ts';
import type { History } from './history.ts';
import { createInterfaceFinder, type Including } from './interfaces.ts';
import type { ThreatLibrary } from './library.ts';
import { withThreatProblems } from './threatAnalysis.ts';
import type { ThreatConfig } from './threatConfig.ts';

/** What the lints of threat models are asked with. */
export interface ThreatInputs {
  readonly graph: TraceGraph;
  readonly config: ThreatConfig;
  readonly files: Iterable<Including>;
  readonly history: History;
}

/** Adds the problems of the threat model to graphs; as long as nothing that they rest on has changed, the answer is the same object. */
export function createThreatTrace(libraries: readonly ThreatLibrary[]): (inputs: ThreatInputs) => TraceGraph {
  const interfacesIn = createInterfaceFinder();
  let last:
    (Omit<ThreatInputs, 'files'> & { readonly usesKey: string; readonly found: TraceGraph }) | undefined;
  return ({ graph, config, files, history }) => {
    const uses = interfacesIn(files);
    const usesKey = JSON.stringify(uses);
    const isSame =
      last?.graph === graph && last.config === config && last.history === history && last.usesKey === usesKey;
    if (last === undefined || !isSame) {
      const found = withThreatProblems(graph, config, libraries, uses, history);
      last = { graph, config, history, usesKey, found };
    }
    return last.found;
  };
}
