import type { Connection } from 'vscode-languageserver';

import { clientFolder } from '../host/browserHost.ts';
import type { FolderHost, Host } from '../host/host.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import type { OpenDocument, Place } from './documents.ts';
import type { Engine } from './engine.ts';
import { openFolder, type Folder } from './folder.ts';
import type { ErrorLog } from './safely.ts';
import type { Settings } from './settings.ts';
import { canonicalUri, pathBelow } from './uris.ts';

/** Everything that the handlers of one connection share. */
export interface Session {
  readonly connection: Connection;
  readonly client: ClientFeatures;
  readonly host: Host;
  readonly engine: Engine;
  readonly log: ErrorLog;
  /** Workspace folders in the client's order. */
  readonly folders: readonly Folder[];
  /** Home of open files outside every folder. */
  readonly loose: Folder;
  readonly documents: Documents;
  /** Settings in force for a file or folder; asked for once, until the client says that they changed. */
  settingsOf(uri: string): Promise<Settings>;
  /** The folder that a file belongs to (the innermost one) and its path in it. */
  placeOf(uri: string): Place;
  /** URI of a file as the client writes it. */
  uriOf(folder: Folder, path: string): string;
  addFolder(folder: { readonly uri: string; readonly name: string }): Folder;
  /** Frees what the core holds of a folder. */
  removeFolder(uri: string): Folder | undefined;
}

/** Open documents by URI, however the client spells it. */
export interface Documents {
  get(uri: string): OpenDocument | undefined;
  at(folder: Folder, path: string): OpenDocument | undefined;
  all(): readonly OpenDocument[];
  add(document: OpenDocument): void;
  delete(uri: string): void;
  /** A document that is taken away: `reading` ends when what is on disk counts again. */
  closed(uri: string, reading: Promise<void>): void;
  /** Resolved once the core knows the file as it is: an open one as it was opened, one that was just closed as it is on disk. */
  known(uri: string): Promise<void>;
}

export interface SessionOptions {
  readonly connection: Connection;
  readonly client: ClientFeatures;
  readonly host: Host;
  readonly engine: Engine;
  readonly log: ErrorLog;
  readonly settingsOf: (uri: string) => Promise<Settings>;
}

export function createSession(options: SessionOptions): Session {
  const { engine, log, host } = options;
  const folders: Folder[] = [];
  const loose = openFolder({ uri: '', name: '', files: undefined, engine, log });
  const documents = openDocuments();

  /** A process reaches files only; folders on other file systems come through the client, where it can serve them. */
  const filesOf = (uri: string): FolderHost | undefined => {
    try {
      return host.openFolder(uri);
    } catch (error) {
      if (options.client.views) return clientFolder(options.connection, uri);
      log.report(`opening the folder ${uri}`, error);
      return undefined;
    }
  };

  return {
    ...options,
    folders,
    loose,
    documents,
    placeOf(uri) {
      const open = documents.get(uri);
      if (open !== undefined) return open.place;
      const inside = folders
        .flatMap((folder) => {
          const path = pathBelow(folder.uri, uri);
          return path === undefined ? [] : [{ folder, path }];
        })
        // The shortest path is the one from the innermost folder.
        .sort((a, b) => a.path.length - b.path.length);
      return inside[0] ?? { folder: loose, path: loose.pathOf(uri) ?? uri };
    },
    uriOf: (folder, path) => documents.at(folder, path)?.uri ?? folder.uriOf(path),
    addFolder({ uri, name }) {
      const folder = openFolder({ uri, name, files: filesOf(uri), engine, log });
      folders.push(folder);
      return folder;
    },
    removeFolder(uri) {
      const index = folders.findIndex((folder) => canonicalUri(folder.uri) === canonicalUri(uri));
      const [removed] = index < 0 ? [] : folders.splice(index, 1);
      removed?.workspace.dispose();
      return removed;
    },
  };
}

function openDocuments(): Documents {
  const byUri = new Map<string, OpenDocument>();
  const closing = new Map<string, Promise<void>>();
  return {
    get: (uri) => byUri.get(canonicalUri(uri)),
    at: (folder, path) => {
      for (const document of byUri.values()) {
        if (document.place.folder === folder && document.place.path === path) return document;
      }
      return undefined;
    },
    all: () => [...byUri.values()],
    add: (document) => void byUri.set(canonicalUri(document.uri), document),
    delete: (uri) => void byUri.delete(canonicalUri(uri)),
    closed: (uri, reading) => {
      const key = canonicalUri(uri);
      const done = (): void => {
        if (closing.get(key) === settled) closing.delete(key);
      };
      const settled = reading.then(done, done);
      closing.set(key, settled);
    },
    known: async (uri) => {
      const key = canonicalUri(uri);
      await (byUri.get(key)?.ready ?? closing.get(key));
    },
  };
}
