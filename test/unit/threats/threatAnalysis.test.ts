import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

import { describe, it } from 'mocha';

import { interfacesOf } from '../../../server/src/core/threats/interfaces.ts';
import { readLibraries } from '../../../server/src/core/threats/library.ts';
import { threatProblems, withThreatProblems } from '../../../server/src/core/threats/threatAnalysis.ts';
import { threatConfigSchema } from '../../../server/src/core/threats/threatConfig.ts';
import { readItemFile } from '../../../server/src/core/trace/itemFile.ts';
import { threatDragon } from '../../../server/src/core/trace/formats/threatModels.ts';
import { NO_SETTINGS } from '../../../server/src/core/trace/sources.ts';
import { select } from '../../../server/src/core/trace/selection.ts';
import { traceGraph } from '../../../server/src/core/trace/tracer.ts';
import type { TagLink } from '../../../server/src/core/trace/traceGraph.ts';

const graphOf = (yaml: string, isRight = true) => {
  const { value, problems } = readItemFile('m.yaml', yaml);
  assert.deepEqual(isRight ? problems.map(({ message }) => message) : [], []);
  return traceGraph(value, []);
};
/** `TM01 warning 3: message` of the lints with these codes. */
const lints = (yaml: string, codes: readonly string[], config: object = {}, isRight = true) =>
  threatProblems(graphOf(yaml, isRight), threatConfigSchema.parse(config))
    .filter(({ code }) => codes.includes(code))
    .map(
      ({ code, severity, range, message }) =>
        `${code} ${severity} ${(range?.start.line ?? 0) + 1}: ${message}`,
    );

const ALL =
  '[spoofing, tampering, repudiation, information-disclosure, denial-of-service, elevation-of-privilege]';
const ZONES = `zones:
  - { id: Z-1, title: Device }
  - { id: Z-2, title: Cloud }
`;
const ELEMENTS = `${ZONES}elements:
  - { id: E-1, title: Pump, type: process, zone: Z-1 }
  - { id: E-2, title: Part, type: store, parent: E-1 }
  - { id: E-3, title: Service, type: external, zone: Z-2 }
flows:
  - { id: F-1, title: Dose, from: E-1, to: E-3 }
  - { id: F-2, title: Inside, from: E-1, to: E-2 }
`;

describe('a threat model', () => {
  it('must have a threat for each STRIDE class of an element, and of a flow across a boundary', () => {
    assert.deepEqual(lints(ELEMENTS, ['TM01']), [
      'TM01 warning 5: Element `E-1` (Pump) has no reviewed threat of spoofing, tampering, repudiation, information disclosure, denial of service and elevation of privilege: add one, or one that is rejected with a reason.',
      'TM01 warning 6: Element `E-2` (Part) has no reviewed threat of tampering, repudiation, information disclosure and denial of service: add one, or one that is rejected with a reason.',
      'TM01 warning 7: Element `E-3` (Service) has no reviewed threat of spoofing and repudiation: add one, or one that is rejected with a reason.',
      'TM01 warning 9: Data flow `F-1` (Dose), which crosses a trust boundary, has no reviewed threat of tampering, information disclosure and denial of service: add one, or one that is rejected with a reason.',
    ]);
    const answered = `${ELEMENTS}threats:
  - { id: T-1, title: All, stride: ${ALL}, on: [E-1, E-2, F-1] }
  - { id: T-2, title: Not, stride: [spoofing], on: [E-3], status: rejected }
  - { id: T-3, title: Draft, stride: [repudiation], on: [E-3], status: draft }
`;
    assert.deepEqual(lints(answered, ['TM01']), [
      'TM01 warning 7: Element `E-3` (Service) has no reviewed threat of repudiation: 1 that nobody has reviewed does not count.',
    ]);
    assert.deepEqual(lints(answered, ['TM01'], { stride: { external: ['spoofing'] } }), []);
  });

  it('has the interfaces of the code, and the code those of the model', () => {
    const with_ = (flow: string, ...interfaces: string[]) =>
      threatProblems(
        graphOf(ELEMENTS.replace('title: Dose', flow)),
        threatConfigSchema.parse({}),
        [],
        [
          { path: 'src/a.c', interfaces },
          { path: 'src/b.c', interfaces },
        ],
      )
        .filter(({ code }) => code === 'TM03' || code === 'TM04')
        .map(({ code, message }) => `${code}: ${message}`);
    assert.deepEqual(with_('title: Dose', 'Bluetooth'), [
      'TM03: The code uses Bluetooth (src/a.c and 1 more), and no element or data flow of the model speaks of it: add the interface.',
    ]);
    assert.deepEqual(with_('title: Dose over BLE', 'Bluetooth'), []);
    assert.deepEqual(with_('title: Dose, protocol: MQTT', 'Bluetooth').slice(1), [
      'TM04: Data flow `F-1` (Dose) has the protocol of MQTT, and no source file includes what serves it: check that the model is that of this code.',
    ]);
    assert.deepEqual(with_('title: Dose, protocol: MQTT', 'MQTT'), []);
    assert.deepEqual(
      lints(ELEMENTS.replace('title: Dose', 'title: Dose, protocol: MQTT'), ['TM03', 'TM04']),
      [],
    );
  });

  it('has interfaces by the headers that sources include', () => {
    assert.deepEqual(
      interfacesOf(['zephyr/bluetooth/gatt.h', 'lwip/sockets.h', 'mqtt_client.h', 'cable.h', 'stdio.h']),
      ['Bluetooth', 'MQTT', 'a network socket'],
    );
  });

  it('thinks of several patients where many devices are reached', () => {
    const cloud = ELEMENTS.replace('title: Service', 'title: Cloud service');
    assert.deepEqual(lints(cloud, ['TM14']), [
      'TM14 information 7: Element `E-3` (Cloud service) reaches many devices, and no threat or risk is about harm to several patients: add one, or the tag `multi-patient` to those that are.',
    ]);
    const tagged = `${cloud}threats:\n  - { id: T-1, title: Key, stride: [spoofing], on: [E-3], tags: [multi-patient] }\n`;
    assert.deepEqual(lints(tagged, ['TM14']), []);
    assert.deepEqual(lints(ELEMENTS, ['TM14']), []);
  });

  it('has the views that a project wants, or reasons', () => {
    const views = (config: object | undefined) =>
      threatProblems(
        graphOf(ELEMENTS),
        threatConfigSchema.parse(config === undefined ? {} : { views: config }),
      )
        .filter(({ code }) => code === 'TM07')
        .map(({ path, message }) => `${path ?? ''} ${/`([\w-]+)` of/.exec(message)?.[1] ?? ''}`);
    assert.deepEqual(views(undefined), []);
    assert.deepEqual(views({ global: 'docs/system.md', update: { justification: 'No updates.' } }), [
      'traceward.yaml multi-patient-harm',
      'traceward.yaml use-case',
    ]);
  });

  it('has requirements in words that can be tested', () => {
    const requirement = (text: string) =>
      lints(`requirements:\n  - { id: SR-1, title: a, category: logging, text: "${text}" }\n`, ['SR02']);
    assert.deepEqual(requirement('The pump shall react in an appropriate time.'), [
      'SR02 information 2: Requirement `SR-1` (a) says `appropriate`, which no test can decide: say what is meant.',
    ]);
    assert.deepEqual(requirement('The pump shall react within 60 s.'), []);
  });

  it('wants a category or a clause of requirements', () => {
    const requirement = (fields: string) =>
      lints(`${ELEMENTS}requirements:\n  - { id: SR-1, title: a, text: a${fields} }\n`, ['SR05'], {}, false);
    assert.deepEqual(requirement(''), [
      'SR05 information 12: Requirement `SR-1` (a) has no category and names no clause of a standard: say which one it answers.',
    ]);
    assert.deepEqual(requirement(', category: logging'), []);
    assert.deepEqual(requirement(', attributes: { clause: 4.2 }'), []);
    assert.deepEqual(requirement(', status: rejected'), []);
  });

  it('points out tags far from code', () => {
    const tag = (kind: 'file' | 'function', line: number): TagLink => ({
      ...{ unit: { path: 'a.c', kind, name: kind }, id: 'SR-1', type: 'implements' },
      location: { path: 'a.c', range: { start: { line, column: 3 }, end: { line, column: 9 } } },
    });
    const found = (...links: readonly TagLink[]) =>
      threatProblems(traceGraph([], [{ path: 'a.c', links }]), threatConfigSchema.parse({}))
        .filter(({ code }) => code === 'TR08')
        .map(({ range }) => range?.start.line);
    assert.deepEqual(found(tag('function', 10), tag('file', 2), tag('file', 39), tag('file', 40)), [40]);
    assert.deepEqual(found(tag('file', 90)), [], 'of a file without tagged functions nothing is known');
  });

  it('says how flows across a boundary are protected, and has zones', () => {
    assert.deepEqual(lints(ELEMENTS, ['TM02']), [
      'TM02 information 9: Data flow `F-1` (Dose) crosses a trust boundary and says nothing of authentication, encryption and integrity: write how, or `none`.',
    ]);
    const said = ELEMENTS.replace(
      'to: E-3 }',
      'to: E-3, authentication: TLS, encryption: TLS, integrity: none }',
    );
    assert.deepEqual(lints(said, ['TM02']), []);
    const flat = ELEMENTS.slice(ELEMENTS.indexOf('elements')).replace(/, zone: Z-\d/g, '');
    assert.deepEqual(lints(flat, ['TM02']), [
      'TM02 information 6: No trust zones are given: which data flows cross a trust boundary is not known.',
    ]);
  });

  it('has components in elements', () => {
    const parts = `components:\n  - { id: SW-1, title: A }\n  - { id: SW-2, title: B }\nelements:\n  - { id: E-1, title: P, type: process, components: [SW-1] }\n`;
    assert.deepEqual(lints(parts, ['TM08']), [
      'TM08 information 3: Component `SW-2` (B) is part of no element: name it under `components` of one.',
    ]);
  });

  it('has threats about the supply chain, updates and decommissioning', () => {
    const some = `${ELEMENTS}threats:\n  - { id: T-1, title: Update that is not ours, stride: [tampering] }\n`;
    assert.deepEqual(lints(some, ['TM05']), [
      'TM05 information 12: No threat is about the supply chain.',
      'TM05 information 12: No threat is about decommissioning.',
    ]);
  });

  it('rates its threats, and has more than one control against great harm', () => {
    const rated = `${ELEMENTS}threats:
  - { id: T-1, title: A, stride: [tampering] }
  - { id: T-2, title: B, stride: [tampering] }
risks:
  - { id: R-1, title: R, threats: [T-1], severity: critical, exploitability: low }
controls:
  - { id: C-1, title: C, category: integrity, mitigates: [T-1] }
`;
    assert.deepEqual(lints(rated, ['TM10', 'TM12']), [
      'TM10 information 13: Threat `T-2` (B) has no risk that says how easily it can be exploited.',
      'TM12 information 12: Threat `T-1` (A) can do great harm, and `C-1` alone stands against it: add a second line of defence.',
    ]);
  });

  it('is checked only where there is one, and as the configuration says', () => {
    assert.deepEqual(
      lints('threats:\n  - { id: T-1, title: A, stride: [tampering] }\n', ['TM01', 'TM05', 'TM10']),
      [],
    );
    assert.deepEqual(lints(ELEMENTS, ['TM01', 'TM02'], { lints: { TM01: 'off', TM02: 'error' } }).length, 1);
    assert.match(lints(ELEMENTS, ['TM02'], { lints: { TM02: 'error' } })[0] ?? '', /^TM02 error/);
  });

  it('of another tool: out of scope without a reason, mitigations without requirements, claims', () => {
    const cell = (id: string, data: object) => ({
      id,
      shape: 'process',
      data: { type: 'tm.Process', name: id, ...data },
    });
    const threat = (id: string, status: string, mitigation: string) => ({
      id,
      title: id,
      type: 'Tampering',
      status,
      mitigation,
    });
    const text = JSON.stringify({
      detail: {
        diagrams: [
          {
            cells: [
              cell('A', { outOfScope: true }),
              cell('B', {
                threats: [
                  threat('open', 'Open', ''),
                  threat('claim', 'Mitigated', ''),
                  threat('done', 'Mitigated', 'A lock.'),
                  threat('na', 'NotApplicable', ''),
                ],
              }),
            ],
          },
        ],
      },
    });
    const { value } = threatDragon.read('m.json', text, NO_SETTINGS);
    const requirement = readItemFile(
      'r.yaml',
      'requirements:\n  - { id: SR-1, title: Lock, text: It shall lock., category: integrity, derives: [C-1] }\n',
    ).value;
    const shown = (items: typeof value.items) =>
      threatProblems(traceGraph(items, []), threatConfigSchema.parse({}))
        .filter(({ code }) => /^TM13|^TR/.test(code))
        .map(({ code, message }) => `${code} ${message}`);
    assert.deepEqual(shown(value.items), [
      'TM13 Element `A` is out of scope, and nothing says why: write the reason.',
      'TR05 Threat `open` has no mitigation: no control or requirement leads to it.',
      'TR05 Threat `claim` is said to be mitigated, but no control or requirement mitigates it: link one.',
      'TR05 Control `done/mitigation` (A lock.) has no requirement: nothing says what is to be built and tested for it.',
    ]);
    const linked = requirement.map((item) => ({
      ...item,
      links: item.links.map((link) => ({ ...link, to: 'done/mitigation' })),
    }));
    assert.deepEqual(
      shown([...value.items, ...linked]).at(-1),
      'TR06 Threat `done` is said to be mitigated, but `SR-1` is not shown to be done: No code implements it. No test verifies it.',
    );
  });
});

describe('risks', () => {
  const risk = (more: string) => `threats:
  - { id: T-1, title: A, stride: [tampering] }
risks:
  - { id: R-1, title: R, threats: [T-1], severity: critical, exploitability: high${more} }
`;
  const usual = { acceptance: 'usual' };
  const cases: readonly (readonly [name: string, more: string, ...expected: RegExp[]])[] = [
    ['that nothing is done about', '', /^TM10.*`unacceptable`.*no rating `after`/, /^TM15/],
    ['that are acceptable after controls', ', after: { exploitability: very-low }, noSafetyImpact: None.'],
    [
      'that somebody accepted',
      ', after: { exploitability: medium }, decision: { kind: accept, by: N.N., reason: Rare. }, hazards: [R-1]',
    ],
    [
      'that nobody accepted',
      ', after: { exploitability: low }, noSafetyImpact: None.',
      /^TM11 warning.*`reduce`.*low, harm critical/,
    ],
    [
      'whose vector says something else',
      ', cvss: "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:L/A:L", after: { exploitability: very-low }, noSafetyImpact: None.',
      /^TM10.*`high`.*\(score 3\.5\) gives `very-low`/,
    ],
    [
      'whose vector cannot be read',
      ', cvss: x, after: { exploitability: very-low }, noSafetyImpact: None.',
      /^TM10.*not scored/,
    ],
  ];
  for (const [name, more, ...expected] of cases) {
    it(name, () => {
      const found = lints(risk(more), ['TM10', 'TM11', 'TM15'], usual);
      assert.equal(found.length, expected.length, found.join('\n'));
      expected.forEach((pattern, at) => assert.match(found[at] ?? '', pattern));
    });
  }

  it('are not judged where the project has not said what it accepts, or by its own matrix', () => {
    assert.deepEqual(lints(risk(''), ['TM10', 'TM11', 'TM15']), []);
    const row = {
      negligible: 'acceptable',
      minor: 'acceptable',
      serious: 'acceptable',
      critical: 'acceptable',
      catastrophic: 'acceptable',
    };
    const acceptance = { 'very-low': row, low: row, medium: row, high: row, 'very-high': row };
    assert.deepEqual(lints(risk(''), ['TM10', 'TM11'], { acceptance }), []);
  });
});

describe('libraries of threats', () => {
  const folder = new URL('../../../threats/', import.meta.url);
  const files = readdirSync(folder)
    .sort()
    .map((name) => ({ path: `threats/${name}`, text: readFileSync(new URL(name, folder), 'utf8') }));
  const libraries = readLibraries(files);

  it('are item files without mistakes, with ids of their own and a control for each threat', () => {
    assert.deepEqual(
      libraries.map(({ name }) => name),
      ['ai-component', 'ble', 'cloud', 'hospital-network', 'removable-media', 'service-port', 'update'],
    );
    const items = files.flatMap(({ path, text }) => {
      const { value, problems } = readItemFile(path, text);
      assert.deepEqual(problems, [], path);
      return value;
    });
    const graph = traceGraph(items, []);
    assert.deepEqual(
      graph.items.filter(
        ({ item, status }) => status === 'duplicate' || (item.kind === 'threat' && !item.text),
      ).length,
      0,
    );
    assert.ok(graph.links.every(({ status }) => status === 'covered'));
    const threats = graph.items.filter(({ item }) => item.kind === 'threat');
    assert.ok(threats.every(({ incoming }) => incoming.length === 1));
  });

  it('that a project names must be answered, by ids or tags', () => {
    const messages = (yaml: string, names: readonly string[]) =>
      threatProblems(graphOf(yaml), threatConfigSchema.parse({ libraries: names }), libraries).map(
        ({ code, path, message }) => `${code} ${path ?? ''} ${message.slice(0, 90)}`,
      );
    assert.deepEqual(messages('', ['removable-media', 'bl']), [
      'TM16 traceward.yaml 6 of 6 threats of the library `removable-media` are not answered: `TH-MED-01` (Program tha',
      'TM16 traceward.yaml There is no library of threats `bl`: did you mean `ble`?',
    ]);
    const own = ['01', '02', '03', '04', '05'].map(
      (n) => `  - { id: TH-MED-${n}, title: x, stride: [tampering] }\n`,
    );
    const tagged = '  - { id: T-1, title: x, stride: [tampering], tags: [TH-MED-06] }\n';
    assert.deepEqual(messages(`threats:\n${own.join('')}${tagged}`, ['removable-media']), []);
  });
});

describe('problems of a threat model', () => {
  it('stand among those of the trace, in one order', () => {
    const graph = graphOf(ELEMENTS);
    const { problems } = withThreatProblems(graph, threatConfigSchema.parse({}));
    const lines = problems.map(({ range }) => range?.start.line ?? 0);
    assert.deepEqual(
      lines,
      [...lines].sort((a, b) => a - b),
    );
    assert.ok(problems.length > graph.problems.length);
    const none = graphOf('');
    assert.equal(withThreatProblems(none, threatConfigSchema.parse({})), none);
  });
});

describe('a selection of a trace', () => {
  it('has the lints of its items', () => {
    const graph = withThreatProblems(graphOf(ELEMENTS), threatConfigSchema.parse({}));
    const codes = select(graph, { ids: ['F-*'] }).problems.map(({ code }) => code);
    assert.deepEqual(codes, ['TM01', 'TM02']);
  });
});
