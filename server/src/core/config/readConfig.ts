import { checkShape } from '../base/checkShape.ts';
import { globTest } from '../base/glob.ts';
import type { Outcome, Problem } from '../base/problem.ts';
import { readYaml } from '../base/yamlDocument.ts';
import { DEFAULT_CONFIG, projectConfigSchema, type ProjectConfig } from './projectConfig.ts';

/** Reads `traceward.yaml`. A file that cannot be read leaves the defaults in force, with the problems that say why. */
export function readConfig(path: string, text: string): Outcome<ProjectConfig> {
  const { document, problems } = readYaml(path, text);
  if (document === undefined) return { value: DEFAULT_CONFIG, problems };
  // A file with comments only is a configuration without settings.
  if (document.value === null) return { value: DEFAULT_CONFIG, problems };
  const shape = checkShape(document, projectConfigSchema, path, 'config-invalid');
  const found: Problem[] = [...problems, ...shape.problems];
  const config = shape.value;
  if (config === undefined) return { value: DEFAULT_CONFIG, problems: found };
  const globs = [
    ...(['items', 'exclude', 'tests'] as const).map((key) => ({ at: [key], list: config[key] })),
    ...config.trace.sources.map(({ files }, index) => ({
      at: ['trace', 'sources', index, 'files'],
      list: files,
    })),
  ];
  for (const { at, list } of globs) {
    for (const glob of globTest(list).refused) {
      const range = document.rangeOf([...at, list.indexOf(glob)], 'value');
      const message = `\`${glob.slice(0, 60)}\` is empty or too long for a glob: write a pattern such as src/**.`;
      found.push({ code: 'config-invalid', severity: 'error', message, path, range });
    }
  }
  return { value: config, problems: found };
}
