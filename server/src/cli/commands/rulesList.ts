import { Command } from 'commander';

import type { Rule } from '../../core/rules/rule.ts';
import { EXIT, type CliIo } from '../io.ts';
import { loadNamedRules } from '../loadNamedRules.ts';
import { formatOption, outputOption, rulesOption } from '../options.ts';
import { writeResult } from '../output.ts';
import { toJson } from '../print/places.ts';
import { styleOf } from '../print/style.ts';
import { tableOf } from '../print/table.ts';

interface ListOptions {
  readonly rules: readonly string[];
  readonly format: 'text' | 'json';
  readonly output?: string;
}

export function rulesListCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('list')
    .description('List the rules')
    .addOption(rulesOption())
    .addOption(formatOption(['text', 'json']))
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Examples:
  traceward rules list
  traceward rules list --rules my-rules --format json`,
    )
    .action(async (options: ListOptions) => {
      const { rules } = await loadNamedRules(options.rules, io);
      const text = options.format === 'json' ? toJson(rules.map(jsonRule)) : ruleTable(rules, io);
      await writeResult(text, options.output, io);
      finish(EXIT.clean);
    });
}

function ruleTable(rules: readonly Rule[], io: CliIo): string {
  const columns = ['rule', 'severity', 'languages', 'weakness'].map((heading) => ({ heading }));
  const rows = rules.map(({ id, severity, languages, metadata }) => [
    id,
    severity,
    languages.join(', '),
    metadata.cwe.join('; '),
  ]);
  return tableOf(columns, rows, styleOf(io.out).dim);
}

function jsonRule({
  id,
  severity,
  languages,
  message,
  metadata,
  mode,
  source,
}: Rule): Readonly<Record<string, unknown>> {
  return { id, severity, languages, mode, message, metadata, file: source.path };
}
