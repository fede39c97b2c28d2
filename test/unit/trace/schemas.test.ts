import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, it } from 'mocha';
import { parse } from 'yaml';

import { WHOLE } from './trace.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const LISTS = ['assets', 'threats', 'risks', 'controls', 'requirements', 'tests'];

function validator(name: string) {
  const schema: unknown = JSON.parse(readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8'));
  return new Ajv().compile(schema as object);
}

describe('JSON Schemas', () => {
  it('are what the code says', function () {
    this.timeout(30_000);
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/schemas.mjs', '--check'], { cwd: root });
  });

  const items = parse(WHOLE) as Record<string, unknown[]>;

  it('accept an item file, and each list on its own', () => {
    assert.ok(validator('items')(items));
    for (const list of LISTS) assert.ok(validator(list)({ [list]: items[list] }), list);
  });

  it('refuse unknown keys and missing ones', () => {
    assert.equal(validator('items')({ ...items, catgory: [] }), false);
    assert.equal(validator('assets')({}), false);
    for (const list of LISTS) {
      assert.equal(validator(list)({ [list]: [{ ...(items[list]?.[0] as object), extra: 1 }] }), false, list);
      assert.equal(validator(list)({ [list]: [{ id: 'A-1' }] }), false, list);
    }
  });

  it('accept an empty configuration', () => {
    assert.ok(validator('traceward')({}));
    assert.equal(validator('traceward')({ item: [] }), false);
  });
});
