import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { Command } from 'commander';

import { nearestAmong } from '../../core/base/nearest.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { isYaml } from '../../host/projectRules.ts';
import { EXIT, UsageError, type CliIo } from '../io.ts';
import { loadNamedRules } from '../loadNamedRules.ts';
import { rulesOption } from '../options.ts';
import { ruleText } from '../print/ruleText.ts';

export function rulesExplainCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('explain')
    .description('Explain a rule: what it finds, why that is a risk, what to write instead')
    .argument('<rule>', 'id of a rule, or a rule file')
    .addOption(rulesOption())
    .addHelpText(
      'after',
      `
Examples:
  traceward rules explain unbounded-string-copy
  traceward rules explain my-rules/weak-hash.yaml`,
    )
    .action(async (name: string, options: { readonly rules: readonly string[] }) => {
      const rules = isRuleFileName(name, io)
        ? (await loadNamedRules([name], io)).rules
        : [await ruleOfId(name, options.rules, io)];
      await io.out.write(rules.map((rule) => ruleText(rule, io.out)).join('\n'));
      finish(EXIT.clean);
    });
}

/** A YAML file that is there; ids of rules may have dots and slashes, too. */
function isRuleFileName(name: string, { cwd }: CliIo): boolean {
  return isYaml(name) && existsSync(resolve(cwd, name));
}

async function ruleOfId(id: string, paths: readonly string[], io: CliIo): Promise<Rule> {
  const { byId } = await loadNamedRules(paths, io);
  const rule = byId.get(id);
  if (rule !== undefined) return rule;
  const near = nearestAmong(byId.keys())(id, 1)[0];
  const hint = near === undefined ? 'See `traceward rules list`.' : `Did you mean ${near}?`;
  throw new UsageError(`There is no rule ${id}. ${hint}`);
}
