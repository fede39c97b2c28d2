import { QuickPickItemKind, ThemeIcon, window, type QuickPickItem } from 'vscode';
import type { Location } from 'vscode-languageclient';

import {
  TRACE_ITEM_KINDS,
  traceAt,
  type TraceNode,
  type TraceNodeKind,
  type UnitTrace,
} from '../../../server/src/protocol/messages.ts';
import { openPlace } from '../places.ts';
import { kindIcons, kindNames } from '../views/icons.ts';
import { plural } from '../views/words.ts';
import { placeOf, type CodePlace } from './codePlace.ts';
import type { Surroundings } from './commands.ts';
import { tagFunction } from './tagFunction.ts';

/** The chain from what may happen to what proves that it does not. */
const CHAIN: readonly TraceNodeKind[] = [...TRACE_ITEM_KINDS, 'link'];

interface PlacePick extends QuickPickItem {
  readonly place?: Location;
}

const BESIDE = { iconPath: new ThemeIcon('split-horizontal'), tooltip: 'Open to the side' };

/** Shows what stands behind a function, as a list to walk and open. Without arguments: the function at the cursor. */
export async function showTrace(surroundings: Surroundings, given?: unknown): Promise<void> {
  const place = placeOf(given);
  if (place === undefined) {
    void window.showInformationMessage('Traceward: open a source file and put the cursor into a function.');
    return;
  }
  const trace = await surroundings.server.ask(traceAt, {
    textDocument: { uri: place.uri },
    position: place.position,
  });
  if (trace === null) {
    void window.showInformationMessage('Traceward: this file is not analysed, so no trace leads to it.');
    return;
  }
  const picks = picksOf(trace);
  if (picks.length === 0) {
    await offerTag(surroundings, trace, place);
    return;
  }
  await choose(trace, picks);
}

async function choose(trace: UnitTrace, picks: readonly PlacePick[]): Promise<void> {
  const list = window.createQuickPick<PlacePick>();
  list.title = `Trace of ${trace.unit.name}`;
  list.placeholder = describe(trace);
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = picks;
  const choice = await new Promise<{ pick: PlacePick; beside: boolean } | undefined>((resolve) => {
    list.onDidAccept(() => {
      const [pick] = list.activeItems;
      resolve(pick === undefined ? undefined : { pick, beside: false });
    });
    list.onDidTriggerItemButton(({ item }) => resolve({ pick: item, beside: true }));
    list.onDidHide(() => resolve(undefined));
    list.show();
  });
  list.dispose();
  if (choice?.pick.place !== undefined) {
    await openPlace(choice.pick.place, choice.beside);
  }
}

function describe(trace: UnitTrace): string {
  const requirements = trace.nodes.filter((node) => node.kind === 'requirement').length;
  const tests = trace.nodes.filter((node) => node.kind === 'test').length;
  return [
    ...(requirements > 0 ? [plural(requirements, 'requirement')] : []),
    ...(tests > 0 ? [plural(tests, 'test case')] : []),
    plural(trace.findings, 'finding'),
  ].join(', ');
}

/** One section a tag: the chain of the item that it names, from the threat to the tests. */
function picksOf(trace: UnitTrace): PlacePick[] {
  return trace.nodes.flatMap((node): PlacePick[] => {
    const heading = node.description === '' ? node.label : `${node.label} ${node.description}`;
    return [{ label: heading, kind: QuickPickItemKind.Separator }, ...chainOf(node).map(pickOf)];
  });
}

/**
 * A node and all below it, each once, in the order of the chain. Headings are left out; code under the heading of tests or under a test
 * case is test code and stands with the tests.
 */
function chainOf(root: TraceNode): readonly TraceNode[] {
  const seen = new Map<string, { readonly node: TraceNode; readonly rank: number }>();
  const test = CHAIN.indexOf('test');
  const visit = (node: TraceNode, isBelowTests: boolean) => {
    const name = node.id ?? `${node.label} ${JSON.stringify(node.location)}`;
    const rank = isBelowTests && node.kind === 'unit' ? test : CHAIN.indexOf(node.kind);
    if (node.kind !== 'group' && !seen.has(name)) {
      seen.set(name, { node, rank });
    }
    const isTest = node.kind === 'test' || (node.kind === 'group' && node.label === 'Tests');
    node.children.forEach((child) => visit(child, isBelowTests || isTest));
  };
  visit(root, false);
  return [...seen.values()].sort((a, b) => a.rank - b.rank).map(({ node }) => node);
}

function pickOf(node: TraceNode): PlacePick {
  const wrong = node.status === 'gap' || node.status === 'broken';
  return {
    label: `$(${kindIcons[node.kind] ?? 'circle'}) ${node.label}`,
    description: [kindNames[node.kind].toLowerCase(), node.description]
      .filter((part) => part !== '')
      .join(' · '),
    ...(wrong ? { detail: `$(warning) ${node.reasons.join(' ')}` } : {}),
    ...(node.location === undefined ? {} : { place: node.location, buttons: [BESIDE] }),
  };
}

/** A function without a tag: say so, and lead to the command that inserts one. */
async function offerTag(surroundings: Surroundings, trace: UnitTrace, place: CodePlace): Promise<void> {
  if (trace.unit.kind === 'file') {
    void window.showInformationMessage(
      'Traceward: no requirement leads to this place. Put the cursor into a function.',
    );
    return;
  }
  const choice = await window.showInformationMessage(
    `Traceward: ${trace.unit.name} carries no tag, so no requirement leads to it.`,
    'Tag this function',
  );
  if (choice !== undefined) {
    await tagFunction(surroundings, place);
  }
}
