import * as z from 'zod';

import { SEVERITIES } from '../core/base/severity.ts';

/** The section of the editor's settings. */
export const SETTINGS_SECTION = 'traceward';

/**
 * Settings of the editor, per resource: the one schema from which the manifest's `contributes.configuration` is made (`scripts/settings.mjs`)
 * and with which the server reads what the client sends. What a project wants for everybody stands in traceward.yaml instead.
 */
export const settingsSchema = z.object({
  enable: z
    .boolean()
    .default(true)
    .describe('Analyse the files of this folder and show what Traceward knows of them.'),
  minimumSeverity: z
    .enum(SEVERITIES)
    .default('info')
    .describe(
      'Findings below this severity are not shown in the editor. The command line has its own threshold.',
    ),
  codeLens: z
    .boolean()
    .default(true)
    .describe('Show the requirement, threats and tests behind a piece of code above it.'),
  analysisDelay: z
    .int()
    .min(0)
    .max(5000)
    .default(150)
    .describe('How long to wait after a keystroke before the file is analysed, in milliseconds.'),
});

export type Settings = z.output<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});

/** Reads what a client sent; a value that does not fit is replaced by its default, the others count. */
export function readSettings(sent: unknown): Settings {
  if (typeof sent !== 'object' || sent === null) return DEFAULT_SETTINGS;
  const known = Object.entries(sent).filter(([key, value]) => {
    const field = Object.hasOwn(settingsSchema.shape, key)
      ? settingsSchema.shape[key as keyof typeof settingsSchema.shape]
      : undefined;
    return field?.safeParse(value).success === true;
  });
  return settingsSchema.parse(Object.fromEntries(known));
}

/** A property of `contributes.configuration.properties`. */
export interface ManifestSetting {
  readonly type: string;
  readonly default: unknown;
  readonly description: string;
  readonly scope: 'resource';
  readonly order: number;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The manifest's settings, by full name, in the order of the schema. */
export function manifestSettings(): Record<string, ManifestSetting> {
  const { properties } = z.toJSONSchema(settingsSchema, { target: 'draft-07', io: 'input' });
  return Object.fromEntries(
    Object.entries(properties ?? {}).map(([key, value], order) => [
      `${SETTINGS_SECTION}.${key}`,
      { ...manifestSetting(value), scope: 'resource' as const, order },
    ]),
  );
}

type Described = Omit<ManifestSetting, 'scope' | 'order'>;

function manifestSetting(property: z.core.JSONSchema._JSONSchema): Described {
  if (
    typeof property === 'boolean' ||
    typeof property.type !== 'string' ||
    property.description === undefined
  ) {
    throw new Error('Every setting needs a type and a description.');
  }
  return {
    type: property.type,
    default: property.default,
    description: property.description,
    ...(property.enum === undefined ? {} : { enum: property.enum }),
    ...(property.minimum === undefined ? {} : { minimum: property.minimum }),
    ...(property.maximum === undefined ? {} : { maximum: property.maximum }),
  };
}
