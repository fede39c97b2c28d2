import assert from 'node:assert/strict';

import { describe, it } from 'mocha';

import { pytm, threagile } from '../../../server/src/core/trace/formats/threatModels.ts';
import { json, read, standing } from './modelReading.ts';
import { sameWithOtherLineEnds, survives } from './reading.ts';

const THREAGILE = `threagile_version: 1.0.0
title: Pump
includes: [other.yaml]
security_requirements:
  Input Validation: Strict input validation.
data_assets:
  Dose: {id: dose, description: The dose, confidentiality: confidential}
base: &base {type: process, usage: business, internet: false}
technical_assets:
  Nurse App:
    <<: *base
    id: app
    type: external-entity
    out_of_scope: true
    justification_out_of_scope: Not ours.
    data_assets_processed: [dose]
    communication_links:
      Dose Traffic: {target: api, protocol: https, authentication: token, data_assets_sent: [dose], data_assets_received: [dose]}
      Plain: {target: api, protocol: http}
  API:
    <<: *base
    id: api
    date: 2020-01-01
trust_boundaries:
  Cloud: {id: cloud, type: network-cloud-provider, technical_assets_inside: [api], trust_boundaries_nested: [dmz]}
  DMZ: {id: dmz, type: network-on-prem, technical_assets_inside: []}
individual_risk_categories:
  Bad Dose:
    id: bad-dose
    stride: tampering
    cwe: 345
    risks_identified:
      Dose changed at API: {severity: critical, exploitation_likelihood: likely, exploitation_impact: high, most_relevant_technical_asset: api, most_relevant_data_asset: dose}
risk_tracking:
  bad-dose@*@dose: {status: accepted, justification: Rare., date: 2020-01-04}
  unguarded-access@api@app>plain: {status: in-progress, checked_by: N.N.}
`;

describe('Threagile', () => {
  it('has maps by title with ids of their own, merge keys, links without ids and tracked risks', () => {
    const { shown, problems, item } = read(threagile, THREAGILE);
    assert.deepEqual(shown, [
      'asset dose "Dose"',
      'zone cloud "Cloud"',
      'zone dmz "DMZ" relates/parent cloud',
      'element app "Nurse App" relates/processed dose',
      'flow app>dose-traffic "Dose Traffic" relates/from app relates/to api relates/data dose',
      'flow app>plain "Plain" relates/from app relates/to api',
      'element api "API" relates/zone cloud',
      'requirement input-validation "Input Validation"',
      'threat bad-dose "Bad Dose" derives/on api derives/on dose',
      'risk bad-dose@api@dose "Dose changed at API" derives/category bad-dose relates/on api relates/on dose',
      'risk unguarded-access@api@app>plain "unguarded-access" relates/on api relates/on app>plain',
    ]);
    assert.deepEqual(problems, ['m.json:3 information threat-model'], 'other files are not followed');
    assert.equal(standing(item('bad-dose')), 'accepted approved tampering');
    assert.equal(standing(item('bad-dose@api@dose')), 'accepted approved : Rare.');
    assert.equal(standing(item('unguarded-access@api@app>plain')), 'open approved ');
    assert.deepEqual(item('bad-dose').cwe, ['CWE-345']);
    assert.equal(item('app').attributes['usage'], 'business', 'of a merge key');
    assert.equal(item('app').attributes['type'], 'external');
    assert.equal(item('app').attributes['outOfScope'], 'Not ours.');
    assert.equal(item('api').attributes['date'], '2020-01-01', 'no date object');
    assert.deepEqual(
      ['app>dose-traffic', 'app>plain'].map((id) => item(id).attributes['encryption']),
      ['https', 'none'],
    );
    assert.equal(item('bad-dose@api@dose').attributes['foreignLikelihood'], 'likely');
    assert.equal(item('api').location.range.start.line, 21);
  });

  it('says what cannot be read', () => {
    assert.match(read(threagile, 'a: 1').messages[0] ?? '', /no `threagile_version`/);
    assert.match(
      read(threagile, 'threagile_version: 1\ntechnical_assets: {A: {type: process}}').messages[0] ?? '',
      /`A` in `technical_assets` has no `id`/,
    );
  });
});

const PYTM = {
  name: 'Pump',
  boundaries: [{ name: 'Cloud' }, { name: 'DMZ', inBoundary: 'Cloud' }],
  data: [{ name: 'Dose', classification: 'Classification.SECRET' }],
  elements: [
    { __class__: 'Actor', name: 'Nurse' },
    { name: 'API', inBoundary: 'DMZ', sourceFiles: ['src/api.c'], inScope: false },
    { __class__: 'Datastore', name: 'DB', inBoundary: null },
    { __class__: 'Boundary', name: 'Cloud' },
  ],
  flows: [
    {
      name: 'F',
      source: 'Nurse',
      sink: 'API',
      data: ['Dose'],
      protocol: 'HTTPS',
      dstPort: 443,
      controls: { isEncrypted: true },
    },
  ],
  findings: [
    {
      id: '1',
      threat_id: 'INP01',
      target: 'API',
      description: 'Overflow',
      mitigations: 'Check.',
      likelihood: 'High',
      cvss: '9.3',
    },
    { id: '2', threat_id: 'INP01', target: 'DB', description: 'Overflow', response: 'Accepted: read only.' },
    { id: '3', threat_id: 'AC01', target: 'F', description: 'Access', response: '**To Mitigate**: use TLS' },
  ],
  excluded_findings: [{ id: '4', threat_id: 'DE01', target: 'F', description: 'Sniffing' }],
};

describe('pytm', () => {
  it('has elements by name, of either form of its JSON, and findings as threats', () => {
    const { shown, problems, item } = read(pytm, json(PYTM));
    assert.deepEqual(shown, [
      'zone Cloud',
      'zone DMZ relates/parent Cloud',
      'asset Dose',
      'element Nurse',
      'element API relates/zone DMZ',
      'element DB',
      'flow F relates/from Nurse relates/to API relates/data Dose',
      'threat INP01@API "Overflow" derives/on API',
      'threat INP01@DB "Overflow" derives/on DB',
      'threat AC01@F "Access" derives/on F',
      'threat DE01@F "Sniffing" derives/on F',
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      ['INP01@API', 'INP01@DB', 'AC01@F', 'DE01@F'].map((id) => standing(item(id))),
      [
        'unreviewed draft ',
        'accepted approved : Accepted: read only.',
        'open approved ',
        'not-applicable rejected ',
      ],
    );
    assert.equal(item('Dose').attributes['classification'], 'SECRET');
    assert.equal(item('API').attributes['type'], 'process', 'without a class');
    assert.equal(item('API').attributes['outOfScope'], true);
    assert.equal(item('F').attributes['encryption'], 'yes');
    assert.equal(item('F').attributes['port'], 443);
    assert.equal(item('INP01@API').attributes['foreignLikelihood'], 'High');
  });

  it('says what cannot be read, and names that are there twice', () => {
    assert.match(read(pytm, '{}').messages[0] ?? '', /no model of pytm/);
    const twice = read(pytm, json({ elements: [{ name: 'A' }, { name: 'A' }], flows: [] }));
    assert.deepEqual(
      twice.graph.items.map(({ status }) => status),
      ['duplicate', 'duplicate'],
    );
  });
});

describe('more threat models', () => {
  for (const [format, sample] of [
    [threagile, THREAGILE],
    [pytm, json(PYTM)],
  ] as const) {
    it(`of ${format.title} survive any text and other line ends, and are recognised`, function () {
      this.timeout(20_000);
      survives(format, 'm.json', [sample]);
      sameWithOtherLineEnds(format, 'm.json', sample);
      assert.ok(format.detect('m.json', sample));
    });
  }
});
