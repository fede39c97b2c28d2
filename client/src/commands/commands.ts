/** Every command of the extension. The manifest's `contributes.commands` names the same ones; a test compares the two. */
import { commands, Disposable, window, type LogOutputChannel } from 'vscode';

import { clientCommands } from '../../../server/src/protocol/messages.ts';
import type { LanguageServer } from '../server/languageServer.ts';
import type { ChainView } from '../views/chainView.ts';
import type { GraphPanel } from '../views/graphPanel.ts';
import type { MatrixPanel } from '../views/matrixPanel.ts';
import type { ReviewView } from '../views/reviewView.ts';
import type { TraceView } from '../views/traceView.ts';
import { acceptFinding } from './acceptFinding.ts';
import { showChain, showGraph } from './chainActions.ts';
import { createRequirements } from './createRequirements.ts';
import { groupTrace } from './groupTrace.ts';
import { copyId, copyTag, findUses } from './itemActions.ts';
import { justifyWithReason } from './justifyWithReason.ts';
import type { LastEditors } from './lastEditors.ts';
import { openItem } from './openItem.ts';
import { restartServer, scanWorkspace, showMenu } from './serverActions.ts';
import { signOff, startReview } from './reviewActions.ts';
import { runRuleTests } from './runRuleTests.ts';
import { showTrace } from './showTrace.ts';
import { suppressWithReason } from './suppressWithReason.ts';
import { tagFunction } from './tagFunction.ts';
import { tryRule } from './tryRule.ts';

/** What commands work on. */
export interface Surroundings {
  readonly server: LanguageServer;
  readonly trace: TraceView;
  readonly chain: ChainView;
  readonly reviews: ReviewView;
  readonly matrix: MatrixPanel;
  readonly graph: GraphPanel;
  readonly output: LogOutputChannel;
  /** For commands that work on two files. */
  readonly editors: LastEditors;
}

/** Arguments come from menus, lenses and keybindings: each command checks what it was given. */
type Command = (surroundings: Surroundings, ...given: readonly unknown[]) => unknown;

export const commandTable: Readonly<Record<string, Command>> = {
  [clientCommands.showTrace]: showTrace,
  [clientCommands.suppressWithReason]: suppressWithReason,
  [clientCommands.justifyWithReason]: justifyWithReason,
  [clientCommands.acceptFinding]: acceptFinding,
  'traceward.tagFunction': tagFunction,
  'traceward.scanWorkspace': scanWorkspace,
  'traceward.openItem': openItem,
  'traceward.runRuleTests': runRuleTests,
  'traceward.tryRule': tryRule,
  'traceward.restartServer': restartServer,
  'traceward.showOutput': ({ output }) => output.show(),
  'traceward.showMenu': showMenu,
  'traceward.createRequirements': createRequirements,
  'traceward.refreshTrace': ({ trace }) => trace.refresh(),
  'traceward.showGapsOnly': ({ trace }) => trace.showGapsOnly(true),
  'traceward.groupTrace': groupTrace,
  'traceward.showAllItems': ({ trace }) => trace.showGapsOnly(false),
  'traceward.showChain': showChain,
  'traceward.pinChain': ({ chain }) => chain.pin(),
  'traceward.followChain': ({ chain }) => chain.follow(),
  'traceward.startReview': startReview,
  'traceward.endReview': ({ reviews }) => reviews.setActive(false),
  'traceward.nextReview': ({ reviews }) => reviews.go(1),
  'traceward.previousReview': ({ reviews }) => reviews.go(-1),
  'traceward.signOff': signOff,
  'traceward.showMatrix': ({ matrix }) => matrix.show(),
  'traceward.exportMatrix': ({ matrix }, target) => matrix.save(target),
  'traceward.showGraph': showGraph,
  'traceward.exportGraph': ({ graph }, target) => graph.save(target),
  'traceward.copyId': copyId,
  'traceward.copyTag': copyTag,
  'traceward.findUses': findUses,
};

export function registerCommands(surroundings: Surroundings): Disposable {
  const registered = Object.entries(commandTable).map(([id, run]) =>
    commands.registerCommand(id, async (...given: readonly unknown[]) => {
      try {
        return await run(surroundings, ...given);
      } catch (error) {
        await tellFailure(id, error, surroundings.output);
        return undefined;
      }
    }),
  );
  return Disposable.from(...registered);
}

async function tellFailure(id: string, error: unknown, output: LogOutputChannel): Promise<void> {
  output.error(`Command ${id} failed.`, error);
  const message = error instanceof Error ? error.message : String(error);
  const choice = await window.showErrorMessage(`Traceward: ${message}`, 'Show output');
  if (choice === 'Show output') {
    output.show();
  }
}
