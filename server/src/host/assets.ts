import { z } from 'zod';

import type { Problem } from '../core/base/problem.ts';
import type { RuleFile } from '../core/rules/loadRules.ts';
import type { LanguageDefinition } from '../core/syntax/language.ts';
import { initParser, languageSet, type LoadableLanguageSet } from '../core/syntax/loadLanguages.ts';
import type { Host } from './host.ts';

const ruleFilesSchema = z.array(z.object({ path: z.string(), text: z.string() }));

/** The languages that ship with Traceward, none of their grammars loaded yet. Rejects when the assets are missing. */
export async function loadLanguageSet(host: Host): Promise<LoadableLanguageSet> {
  // Written by the build from files that it has checked.
  const definitions = JSON.parse(
    await readAssetText(host, 'languages.json'),
  ) as readonly LanguageDefinition[];
  return languageSet(definitions);
}

/** The rule files that ship with Traceward. Rejects when the assets are missing. */
export async function loadBuiltInRules(host: Host): Promise<readonly RuleFile[]> {
  return ruleFilesSchema.parse(JSON.parse(await readAssetText(host, 'rules.json')));
}

/** Loads the grammars that these files need, and no other. A grammar that is missing or does not load is a problem. */
export async function loadGrammars(
  host: Host,
  languages: LoadableLanguageSet,
  paths: readonly string[],
): Promise<readonly Problem[]> {
  const needed = new Set<string>();
  for (const path of paths) {
    const language = languages.ofPath(path);
    if (language !== undefined && !languages.isLoaded(language.id)) needed.add(language.id);
  }
  if (needed.size === 0) return [];
  await initParser(await host.readAsset('tree-sitter.wasm'));
  const problems: Problem[] = [];
  for (const id of [...needed].sort()) problems.push(...(await loadGrammar(host, languages, id)));
  return problems;
}

async function loadGrammar(
  host: Host,
  languages: LoadableLanguageSet,
  id: string,
): Promise<readonly Problem[]> {
  let wasm: Uint8Array;
  try {
    wasm = await host.readAsset(`${id}.wasm`);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    host.log('error', `The grammar ${id} could not be read: ${detail}`);
    const message = `The grammar for ${languages.ofName(id)?.name ?? id} is missing: its files are not analysed. Reinstall Traceward.`;
    return [{ code: 'grammar-missing', severity: 'error', message }];
  }
  return languages.load(id, wasm);
}

async function readAssetText(host: Host, name: string): Promise<string> {
  return new TextDecoder().decode(await host.readAsset(name));
}
