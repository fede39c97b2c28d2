import { Command } from 'commander';

import { nearestAmong } from '../../core/base/nearest.ts';
import { EXIT, UsageError, type CliIo } from '../io.ts';
import { loadNamedRules } from '../loadNamedRules.ts';
import { rulesOption } from '../options.ts';
import { ruleText } from '../print/ruleText.ts';

export function rulesExplainCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('explain')
    .description('Explain a rule: what it finds, why that is a risk, what to write instead')
    .argument('<id>', 'id of the rule')
    .addOption(rulesOption())
    .addHelpText(
      'after',
      `
Example:
  traceward rules explain unbounded-string-copy`,
    )
    .action(async (id: string, options: { readonly rules: readonly string[] }) => {
      const { byId } = await loadNamedRules(options.rules, io);
      const rule = byId.get(id);
      if (rule === undefined) {
        const near = nearestAmong(byId.keys())(id, 1)[0];
        const hint = near === undefined ? 'See `traceward rules list`.' : `Did you mean ${near}?`;
        throw new UsageError(`There is no rule ${id}. ${hint}`);
      }
      await io.out.write(ruleText(rule, io.out));
      finish(EXIT.clean);
    });
}
