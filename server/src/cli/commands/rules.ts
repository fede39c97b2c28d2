import { Command } from 'commander';

import type { CliIo } from '../io.ts';
import { rulesExplainCommand } from './rulesExplain.ts';
import { rulesListCommand } from './rulesList.ts';
import { rulesTestCommand } from './rulesTest.ts';
import { rulesValidateCommand } from './rulesValidate.ts';

export function rulesCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('rules')
    .description('List, explain, check and test rules')
    .addCommand(rulesTestCommand(io, finish))
    .addCommand(rulesValidateCommand(io, finish))
    .addCommand(rulesExplainCommand(io, finish))
    .addCommand(rulesListCommand(io, finish))
    .addHelpText(
      'after',
      `
Examples:
  traceward rules list
  traceward rules explain unbounded-string-copy
  traceward rules validate my-rules
  traceward rules test my-rules`,
    );
}
