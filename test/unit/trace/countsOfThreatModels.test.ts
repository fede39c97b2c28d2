import { countsIn, type Counted } from './counting.ts';

const CASES: readonly Counted[] = [
  {
    what: 'a model of Threat Dragon',
    format: 'threat-dragon',
    files: {
      'd.json': JSON.stringify(
        {
          version: '2.2.0',
          summary: { title: 'Demo', owner: 'o', description: '', id: 0 },
          detail: {
            contributors: [{ name: 'T' }],
            diagrams: [
              {
                id: 0,
                title: 'Main',
                diagramType: 'STRIDE',
                version: '2.2.0',
                thumbnail: 'x',
                cells: [
                  {
                    id: 'a',
                    shape: 'actor',
                    position: { x: 0, y: 0 },
                    size: { width: 100, height: 50 },
                    data: {
                      type: 'tm.Actor',
                      name: 'Browser',
                      threats: [
                        {
                          id: 't1',
                          number: 1,
                          title: 'Spoof',
                          type: 'Spoofing',
                          status: 'Open',
                          severity: 'High',
                          score: '',
                          description: 'd',
                          mitigation: 'Provide mitigation',
                          modelType: 'STRIDE',
                        },
                      ],
                      hasOpenThreats: true,
                      outOfScope: false,
                    },
                  },
                  {
                    id: 'p',
                    shape: 'process',
                    position: { x: 300, y: 0 },
                    size: { width: 80, height: 80 },
                    data: {
                      type: 'tm.Process',
                      name: 'Web',
                      threats: [
                        {
                          id: 't2',
                          number: 2,
                          title: 'DoS',
                          type: 'Denial of service',
                          status: 'Mitigated',
                          severity: 'Medium',
                          description: 'd',
                          mitigation: 'Rate limit',
                          modelType: 'STRIDE',
                        },
                        {
                          id: 't3',
                          title: 'NA',
                          type: 'Repudiation',
                          status: 'NotApplicable',
                          severity: 'TBD',
                          mitigation: '',
                        },
                      ],
                    },
                  },
                  {
                    id: 's',
                    shape: 'store',
                    position: { x: 500, y: 0 },
                    size: { width: 80, height: 80 },
                    data: {
                      type: 'tm.Store',
                      name: 'DB',
                      outOfScope: true,
                      reasonOutOfScope: 'managed',
                      threats: [],
                    },
                  },
                  {
                    id: 'f',
                    shape: 'flow',
                    source: { cell: 'a' },
                    target: { cell: 'p' },
                    vertices: [],
                    data: {
                      type: 'tm.Flow',
                      name: 'req',
                      protocol: 'HTTPS',
                      isEncrypted: true,
                      isPublicNetwork: true,
                      threats: [],
                    },
                  },
                  {
                    id: 'g',
                    shape: 'flow',
                    source: { cell: 'p' },
                    target: { x: 600.5, y: 40 },
                    vertices: [],
                    data: { type: 'tm.Flow', name: 'dangling', threats: [] },
                  },
                  {
                    id: 'b',
                    shape: 'trust-boundary-curve',
                    source: { x: 200, y: -50 },
                    target: { x: 200, y: 200 },
                    vertices: [],
                    data: { type: 'tm.Boundary', name: 'Internet', isTrustBoundary: true },
                  },
                  {
                    id: 'bb',
                    shape: 'trust-boundary-box',
                    position: { x: 280, y: -20 },
                    size: { width: 400, height: 200 },
                    data: { type: 'tm.BoundaryBox', name: 'DMZ', isTrustBoundary: true },
                  },
                  { id: 'tx', shape: 'td-text-block', data: { type: 'tm.Text', name: 'note' } },
                ],
              },
            ],
            diagramTop: 1,
            reviewer: 'r',
            threatTop: 3,
          },
        },
        null,
        1,
      ),
    },
    kinds: { element: 3, flow: 2, zone: 2, threat: 3, control: 2 },
    links: 10,
    defects: ['d.json:136 threat-model'],
  },
  {
    what: 'an Open Threat Model',
    format: 'otm',
    files: {
      'a.otm': `otmVersion: 0.2.0
project:
  name: P
  id: p
representations:
  - {name: D, id: d, type: diagram, size: {width: 1, height: 1}}
  - {name: C, id: c, type: code, repository: {url: x}}
trustZones:
  - {id: tz1, name: Internet, risk: {trustRating: 10}}
  - {id: tz2, name: Private, risk: {trustRating: 90}, parent: {trustZone: tz1}}
assets:
  - {id: as1, name: Data, risk: {confidentiality: 10, integrity: 20, availability: 0, comment: null}}
components:
  - id: web
    name: Web
    type: web-app
    parent: {trustZone: tz1}
    assets: {processed: [as1], stored: null}
    representations:
      - {representation: c, id: r, name: x, file: src/a.c, line: 3}
    threats:
      - {threat: th1, state: exposed, mitigations: [{mitigation: m1, state: implemented}]}
  - id: db
    name: DB
    type: db
    parent: {component: web}
    threats: null
dataflows:
  - {id: df1, name: f, source: web, destination: db, bidirectional: true, assets: [as1], threats: null, tags: null}
  - {id: df2, name: g, source: web, destination: nowhere}
threats:
  - {id: th1, name: T, categories: [Spoofing], cwes: [CWE-79], risk: {likelihood: 50, impact: 10}}
  - {id: th2, name: Unused, categories: null, cwes: null, risk: {likelihood: 1, impact: 1}}
mitigations:
  - {id: m1, name: M, riskReduction: 50}
`,
    },
    kinds: { asset: 1, element: 2, flow: 2, zone: 2, threat: 2, control: 1 },
    links: 11,
    defects: ['a.otm:30 trace-orphaned'],
  },
  {
    what: 'a model of Threagile',
    format: 'threagile',
    files: {
      'threagile.yaml': `threagile_version: 1.0.0
title: Some Model
date: 2020-07-01
author: {name: J}
business_criticality: important
tags_available: [linux]
common: &c
  usage: business
  used_as_client_by_human: false
  out_of_scope: false
data_assets:
  Customer Data: &d
    id: customer-data
    description: x
    usage: business
    confidentiality: confidential
    integrity: critical
    availability: operational
  Other:
    <<: *d
    id: other
technical_assets:
  Web Server:
    <<: *c
    id: web
    type: process
    internet: true
    technology: web-server
    data_assets_processed: [customer-data]
    data_assets_stored:
    communication_links:
      DB Traffic:
        target: db
        protocol: jdbc-encrypted
        authentication: credentials
        data_assets_sent: [customer-data]
  Database:
    id: db
    type: datastore
    technologies: [database]
    out_of_scope: true
    justification_out_of_scope: managed
    encryption: none
    communication_links:
trust_boundaries:
  DMZ: {id: dmz, type: network-cloud-provider, technical_assets_inside: [web], trust_boundaries_nested: [inner]}
  Inner: {id: inner, type: execution-environment, technical_assets_inside: [db]}
shared_runtimes:
  R: {id: r, technical_assets_running: [web]}
individual_risk_categories:
  Some Risk:
    id: some-risk
    description: d
    stride: repudiation
    cwe: 693
    mitigation: do
    risks_identified:
      Example:
        severity: critical
        exploitation_likelihood: likely
        exploitation_impact: medium
        most_relevant_technical_asset: web
risk_tracking:
  unencrypted-asset@db: {status: mitigated, justification: j, ticket: X-1, date: 2020-01-04, checked_by: J}
  some-risk@*: {status: accepted, justification: k}
security_requirements:
  Input Validation: Strict.
questions:
  How?: ""
`,
    },
    kinds: { asset: 2, element: 2, flow: 1, zone: 2, threat: 1, risk: 2, requirement: 1 },
    links: 11,
    defects: [],
  },
  {
    what: 'a model of pytm',
    format: 'pytm',
    files: {
      'a.json': JSON.stringify(
        {
          name: 'P',
          boundaries: [{ name: 'Internet' }, { name: 'DMZ', inBoundary: 'Internet' }],
          data: [{ name: 'pw', classification: 'SECRET', lifetime: 'SHORT' }],
          elements: [
            { __class__: 'Actor', name: 'User', inBoundary: 'Internet' },
            {
              __class__: 'Server',
              name: 'Web',
              inBoundary: 'DMZ',
              controls: { isEncrypted: true },
              port: 443,
              protocol: 'HTTPS',
              sourceFiles: ['a.py'],
            },
            { __class__: 'Datastore', name: 'DB' },
            { name: 'Plain' },
          ],
          flows: [
            { name: 'login', source: 'User', sink: 'Web', data: ['pw'] },
            { name: 'q', source: 'Web', sink: 'Gone', isResponse: true },
          ],
        },
        null,
        1,
      ),
    },
    kinds: { asset: 1, element: 4, flow: 2, zone: 2 },
    links: 8,
    defects: ['a.json:58 trace-orphaned'],
  },
  {
    what: 'a TM-BOM',
    format: 'tm-bom',
    files: {
      't.json': JSON.stringify(
        {
          $schema: 'x/threat-model.schema.json',
          version: '1.0.2',
          scope: {
            title: 'S',
            description: 'd',
            business_criticality: 'high',
            data_sensitivity: ['pii'],
            exposure: 'external',
            tier: 't',
          },
          trust_zones: [
            { symbolic_name: 'internet', title: 'I', description: '' },
            { symbolic_name: 'dmz', title: 'D' },
          ],
          trust_boundaries: [
            {
              trust_zone_a: 'internet',
              trust_zone_b: 'dmz',
              authentication_methods: [],
              access_control_methods: [],
            },
          ],
          actors: [
            { symbolic_name: 'user', title: 'U', type: 'user', trust_zone: 'internet', permissions: [] },
          ],
          components: [{ symbolic_name: 'web', title: 'W', trust_zone: 'dmz' }],
          data_stores: [{ symbolic_name: 'db', title: 'DB', type: 'sql', trust_zone: 'dmz' }],
          data_sets: [
            {
              symbolic_name: 'pii',
              title: 'PII',
              placements: [{ data_store: 'db', encrypted: true }],
              data_sensitivity: ['pii'],
            },
          ],
          data_flows: [
            {
              symbolic_name: 'f1',
              title: 'F',
              source: { type: 'actor', object: 'user' },
              destination: { type: '#/$defs/component', object: 'web' },
              has_sensitive_data: true,
              encrypted: true,
            },
          ],
          threats: [
            {
              symbolic_name: 'th',
              title: 'T',
              event: 'e',
              sources: ['x'],
              components_affected: ['web'],
              attack_mechanisms: [{ capec_id: 1 }],
              weaknesses: [{ cwe_id: 79 }],
            },
          ],
          controls: [
            { symbolic_name: 'c1', title: 'C', threats: ['th'], status: 'active', priority: 'high' },
            { symbolic_name: 'c2', title: 'C2', threats: ['none'], status: 'retired' },
          ],
          risks: [
            {
              symbolic_name: 'r1',
              title: 'R',
              threats: ['th'],
              likelihood: 'possible',
              impact: 'major',
              score: 10,
              level: 'high',
            },
          ],
          assumptions: [{ description: 'a', topics: [], validity: 'unconfirmed' }],
        },
        null,
        1,
      ),
    },
    kinds: { asset: 1, element: 3, flow: 1, zone: 3, threat: 1, risk: 1, control: 2 },
    links: 12,
    defects: ['t.json:144 TM06'],
  },
];

describe('everything is counted in threat models:', () => {
  countsIn(CASES);
});
