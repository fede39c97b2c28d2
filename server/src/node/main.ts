// The language server as a process: over stdio, a pipe or node-ipc, as its arguments say.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';

import { nodeHost } from '../host/nodeHost.ts';
import { startServer } from '../lsp/server.ts';

const connection = createConnection(ProposedFeatures.all);
startServer(connection, nodeHost());
connection.listen();
