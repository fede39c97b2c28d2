import { z } from 'zod';

import { MACRO_SHAPES } from './macros.ts';

const NAME = /^[A-Za-z_]\w*$/;

/** The key `c` of `traceward.yaml`: how C and C++ of the project are preprocessed. */
export const preprocessConfigSchema = z.strictObject({
  macros: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z_]\w*(?:\(\))?$/, 'a macro is its name, with () behind it when it has parameters'),
      z.enum(MACRO_SHAPES),
    )
    .default({})
    .describe('How macros read that neither the project nor a known platform defines: API: attribute.'),
  defines: z
    .array(z.string().regex(/^[A-Za-z_]\w*(?:=.*)?$/, 'a definition is NAME or NAME=value'))
    .default([])
    .describe('Macros that the build defines, as NAME or NAME=value: they decide conditions of #if.'),
  undefines: z
    .array(z.string().regex(NAME, 'a macro is a name'))
    .default([])
    .describe('Macros that the build does not define: they decide conditions of #if.'),
});

export type PreprocessConfig = z.output<typeof preprocessConfigSchema>;
