import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';

import { loadProject } from '../../server/src/host/projectLoader.ts';
import { nodeHost } from '../../server/src/host/nodeHost.ts';
import type { ScanResult } from '../../server/src/protocol/messages.ts';
import { FULL } from './capabilities.ts';

const EXAMPLE = pathToFileURL(fileURLToPath(new URL('../../examples/infusion-pump', import.meta.url))).href;

describe('the bundled server as a process', () => {
  it('finds in the example what the command line finds', async () => {
    const bundle = fileURLToPath(new URL('../../dist/server/node.cjs', import.meta.url));
    const server = spawn(process.execPath, [bundle, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => server.on('exit', resolve));
    const client = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    client.onRequest((method, params): unknown =>
      method === 'workspace/configuration'
        ? (params as unknown as { items: unknown[] }).items.map(() => ({}))
        : null,
    );
    client.listen();
    await client.sendRequest('initialize', {
      processId: process.pid,
      capabilities: FULL,
      rootUri: null,
      workspaceFolders: [{ uri: EXAMPLE, name: 'infusion-pump' }],
    });
    await client.sendNotification('initialized', {});
    const { summary } = await client.sendRequest<ScanResult>('traceward/scanWorkspace', {});
    const { items } = await client.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
    });
    await client.sendRequest('shutdown');
    await client.sendNotification('exit');
    assert.equal(await ended, 0);
    client.dispose();

    const loaded = await loadProject(nodeHost(), { folder: EXAMPLE });
    assert.ok(loaded.ok);
    const { snapshot } = loaded.project;
    const expected = [...snapshot.files.keys()].flatMap((path) =>
      (snapshot.report(path)?.findings ?? []).map(
        ({ ruleId, range }) => `${path}:${range.start.line + 1} ${ruleId}`,
      ),
    );
    const found = items.flatMap((item) =>
      item.kind === 'full'
        ? item.items
            .filter(({ data }) => (data as { kind: string }).kind === 'finding')
            .map(
              ({ range, code }) =>
                `${item.uri.slice(EXAMPLE.length + 1)}:${range.start.line + 1} ${String(code)}`,
            )
        : [],
    );
    assert.ok(expected.length > 10, `${expected.length} findings`);
    assert.deepEqual(found.sort(), expected.sort());
    const [folder] = summary.folders;
    assert.equal((folder?.errors ?? 0) + (folder?.warnings ?? 0) + (folder?.infos ?? 0), expected.length);
    assert.equal(
      folder?.brokenLinks,
      snapshot.trace.links.filter(({ status }) => status !== 'covered').length,
    );
  });
});
