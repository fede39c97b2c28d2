import assert from 'node:assert/strict';

import { describe, it } from 'mocha';

import { openThreatModel, threatDragon, tmBom } from '../../../server/src/core/trace/formats/threatModels.ts';
import { json, read, standing } from './modelReading.ts';
import { sameWithOtherLineEnds, survives } from './reading.ts';

const threat = (id: string, type: string, status: string, mitigation = '') => ({
  id,
  title: `T ${id}`,
  type,
  modelType: 'STRIDE',
  status,
  severity: 'High',
  score: '9',
  number: 7,
  description: 'Somebody does it.',
  mitigation,
});
const cell = (id: string, type: string, box: readonly number[], data: object = {}) => ({
  id,
  shape: 'x',
  position: { x: box[0], y: box[1] },
  size: { width: box[2], height: box[3] },
  data: { type, name: `The ${id}`, ...data },
});
const DRAGON = {
  version: '2.0.0',
  summary: { title: 'Pump' },
  detail: {
    diagrams: [
      {
        id: 0,
        title: 'Main',
        diagramType: 'STRIDE',
        cells: [
          cell('box', 'tm.BoundaryBox', [0, 0, 100, 100]),
          cell('inner', 'tm.BoundaryBox', [10, 10, 50, 50]),
          cell('nurse', 'tm.Actor', [200, 10, 20, 20]),
          cell('app', 'tm.Process', [20, 20, 20, 20], {
            hasOpenThreats: false,
            threats: [
              threat('t-1', 'Spoofing', 'Open', 'Ask for a PIN.'),
              threat('t-2', 'Information disclosure', 'NA', 'Nothing to see.'),
              threat('t-3', 'Elevation of privilege', 'accepted', 'Rare.'),
              threat(
                't-4',
                'Manipulation',
                'Mitigated',
                'Provide remediation for this threat or a reason if status is N/A',
              ),
            ],
          }),
          cell('db', 'tm.Store', [70, 70, 20, 20], {
            outOfScope: true,
            reasonOutOfScope: 'given',
            isEncrypted: true,
          }),
          {
            id: 'f-1',
            shape: 'flow',
            source: { cell: 'nurse' },
            target: { cell: 'app', port: 'p' },
            vertices: [{ x: 150, y: 20 }],
            data: { type: 'tm.Flow', name: 'PIN', isEncrypted: false, protocol: 'BLE' },
          },
          { id: 'f-2', shape: 'flow', source: { cell: 'app' }, target: { x: 500, y: 500 }, data: {} },
          {
            id: 'curve',
            shape: 'trust-boundary-curve',
            source: { x: 180, y: -50 },
            target: { x: 180, y: 90 },
            data: { type: 'tm.Boundary', name: 'Edge' },
          },
          { id: 'text', shape: 'td-text-block', data: { type: 'tm.Text' } },
        ],
      },
    ],
  },
};

describe('Threat Dragon', () => {
  it('has elements, flows, boundaries and threats, with links by what is in what', () => {
    const { shown, problems } = read(threatDragon, json(DRAGON));
    assert.deepEqual(shown, [
      'zone box "The box"',
      'zone inner "The inner" relates/parent box',
      'element nurse "The nurse"',
      'element app "The app" relates/zone inner',
      'threat t-1 "T t-1" derives/on app',
      'control t-1/mitigation "Ask for a PIN." mitigates/mitigation t-1',
      'threat t-2 "T t-2" derives/on app',
      'threat t-3 "T t-3" derives/on app',
      'threat t-4 "T t-4" derives/on app',
      'element db "The db" relates/zone box',
      'flow f-1 "PIN" relates/from nurse relates/to app',
      'flow f-2 relates/from app',
      'zone curve "Edge"',
    ]);
    assert.deepEqual(problems, ['m.json:176 warning threat-model'], 'a flow that ends nowhere');
  });

  it('has statuses in either spelling, STRIDE by first words, and the application’s own text counts as none', () => {
    const { item } = read(threatDragon, json(DRAGON));
    assert.deepEqual(
      ['t-1', 't-2', 't-3', 't-4'].map((id) => standing(item(id))),
      [
        'open approved spoofing',
        'not-applicable rejected information-disclosure: Nothing to see.',
        'accepted approved elevation-of-privilege: Rare.',
        'mitigated approved ',
      ],
    );
    assert.equal(item('t-4').attributes['category'], 'Manipulation', 'in another language');
    assert.equal(item('t-1').origin.status, 'Open');
    assert.deepEqual(item('db').attributes, {
      type: 'store',
      outOfScope: 'given',
      diagram: 'Main',
      isEncrypted: true,
    });
    assert.deepEqual(item('f-1').attributes, {
      encryption: 'none',
      crosses: ['curve'],
      diagram: 'Main',
      isEncrypted: false,
      protocol: 'BLE',
    });
    assert.equal(item('t-1').location.range.start.line, 77);
  });

  it('has threats where the published schema puts them', () => {
    const text = json({
      detail: {
        diagrams: [
          {
            cells: [
              {
                id: 'a',
                shape: 'process',
                data: { type: 'tm.Process', name: 'A' },
                threats: [{ threatId: 'x', title: 'X', type: 'Tampering', status: 'Open' }],
              },
            ],
          },
        ],
      },
    });
    assert.deepEqual(read(threatDragon, text).shown, ['element a "A"', 'threat x "X" derives/on a']);
  });

  it('of version 1 is refused, and so is what is none', () => {
    const one = read(threatDragon, json({ detail: { diagrams: [{ diagramJson: { cells: [] } }] } }));
    assert.match(one.messages[0] ?? '', /version 1.*save it/);
    assert.match(read(threatDragon, '{}').messages[0] ?? '', /no model of Threat Dragon/);
    assert.deepEqual(
      read(threatDragon, json(DRAGON).replace('"Open"', '"Weird"')).problems[0],
      'm.json:82 information trace-word',
    );
  });

  it('has ids that item files can name where a prefix is set', () => {
    const { shown } = read(threatDragon, json(DRAGON), { options: { prefix: 'TM' } });
    assert.equal(shown[4], 'threat TM-T-1 "T t-1" derives/on TM-APP');
  });
});

const BOM = {
  version: '1.0.2',
  trust_zones: [
    { symbolic_name: 'home', title: 'Home' },
    { symbolic_name: 'cloud', title: 'Cloud' },
  ],
  trust_boundaries: [{ trust_zone_a: 'home', trust_zone_b: 'cloud', authentication_methods: ['tls'] }],
  actors: [{ symbolic_name: 'nurse', title: 'Nurse', type: 'user', trust_zone: 'home' }],
  components: [{ symbolic_name: 'api', title: 'API', trust_zone: 'cloud', parent_component: 'all' }],
  data_stores: [{ symbolic_name: 'db', title: 'DB', trust_zone: 'cloud' }],
  data_sets: [
    { symbolic_name: 'doses', title: 'Doses', placements: [{ data_store: 'db', encrypted: true }] },
  ],
  data_flows: [
    {
      symbolic_name: 'f',
      title: 'F',
      source: { type: 'actor', object: 'nurse' },
      destination: { type: '#/$defs/component', object: 'api' },
      encrypted: true,
    },
  ],
  assumptions: [
    { description: 'The network is hostile.', validity: 'unconfirmed' },
    { validity: 'confirmed' },
  ],
  threats: [
    {
      symbolic_name: 'api',
      title: 'Abuse of the API',
      event: 'It is abused.',
      components_affected: ['api', 'gone'],
      attack_mechanisms: [{ capec_id: 66 }],
      weaknesses: [{ cwe_id: 89 }],
    },
  ],
  controls: [
    { symbolic_name: 'c-1', title: 'Active', threats: ['api'], status: 'active' },
    { symbolic_name: 'c-2', title: 'Not', threats: ['api'], status: 'wont_do' },
  ],
  risks: [
    { symbolic_name: 'r', title: 'R', threats: ['api'], likelihood: 'rare', impact: 'severe', score: 20 },
  ],
};

describe('TM-BOM', () => {
  it('has all its objects, and names that are unique in their list only', () => {
    const { shown, problems, graph } = read(tmBom, json(BOM));
    assert.deepEqual(shown, [
      'zone home "Home"',
      'zone cloud "Cloud"',
      'zone home|cloud "Boundary between home and cloud" relates/between home relates/between cloud',
      'element nurse "Nurse" relates/zone home',
      'element api "API" relates/zone cloud relates/parent all',
      'element db "DB" relates/zone cloud',
      'asset doses "Doses" relates/placed db',
      'flow f "F" relates/from nurse relates/to api',
      'threat threat:api "Abuse of the API" derives/on api derives/on gone',
      'control c-1 "Active" mitigates/threats threat:api',
      'control c-2 "Not" mitigates/threats threat:api',
      'risk r "R" derives/threats threat:api',
    ]);
    assert.deepEqual(problems, ['m.json:73 information TM06'], 'an assumption that nobody confirmed');
    assert.deepEqual(
      graph.links.filter(({ status }) => status !== 'covered').map(({ to, status }) => `${to} ${status}`),
      ['all orphaned', 'gone orphaned'],
    );
  });

  it('has statuses of controls, and likelihood under a name of its own', () => {
    const { item } = read(tmBom, json(BOM));
    assert.deepEqual([item('c-1').approval, item('c-2').approval], ['approved', 'rejected']);
    assert.equal(item('c-1').attributes['state'], 'mitigated');
    const { severity, exploitability, attributes } = item('r');
    assert.deepEqual(
      { severity, exploitability, attributes },
      {
        severity: 'catastrophic',
        exploitability: undefined,
        attributes: { score: 20, foreignLikelihood: 'rare', foreignImpact: 'severe' },
      },
    );
    assert.deepEqual(item('threat:api').cwe, ['CWE-89']);
    assert.deepEqual(item('threat:api').attributes['capec'], ['66']);
    assert.equal(item('f').attributes['encryption'], 'yes');
  });

  it('says what cannot be read', () => {
    assert.match(read(tmBom, '{}').messages[0] ?? '', /no TM-BOM/);
    assert.match(read(tmBom, '{"trust_zones": [{"title": "x"}]}').messages[0] ?? '', /no `symbolic_name`/);
  });
});

const OTM = `otmVersion: 0.2.0
project: {name: Pump, id: pump}
assets:
- {id: dose, name: Dose, risk: {confidentiality: 10}}
trustZones:
- {id: home, name: Home, type: t, risk: {trustRating: 10}}
- {id: cloud, name: Cloud, parent: {trustZone: home}}
components:
- id: api
  name: API
  type: web-service
  parent: {trustZone: cloud}
  assets: {processed: [dose], stored: null}
  representations: [{representation: code, id: r, file: src/api.c, line: 3}]
  threats:
  - threat: sqli
    state: exposed
    mitigations:
    - {mitigation: prepared, state: implemented}
- {id: db, name: DB, type: database, parent: {component: api}, threats: [{threat: sqli, state: implemented}]}
dataflows:
- {id: f, name: F, source: api, destination: db, assets: [dose], threats: null}
threats:
- id: sqli
  name: Injection
  categories: [Tampering, Injection]
  cwes: [CWE-89, 564]
  risk: {likelihood: 50, impact: 100}
- {id: unused, name: Unused, categories: null}
mitigations:
- {id: prepared, name: Prepared statements, riskReduction: 80}
`;

describe('Open Threat Model', () => {
  it('has threats where their instances are, with the worst of their states', () => {
    const { shown, problems, item } = read(openThreatModel, OTM);
    assert.deepEqual(shown, [
      'asset dose "Dose"',
      'zone home "Home"',
      'zone cloud "Cloud" relates/parent home',
      'element api "API" relates/zone cloud relates/processed dose',
      'element db "DB" relates/parent api',
      'flow f "F" relates/from api relates/to db relates/data dose',
      'threat sqli "Injection" derives/on api derives/on db',
      'threat unused "Unused"',
      'control prepared "Prepared statements" mitigates/mitigation sqli',
    ]);
    assert.deepEqual(problems, []);
    assert.equal(standing(item('sqli')), 'open approved tampering');
    assert.deepEqual(item('sqli').cwe, ['CWE-89', 'CWE-564']);
    assert.equal(item('sqli').attributes['foreignLikelihood'], 50);
    assert.equal(item('sqli').location.range.start.line, 23);
    assert.deepEqual(
      ['api', 'db'].map((id) => item(id).attributes['type']),
      ['process', 'store'],
    );
    assert.equal(item('prepared').approval, 'approved');
    assert.equal(item('home').attributes['trust'], 10);
  });

  it('is the same in JSON', () => {
    const text = json({
      otmVersion: '0.2.0',
      components: [{ id: 'a', name: 'A', parent: null, threats: [{ threat: 't', state: null }] }],
      threats: [{ id: 't', name: 'T' }],
    });
    assert.deepEqual(read(openThreatModel, text).shown, ['element a "A"', 'threat t "T" derives/on a']);
    assert.match(read(openThreatModel, 'a: 1').messages[0] ?? '', /no `otmVersion`/);
  });
});

describe('threat models', () => {
  for (const [format, sample] of [
    [threatDragon, json(DRAGON)],
    [tmBom, json(BOM)],
    [openThreatModel, OTM],
  ] as const) {
    it(`of ${format.title} survive any text and other line ends, and are recognised`, function () {
      this.timeout(20_000);
      survives(format, 'm.json', [sample]);
      sameWithOtherLineEnds(format, 'm.json', sample);
      assert.ok(format.detect('m.json', sample));
    });
  }
});
