/**
 * An editor for tests: it speaks JSON-RPC over in-memory streams to the real server with the real engine, on files in memory. It keeps what a
 * user would see, and shows it as text.
 */
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  createConnection,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type InitializeResult,
  type MessageConnection,
  type PublishDiagnosticsParams,
  type Registration,
  type ServerCapabilities,
  type TextEdit,
  type WorkspaceDiagnosticReport,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

import type { Host, Threads } from '../../server/src/host/host.ts';
import type { EngineParts } from '../../server/src/lsp/engine.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import { clientCommands, type ClientOptions, type Summary } from '../../server/src/protocol/messages.ts';
import { withThreads } from '../support/pretendThreads.ts';
import { BARE, FULL } from './capabilities.ts';
import { diskHost, inDisk, inFolder, readDisk, type Disk } from './memoryDisk.ts';
import { openFile, type OpenFile } from './openFile.ts';
import { RULES } from './rules.ts';
import { problemLine, ROOT } from './screen.ts';

/** An upper bound for machines that do much at a time, in milliseconds; what is waited for comes sooner. */
const PATIENCE = 25_000;

export interface EditorOptions {
  /** Files of the one folder, by path. */
  readonly files?: Record<string, string | Uint8Array>;
  /** Several folders instead: files by URI of the folder. */
  readonly folders?: Record<string, Record<string, string | Uint8Array>>;
  /** A client that can do next to nothing (push only), or everything. */
  readonly client?: 'full' | 'bare';
  /** Settings of section `traceward`, by start of the URI; `''` for all. */
  readonly settings?: Record<string, Record<string, unknown>>;
  readonly options?: ClientOptions;
  readonly rules?: string;
  readonly parts?: EngineParts;
  /** Slows down reading of files, to have something to cancel. In milliseconds. */
  readonly readDelay?: number;
  /** Answers of git by its arguments joined with spaces. */
  readonly git?: Record<string, string>;
  /** Threads that scans may use, made of the host. */
  readonly threads?: (host: Host) => Threads;
  /** Do not wait for the first scan. */
  readonly doNotWait?: boolean;
  /** Answers a request of the server before the editor's own answer. */
  readonly onRequest?: (method: string, params: unknown) => unknown;
}

/** A message that the server sent. */
export interface Received {
  readonly method: string;
  readonly params: unknown;
}

/** An editor, and what a user and the machinery behind the screen do with it. */
export interface FakeEditor {
  readonly client: MessageConnection;
  readonly capabilities: ServerCapabilities;
  /** Messages of the server, in their order. */
  readonly received: readonly Received[];
  readonly registrations: readonly Registration[];
  /** What the server wrote to its log. */
  readonly logged: readonly string[];
  close(): Promise<void>;
  /** Parameters of the messages of one method that came so far. */
  messages(method: string): unknown[];
  /** Waits until something holds; fails with what it was after a while. */
  until(what: string, holds: () => boolean | Promise<boolean>): Promise<void>;
  /** What the status bar shows. */
  summary(): Summary | undefined;
  /** Waits for the first scan to end. */
  ready(): Promise<void>;
  /** Opens a file that is on disk, or a text that is not. */
  open(path: string, text?: string, languageId?: string): OpenFile;
  /** Changes a file on disk (undefined removes it, or a folder with all that is in it) and tells the server, as a watcher does. */
  write(path: string, text: string | undefined): Promise<void>;
  request<R>(method: string, params: unknown): Promise<R>;
  workspaceDiagnostics(
    previousResultIds?: { uri: string; value: string }[],
  ): Promise<WorkspaceDiagnosticReport>;
  /** What the list of problems shows: `path:line severity code`. */
  problems(): Promise<string[]>;
  changeSettings(next: Record<string, Record<string, unknown>>): Promise<void>;
  changeFolders(added: Record<string, Record<string, string>>, removed?: string[]): Promise<void>;
  /** Does what a code action says, to open files and to the disk. */
  apply(edit: WorkspaceEdit | undefined): Promise<void>;
}

const running = new Set<() => Promise<void>>();

/** Ends every editor that a test has left open; call it after each. */
export async function closeEditors(): Promise<void> {
  for (const close of [...running]) await close();
}

/** Starts a server and an editor that talks to it; by default waits for the first scan. */
export async function openEditor(options: EditorOptions = {}): Promise<FakeEditor> {
  const disk: Disk = options.folders ?? { [ROOT]: options.files ?? {} };
  const isFull = options.client !== 'bare';
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const received: Received[] = [];
  const published = new Map<string, PublishDiagnosticsParams>();
  const logged: string[] = [];
  const registrations: Registration[] = [];
  const settings: Record<string, Record<string, unknown>> = { ...options.settings };
  const opened = new Map<string, OpenFile>();

  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const { rules = RULES, readDelay, git, threads } = options;
  const host = diskHost(disk, { rules, readDelay, git }, logged);
  startServer(server, threads === undefined ? host : withThreads(host, threads(host)), options.parts);
  server.listen();

  const client: MessageConnection = createMessageConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  client.onNotification((method, params) => {
    received.push({ method, params });
    if (method === 'textDocument/publishDiagnostics') {
      const sent = params as unknown as PublishDiagnosticsParams;
      published.set(sent.uri, sent);
    }
  });
  client.onRequest((method, params): unknown => {
    received.push({ method, params });
    const own = options.onRequest?.(method, params);
    if (own !== undefined) return own;
    if (method === 'workspace/configuration') {
      const { items } = params as unknown as { items: { scopeUri?: string }[] };
      return items.map(({ scopeUri = '' }) => settingsAt(settings, scopeUri));
    }
    if (method === 'client/registerCapability') {
      registrations.push(...(params as unknown as { registrations: Registration[] }).registrations);
    }
    return null;
  });
  client.onUnhandledProgress((params) => received.push({ method: '$/progress', params }));
  client.listen();

  const folders = Object.keys(disk).map((uri) => ({ uri, name: uri.split('/').at(-1) ?? uri }));
  const clientOptions: ClientOptions = options.options ?? {
    commands: Object.values(clientCommands),
    views: true,
  };
  const initialized = await client.sendRequest<InitializeResult>('initialize', {
    processId: null,
    capabilities: (isFull ? FULL : BARE) satisfies ClientCapabilities,
    ...(isFull
      ? { workspaceFolders: folders, rootUri: null, initializationOptions: clientOptions }
      : { rootUri: folders[0]?.uri ?? null }),
  });
  await client.sendNotification('initialized', {});

  async function close(): Promise<void> {
    running.delete(close);
    await client.sendRequest('shutdown');
    client.dispose();
    server.dispose();
  }
  running.add(close);

  async function applyTo(uri: string, edits: readonly TextEdit[]): Promise<void> {
    const open = opened.get(uri);
    if (open !== undefined) {
      await open.change(...edits);
      return;
    }
    const before = inDisk(disk, uri) ? readDisk(disk, uri) : '';
    const document = TextDocument.create(uri, 'plaintext', 0, before);
    await editor.write(uri, TextDocument.applyEdits(document, [...edits]));
  }

  const editor: FakeEditor = {
    client,
    capabilities: initialized.capabilities,
    received,
    registrations,
    logged,
    close,
    messages: (method: string): unknown[] =>
      received.filter((each) => each.method === method).map((each) => each.params),
    until,
    summary: (): Summary | undefined => editor.messages('traceward/summary').at(-1) as Summary | undefined,
    ready: async (): Promise<void> => {
      if (!isFull) return;
      await until('the first scan has ended', () => editor.summary()?.state === 'ready');
    },
    open(path: string, text?: string, languageId = languageOf(path)): OpenFile {
      const uri = path.includes('://') ? path : `${folders[0]?.uri ?? ROOT}/${path}`;
      const content = text ?? readDisk(disk, uri);
      const file = openFile({ client, published, uri, languageId, text: content, pulls: isFull });
      opened.set(uri, file);
      return file;
    },
    async write(path: string, text: string | undefined): Promise<void> {
      const uri = path.includes('://') ? path : `${folders[0]?.uri ?? ROOT}/${path}`;
      const { folder, inner } = inFolder(disk, uri);
      const record = disk[folder] ?? {};
      const isNew = record[inner] === undefined;
      if (text === undefined) {
        for (const each of Object.keys(record))
          if (each === inner || each.startsWith(`${inner}/`)) Reflect.deleteProperty(record, each);
      }
      if (text !== undefined) record[inner] = text;
      const type = text === undefined ? 3 : isNew ? 1 : 2;
      await client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
    },
    request: (method, params) => client.sendRequest(method, params),
    workspaceDiagnostics: (previousResultIds: { uri: string; value: string }[] = []) =>
      client.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
        identifier: 'traceward',
        previousResultIds,
      }),
    async problems(): Promise<string[]> {
      if (!isFull) {
        return [...published.values()]
          .flatMap(({ uri, diagnostics }) => diagnostics.map((each) => problemLine(uri, each)))
          .sort();
      }
      const { items } = await editor.workspaceDiagnostics();
      return items.flatMap((item) =>
        item.kind === 'full' ? item.items.map((each) => problemLine(item.uri, each)) : [],
      );
    },
    async changeSettings(next: Record<string, Record<string, unknown>>): Promise<void> {
      Object.assign(settings, next);
      await client.sendNotification('workspace/didChangeConfiguration', { settings: null });
    },
    async changeFolders(
      added: Record<string, Record<string, string>>,
      removed: string[] = [],
    ): Promise<void> {
      Object.assign(disk, added);
      const named = (uri: string) => ({ uri, name: uri.split('/').at(-1) ?? uri });
      const event = { added: Object.keys(added).map(named), removed: removed.map(named) };
      await client.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    },
    async apply(edit: WorkspaceEdit | undefined): Promise<void> {
      for (const [uri, edits] of editsOf(edit)) await applyTo(uri, edits);
    },
  };
  if (options.doNotWait !== true) await editor.ready();
  return editor;
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}.`);
    await sleep(10);
  }
}

function settingsAt(settings: Record<string, Record<string, unknown>>, uri: string): Record<string, unknown> {
  const keys = Object.keys(settings).filter((key) => uri.startsWith(key));
  return Object.assign({}, ...keys.sort((a, b) => a.length - b.length).map((key) => settings[key])) as Record<
    string,
    unknown
  >;
}

/** What an editor calls the language of a file by its ending. */
const EDITOR_IDS: Readonly<Record<string, string>> = {
  cpp: 'cpp',
  cs: 'csharp',
  kt: 'kotlin',
  rs: 'rust',
  swift: 'swift',
  yaml: 'yaml',
  yml: 'yaml',
};

function languageOf(path: string): string {
  return EDITOR_IDS[path.split('.').at(-1) ?? ''] ?? 'c';
}

/** The edits of each file; a file that is made starts empty. */
function editsOf(edit: WorkspaceEdit | undefined): [string, TextEdit[]][] {
  if (edit === undefined) throw new Error('The action has no edit.');
  const documents = (edit.documentChanges ?? []).flatMap((change): [string, TextEdit[]][] =>
    'textDocument' in change
      ? [[change.textDocument.uri, change.edits.filter((each) => 'newText' in each)]]
      : [],
  );
  return [...Object.entries(edit.changes ?? {}), ...documents];
}
