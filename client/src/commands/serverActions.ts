import { commands, window, type QuickPickItem } from 'vscode';

import { scanWorkspace as scanRequest } from '../../../server/src/protocol/messages.ts';
import type { Surroundings } from './commands.ts';

/** Analyses every file afresh. The progress bar, with cancel, is the server's. */
export async function scanWorkspace({ server }: Surroundings): Promise<void> {
  await server.ask(scanRequest, {});
}

export async function restartServer({ server }: Surroundings): Promise<void> {
  await server.restart();
}

/** What a click on the status bar item offers. */
export async function showMenu({ server }: Surroundings): Promise<void> {
  const problems = action('$(list-flat) Show problems', 'workbench.actions.view.problems');
  const running = [
    problems,
    action('$(references) Show traceability', 'traceward.trace.focus'),
    action('$(checklist) Open requirement', 'traceward.openItem'),
    action('$(search) Scan workspace', 'traceward.scanWorkspace'),
  ];
  const always = [
    action('$(output) Show output', 'traceward.showOutput'),
    action('$(debug-restart) Restart language server', 'traceward.restartServer'),
  ];
  const choice = await window.showQuickPick(
    server.life === 'failed' || server.life === 'stopped' ? [...always].reverse() : [...running, ...always],
    { title: 'Traceward' },
  );
  if (choice !== undefined) {
    await commands.executeCommand(choice.command);
  }
}

function action(label: string, command: string): QuickPickItem & { readonly command: string } {
  return { label, command };
}
