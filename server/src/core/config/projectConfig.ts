import * as z from 'zod';

import { SEVERITIES } from '../base/severity.ts';
import { preprocessConfigSchema } from '../preprocess/preprocessConfig.ts';
import { threatConfigSchema } from '../threats/threatConfig.ts';
import { traceConfigSchema } from '../trace/traceConfig.ts';

/**
 * `traceward.yaml` at the root of a workspace: the one schema from which the JSON Schema, the defaults and the documentation come.
 * Everything has a default, so no file is needed at all.
 */
export const projectConfigSchema = z.strictObject({
  items: z
    .array(z.string())
    .default(['security/**/*.{yaml,yml,md}'])
    .describe(
      'Globs of the YAML and Markdown files that hold assets, threats, risks, controls, requirements and tests.',
    ),
  trace: traceConfigSchema
    .prefault({})
    .describe('Items and tags of other tools, and what items must be linked with.'),
  threats: threatConfigSchema
    .prefault({})
    .describe('What a threat model must hold, which risks are accepted, and libraries of threats.'),
  prefixes: z
    .array(z.string().regex(/^[A-Z][A-Z0-9]*$/, 'a prefix is upper-case letters and digits, such as SR'))
    .default(['SR', 'TC'])
    .describe(
      'Id prefixes that make a bracketed text in a code comment a tag: with SR, [SR-AUTH-003] is one.',
    ),
  exclude: z
    .array(z.string())
    .default([])
    .describe('Globs of files that are neither analysed nor traced, beside those that .gitignore names.'),
  tests: z
    .array(z.string())
    .default(['test/**', 'tests/**', '**/*_test.*', '**/test_*.*'])
    .describe('Globs of test code: its tags are read, its findings are not reported.'),
  rules: z
    .array(z.string())
    .default([])
    .describe('Rule files or folders of the project, added to the built-in rules.'),
  disable: z.array(z.string()).default([]).describe('Ids of rules that are switched off.'),
  severity: z
    .record(z.string(), z.enum(SEVERITIES))
    .default({})
    .describe('Severity by rule id, where it differs from the rule.'),
  c: preprocessConfigSchema
    .prefault({})
    .describe('Macros of C and C++ code, beside those that the project itself defines.'),
  maxFileBytes: z
    .int()
    .min(1)
    .max(50_000_000)
    .default(3_000_000)
    .describe('Larger source files are skipped and named as not analysed. In bytes.'),
});

export type ProjectConfig = z.output<typeof projectConfigSchema>;

export const DEFAULT_CONFIG: ProjectConfig = projectConfigSchema.parse({});

/** Whether a configuration says anything; which files are left out is no matter of the trace. */
export function isConfigured(config: ProjectConfig): boolean {
  return JSON.stringify({ ...config, exclude: [] }) !== NOTHING_SAID;
}

const NOTHING_SAID = JSON.stringify({ ...DEFAULT_CONFIG, exclude: [] });
