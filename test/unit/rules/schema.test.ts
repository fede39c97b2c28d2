import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

import { DEFAULT_OPTIONS } from '../../../server/src/core/rules/options.ts';
import { OPTION_KEYS } from '../../../server/src/core/rules/optionKeys.ts';
import { ruleFileSchema } from '../../../server/src/core/rules/ruleSchema.ts';
import { fileWith, load } from './reading.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const written = JSON.parse(readFileSync(join(root, 'schemas/rule.schema.json'), 'utf8')) as Record<string, unknown>;
const valid = new Ajv({ allowUnionTypes: true }).compile(written);

function agree(keys: string, expected: boolean): void {
  const text = fileWith(keys, '[c]');
  assert.equal(load(text).rules.length === 1, expected, `the reader, of ${keys}`);
  assert.equal(valid(parse(text)), expected, `the schema, of ${keys}: ${JSON.stringify(valid.errors?.[0])}`);
}

const RIGHT = [
  'pattern: f()',
  'pattern: 1',
  'match: f()',
  'match: {pattern: f($X), where: [{metavariable: $X, regex: a}, {comparison: $X > 1}, {focus: $X}]}',
  'match: {all: [f(), {any: [g(), {inside: h()}]}, {not: {inside: {regex: a}}}, {not: {anywhere: g()}}]}',
  'match: {pattern: f($X), where: [{metavariable: $X, all: [a, {not: b}]}, {metavariable: $X, type: int}]}',
  'patterns: [{pattern: f($X)}, {metavariable-regex: {metavariable: $X, regex: a}}, {focus-metavariable: [$X]}]',
  'patterns: [{pattern: f($X)}, {metavariable-pattern: {metavariable: $X, language: c, pattern: a}}]',
  'patterns: [{pattern: f($X)}, {metavariable-type: {metavariable: $X, types: [int]}}]',
  'pattern-either: [{pattern: f()}, {pattern-inside: g()}, {patterns: [{pattern: f()}]}]',
  'mode: taint\npattern-sources: [{pattern: f(), by-side-effect: only}]\npattern-sinks: [{pattern: g(), requires: A}]',
  'taint: {sources: [f()], sinks: [{any: [g(), h()]}], propagators: [{pattern: f($X), from: $X, to: $X}]}',
  'pattern: f()\noptions: {ac_matching: false, generic_comment_style: c}\nfix: ""\nmin-version: 1.0',
  'pattern: f()\nmetadata: {category: x, technology: [a], cwe: "CWE-1: x"}\npaths: {include: [a]}',
  'mode: require-tag\npattern: f()\nrequire: {link: implements, to: test, category: []}',
];

const WRONG = [
  'patern: f()',
  'pattern: ""',
  'pattern: f()\nmatch: g()',
  'pattern: f()\njoin: {}',
  'match: {not: f()}',
  'match: {pattern: f(), as: $X}',
  'match: {pattern: f(), where: [{metavariable: X, regex: a}]}',
  'match: {pattern: f(), where: [{metavariable: $X, regex: a, type: int}]}',
  'patterns: [f()]',
  'patterns: [{pattern: f(), pattern-not: g()}]',
  'patterns: [{pattern: f()}, {metavariable-regex: {metavariable: $X}}]',
  'patterns: [{pattern: f()}, {metavariable-pattern: {metavariable: $X}}]',
  'patterns: [{pattern: f()}, {metavariable-type: {metavariable: $X}}]',
  'patterns: [{pattern: f()}, {focus-metavariable: $_}]',
  'pattern-either: [{pattern-not: f()}]',
  'mode: taint\npattern-sources: [{pattern: f()}]',
  'taint: {sources: [f()], sinks: []}',
  'taint: {sources: [f()], sinks: [g()], propagators: [{pattern: f($X), from: $X}]}',
  'pattern: f()\noptions: {ac_matchin: false}',
  'pattern: f()\noptions: {generic_ellipsis_max_span: a}',
  'pattern: f()\nfix-regex: {regex: a}',
  'pattern: f()\npaths: {only: []}',
  'pattern: f()\nmetadata: text',
];

describe('the JSON Schema of rule files', () => {
  it('is the one in code', () => {
    const { $schema, $comment, title } = written;
    assert.deepEqual(written, { $schema, $comment, title, ...(JSON.parse(JSON.stringify(ruleFileSchema())) as object) });
  });

  for (const keys of RIGHT) it(`takes what loads: ${keys.replace(/\s+/g, ' ')}`, () => agree(keys, true));
  for (const keys of WRONG) it(`refuses what does not: ${keys.replace(/\s+/g, ' ')}`, () => agree(keys, false));

  it('takes every built-in rule', () => {
    const files = readdirSync(join(root, 'rules'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    assert.ok(files.length > 30);
    for (const name of files) {
      assert.ok(valid(parse(readFileSync(join(root, 'rules', name), 'utf8'))), `${name}: ${JSON.stringify(valid.errors)}`);
    }
  });

  it('has every option, and a sentence for every key', () => {
    assert.deepEqual(Object.keys(OPTION_KEYS).sort(), Object.keys(DEFAULT_OPTIONS).sort());
    const lacking: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, each] of Object.entries(value)) {
        if (key === 'properties') {
          for (const [name, property] of Object.entries(each as Record<string, { description?: string }>)) {
            if (!/^\S.*[.)]$/.test(property.description ?? '')) lacking.push(`${path}/${name}`);
          }
        }
        look(each, `${path}/${key}`);
      }
    };
    look(written, '');
    assert.deepEqual(lacking, []);
  });
});
