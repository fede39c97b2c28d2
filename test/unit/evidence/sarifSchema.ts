import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import Ajv from 'ajv-draft-04';
import formats from 'ajv-formats';

/** The JSON Schema of SARIF 2.1.0 as a package of the format's authors ships it (JSON Schema draft 04). */
const package_ = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/package.json');
const schema = JSON.parse(
  readFileSync(join(dirname(package_), 'lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
) as object;

// One pattern of the schema is no regular expression by the strict rules.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats(ajv);
const validate = ajv.compile(schema);

/** What is wrong with a SARIF log, one line each; nothing when it is valid. */
export function sarifErrors(log: unknown): readonly string[] {
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
