import * as z from 'zod';

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
  models: z
    .strictObject({
      constants: z
        .record(z.string(), z.union([z.number(), z.string()]))
        .prefault({})
        .describe(
          'Constants of libraries, by name: a number, or the name of another constant that is the same.',
        ),
      functions: z
        .record(z.string(), z.record(z.string(), z.unknown()))
        .prefault({})
        .describe('What functions do that are defined elsewhere, by name: see docs/facts.md.'),
      'unsafe-in-handlers': z
        .string()
        .prefault('')
        .describe('Names of functions that a handler of signals must not call, with blanks between them.'),
      'starts-threads': z
        .record(z.string(), z.string().regex(/^arg[1-9]$/, 'must be arg1, arg2, ...'))
        .prefault({})
        .describe('Functions that start a thread, with the argument that is its function.'),
      names: z
        .record(z.string(), z.array(z.string()))
        .prefault({})
        .describe(
          'What names say of code that is not seen: regular expressions, by what they say. See docs/facts.md.',
        ),
    })
    .prefault({})
    .describe('Models of functions whose code is not there, beside those of well-known libraries.'),
});

export type PreprocessConfig = z.output<typeof preprocessConfigSchema>;
