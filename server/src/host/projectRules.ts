import type { Problem } from '../core/base/problem.ts';
import type { RuleFile } from '../core/rules/loadRules.ts';
import { readText } from './decode.ts';
import type { FolderHost } from './host.ts';

const MAX_RULE_FILE_BYTES = 8_000_000;

export interface RuleFiles {
  readonly files: readonly RuleFile[];
  readonly problems: readonly Problem[];
}

/** True for a file that may hold rules. */
export function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/**
 * The rule files that a project's configuration names: each entry is a YAML file, or a folder of them, relative to the root.
 *
 * @param listed the project's files
 */
export async function findProjectRules(
  folder: FolderHost,
  entries: readonly string[],
  listed: readonly string[],
): Promise<RuleFiles> {
  const files: RuleFile[] = [];
  const problems: Problem[] = [];
  for (const entry of entries) {
    const name = entry.replace(/^\.\//, '').replace(/\/+$/, '');
    const inside =
      name === '' || name === '.' ? listed : listed.filter((path) => path.startsWith(`${name}/`));
    const paths = inside.filter(isYaml);
    const found = await readRuleFiles(folder, paths.length > 0 ? paths : [name]);
    files.push(...found.files);
    problems.push(...found.problems);
  }
  return { files, problems };
}

/** Reads rule files of a folder; one that cannot be read is a problem. */
export async function readRuleFiles(folder: FolderHost, paths: readonly string[]): Promise<RuleFiles> {
  const files: RuleFile[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const content = await readText(folder, path, MAX_RULE_FILE_BYTES);
    if (content.kind === 'text') {
      files.push({ path, text: content.text });
      problems.push(...content.problems);
    } else {
      const message = `These rules cannot be read: ${content.file.detail}.`;
      problems.push({ code: 'rules-unreadable', severity: 'error', message, path });
    }
  }
  return { files, problems };
}
