import assert from 'node:assert/strict';

import { sphinxNeeds } from '../../../server/src/core/trace/formats/sphinxNeeds.ts';
import { brief, problemLines, readFiles, sameWithOtherLineEnds, survives } from './reading.ts';

const FILE = `{
  "current_version": "2",
  "project": "pump",
  "versions": {
    "1": { "needs": { "OLD_1": { "id": "OLD_1", "type": "req" } } },
    "2": {
      "needs_defaults_removed": true,
      "needs_schema": { "properties": {
        "links": { "field_type": "links" },
        "mitigates": { "field_type": "links" },
        "mitigates_back": { "field_type": "backlinks" },
        "status": { "field_type": "core", "default": "draft" },
        "risk": { "field_type": "extra", "default": "low" }
      } },
      "needs": {
        "REQ_LOCK": {
          "id": "REQ_LOCK", "type": "req", "title": "PIN lock", "content": "Lock.", "tags": ["pin"],
          "links": ["REQ_TOP.a", "REQ_TOP[version==2]"], "mitigates": ["THR_1"], "mitigates_back": ["X"],
          "docname": "a", "lineno": 3
        },
        "REQ_TOP": { "id": "REQ_TOP", "type": "req", "title": "Top", "status": "approved", "version": "3" },
        "T.1": { "id": "T.1", "type": "test", "links": ["T.1"], "status": "open", "is_external": true }
      }
    }
  }
}
`;

describe('Sphinx-Needs', () => {
  it('reads the needs of the current version with the links that its schema names', () => {
    const { items, problems, graph } = readFiles(sphinxNeeds, { 'needs.json': FILE });
    assert.deepEqual(problems, []);
    assert.deepEqual(items.map(brief), [
      'REQ_LOCK "PIN lock" derives/links REQ_TOP derives/links REQ_TOP mitigates/mitigates THR_1',
      'REQ_TOP "Top"',
      'T.1 verifies/links T.1',
    ]);
    assert.deepEqual(
      items.map(({ approval, origin, revision, attributes }) => [
        approval,
        origin.status,
        revision,
        attributes['risk'],
      ]),
      [
        ['draft', 'draft', 1, 'low'],
        ['approved', 'approved', 3, 'low'],
        ['draft', 'open', 1, 'low'],
      ],
    );
    assert.equal(items[0]?.attributes['docname'], 'a');
    assert.equal(items[0].attributes['mitigates_back'], undefined);
    assert.equal(items[0].location.range.start.line, 16);
    assert.deepEqual(
      graph.links.map(({ to, status }) => `${to} ${status}`),
      ['REQ_TOP covered', 'REQ_TOP outdated', 'THR_1 orphaned', 'T.1 covered'],
    );
    sameWithOtherLineEnds(sphinxNeeds, 'needs.json', FILE);
  });

  it('without a schema, only `links` are links', () => {
    const text =
      '{"current_version":"","versions":{"":{"needs":{"A":{"type":"req","links":["B"],"tests":["C"]}}}}}';
    assert.deepEqual(readFiles(sphinxNeeds, { 'needs.json': text }).items.map(brief), ['A derives/links B']);
    const flat = text.replace('"needs":', '"needs_schema":{"tests":{"field_type":"links"}},"needs":');
    assert.deepEqual(readFiles(sphinxNeeds, { 'needs.json': flat }).items.map(brief), ['A verifies/tests C']);
  });

  it('says what it cannot read', () => {
    const CASES: readonly [text: string, expected: readonly string[]][] = [
      ['', ['needs.json:1 error json']],
      ['{}', ['needs.json:1 error needs-json']],
      ['{"versions": {"1": {}}, "current_version": "2"}', ['needs.json:1 error needs-json']],
      [
        '{"versions": {"1": {"needs": {"A": {"type": "req"}}}}, "current_version": "1"',
        ['needs.json:1 error json'],
      ],
      ['['.repeat(500), ['needs.json:1 error json']],
      [
        '{"current_version":"1","versions":{"1":{"needs":{"A":{"type":"gizmo"},\n"B":{"type":"gizmo"}}}}}',
        ['needs.json:1 information trace-word'],
      ],
    ];
    for (const [text, expected] of CASES)
      assert.deepEqual(
        problemLines(readFiles(sphinxNeeds, { 'needs.json': text }).problems),
        expected,
        text.slice(0, 60),
      );
  });

  it('survives any text', () => {
    survives(sphinxNeeds, 'needs.json', [FILE]);
  });
});
