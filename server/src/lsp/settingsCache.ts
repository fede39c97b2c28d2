import type { Connection } from 'vscode-languageserver';

import type { ClientFeatures } from './clientFeatures.ts';
import type { ErrorLog } from './safely.ts';
import { DEFAULT_SETTINGS, readSettings, SETTINGS_SECTION, type Settings } from './settings.ts';
import { canonicalUri } from './uris.ts';

/** The editor's settings per resource. */
export interface SettingsCache {
  readonly settingsOf: (uri: string) => Promise<Settings>;
  /** The client says that settings changed; a client that cannot be asked sends them along. */
  readonly changed: (sent: unknown) => void;
}

export function settingsCache(connection: Connection, client: ClientFeatures, log: ErrorLog): SettingsCache {
  const byUri = new Map<string, Promise<Settings>>();
  /** Equal settings are the same object, so that what is computed from them can be kept. */
  const unique = new Map<string, Settings>();
  let sentSettings = DEFAULT_SETTINGS;

  const shared = (settings: Settings): Settings => {
    const key = JSON.stringify(settings);
    const known = unique.get(key) ?? settings;
    unique.set(key, known);
    return known;
  };
  const ask = async (uri: string): Promise<Settings> => {
    try {
      const item = { section: SETTINGS_SECTION, ...(uri !== '' && { scopeUri: uri }) };
      return shared(readSettings(await connection.workspace.getConfiguration(item)));
    } catch (error) {
      log.report('asking for the settings', error);
      return DEFAULT_SETTINGS;
    }
  };

  return {
    settingsOf(uri) {
      if (!client.configuration) return Promise.resolve(sentSettings);
      const key = uri === '' ? '' : canonicalUri(uri);
      const known = byUri.get(key) ?? ask(uri);
      byUri.set(key, known);
      return known;
    },
    changed(sent) {
      byUri.clear();
      const section =
        typeof sent === 'object' && sent !== null && SETTINGS_SECTION in sent
          ? sent[SETTINGS_SECTION]
          : undefined;
      if (section !== undefined) sentSettings = shared(readSettings(section));
    },
  };
}
