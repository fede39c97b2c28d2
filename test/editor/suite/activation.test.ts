// The extension starts, and what its manifest promises is there.
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

import { extension, traceward } from '../api.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly category: string;
      readonly title: string;
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
  };
}

describe('the extension', () => {
  const { contributes } = extension().packageJSON as Manifest;

  it('starts and analyses the workspace', async () => {
    const api = await traceward();
    assert.equal(api.version, 1);
    assert.equal(api.serverLife(), 'running');
  });

  it('registers exactly the commands of its manifest', async () => {
    await traceward();
    const registered = (await vscode.commands.getCommands(true))
      .filter((id) => /^traceward\.[a-zA-Z]+$/.test(id))
      // Containers and views bring commands of their own, such as `traceward.trace.focus`; these have a dot more.
      .sort();
    assert.deepEqual(registered, contributes.commands.map(({ command }) => command).sort());
  });

  it('names every command in the same words: category Traceward, sentence case, no dots at the end', () => {
    for (const { category, title } of contributes.commands) {
      assert.equal(category, 'Traceward');
      assert.match(title, /^[A-Z][a-z]+( [a-z]+)*$/);
    }
  });

  it('puts only known commands into menus', () => {
    const known = contributes.commands.map(({ command }) => command);
    for (const { command } of Object.values(contributes.menus).flat()) {
      assert.ok(known.includes(command), command);
    }
  });
});
