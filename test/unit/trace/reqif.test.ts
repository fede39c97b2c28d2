import assert from 'node:assert/strict';

import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, it } from 'mocha';

import { reqif, reqifz } from '../../../server/src/core/trace/formats/reqif.ts';
import { NO_SETTINGS, type SourceSettings } from '../../../server/src/core/trace/sources.ts';
import { brief, problemLines, readFiles, sameWithOtherLineEnds, survives } from './reading.ts';

const TYPES = `<DATATYPES>
<DATATYPE-DEFINITION-STRING IDENTIFIER="dt-s" MAX-LENGTH="99"/>
<DATATYPE-DEFINITION-ENUMERATION IDENTIFIER="dt-e"><SPECIFIED-VALUES>
<ENUM-VALUE IDENTIFIER="ev-1" LONG-NAME="Bluetooth"><PROPERTIES><EMBEDDED-VALUE KEY="1" OTHER-CONTENT=""/></PROPERTIES></ENUM-VALUE>
<ENUM-VALUE IDENTIFIER="ev-2"><PROPERTIES><EMBEDDED-VALUE KEY="2" OTHER-CONTENT="Serial"/></PROPERTIES></ENUM-VALUE>
</SPECIFIED-VALUES></DATATYPE-DEFINITION-ENUMERATION>
</DATATYPES>
<SPEC-TYPES>
<SPEC-OBJECT-TYPE IDENTIFIER="t-req" LONG-NAME="Requirement Type"><SPEC-ATTRIBUTES>
<ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a-id" LONG-NAME="ReqIF.ForeignID"/>
<ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a-name" LONG-NAME="ReqIF.Name"/>
<ATTRIBUTE-DEFINITION-XHTML IDENTIFIER="a-text" LONG-NAME="ReqIF.Text"/>
<ATTRIBUTE-DEFINITION-ENUMERATION IDENTIFIER="a-if" LONG-NAME="Interface"/>
<ATTRIBUTE-DEFINITION-INTEGER IDENTIFIER="a-n" LONG-NAME="Tries"/>
<ATTRIBUTE-DEFINITION-BOOLEAN IDENTIFIER="a-b" LONG-NAME="Safety"><DEFAULT-VALUE><ATTRIBUTE-VALUE-BOOLEAN THE-VALUE="true"/></DEFAULT-VALUE></ATTRIBUTE-DEFINITION-BOOLEAN>
<ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a-state" LONG-NAME="Status"/>
<ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a-own" LONG-NAME="Object Identifier"/>
</SPEC-ATTRIBUTES></SPEC-OBJECT-TYPE>
<SPEC-OBJECT-TYPE IDENTIFIER="t-test" LONG-NAME="Test Case"/>
<SPEC-RELATION-TYPE IDENTIFIER="r-sat" LONG-NAME="satisfies"/>
<SPEC-RELATION-TYPE IDENTIFIER="r-odd" LONG-NAME="touches"/>
</SPEC-TYPES>`;

const value = (kind: string, definition: string, text: string) =>
  `<ATTRIBUTE-VALUE-${kind} THE-VALUE="${text}"><DEFINITION><ATTRIBUTE-DEFINITION-${kind}-REF>${definition}</ATTRIBUTE-DEFINITION-${kind}-REF></DEFINITION></ATTRIBUTE-VALUE-${kind}>`;
const xhtml = (definition: string, text: string) =>
  `<ATTRIBUTE-VALUE-XHTML><DEFINITION><ATTRIBUTE-DEFINITION-XHTML-REF>${definition}</ATTRIBUTE-DEFINITION-XHTML-REF></DEFINITION><THE-VALUE>${text}</THE-VALUE></ATTRIBUTE-VALUE-XHTML>`;
const enumeration = (definition: string, ...references: string[]) =>
  `<ATTRIBUTE-VALUE-ENUMERATION><VALUES>${references.map((each) => `<ENUM-VALUE-REF>${each}</ENUM-VALUE-REF>`).join('')}</VALUES><DEFINITION><ATTRIBUTE-DEFINITION-ENUMERATION-REF>${definition}</ATTRIBUTE-DEFINITION-ENUMERATION-REF></DEFINITION></ATTRIBUTE-VALUE-ENUMERATION>`;
const object = (id: string, type: string, ...values: string[]) =>
  `<SPEC-OBJECT IDENTIFIER="${id}">${values.length === 0 ? '' : `<VALUES>${values.join('')}</VALUES>`}<TYPE><SPEC-OBJECT-TYPE-REF>${type}</SPEC-OBJECT-TYPE-REF></TYPE></SPEC-OBJECT>`;
const relation = (type: string, from: string, to: string) =>
  `<SPEC-RELATION IDENTIFIER="rel"><TYPE><SPEC-RELATION-TYPE-REF>${type}</SPEC-RELATION-TYPE-REF></TYPE><SOURCE><SPEC-OBJECT-REF>${from}</SPEC-OBJECT-REF></SOURCE><TARGET><SPEC-OBJECT-REF>${to}</SPEC-OBJECT-REF></TARGET></SPEC-RELATION>`;
const file = (objects: readonly string[], relations: readonly string[] = [], outline = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>
<REQ-IF xmlns="http://www.omg.org/spec/ReqIF/20110401/reqif.xsd" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<THE-HEADER><REQ-IF-HEADER IDENTIFIER="h"><TITLE>Pump</TITLE></REQ-IF-HEADER></THE-HEADER>
<CORE-CONTENT><REQ-IF-CONTENT>
${TYPES}
<SPEC-OBJECTS>
${objects.join('\n')}
</SPEC-OBJECTS>
<SPEC-RELATIONS>
${relations.join('\n')}
</SPEC-RELATIONS>
${outline}
</REQ-IF-CONTENT></CORE-CONTENT></REQ-IF>
`;

const LOCK = object(
  'o-1',
  't-req',
  value('STRING', 'a-id', 'SR-1'),
  value('STRING', 'a-name', 'PIN lock'),
  xhtml('a-text', '<xhtml:div>Lock <xhtml:b>after</xhtml:b> three<xhtml:br/>tries &amp; log</xhtml:div>'),
  enumeration('a-if', 'ev-1', 'ev-2'),
  value('INTEGER', 'a-n', '3'),
  value('STRING', 'a-state', 'draft'),
  value('STRING', 'a-own', 'DOC-17'),
);
const TOP = object('o-2', 't-req', xhtml('a-text', 'Top'), enumeration('a-if', 'ev-2'));
const TRY = object('o-3', 't-test');
const SAMPLE = file(
  [LOCK, TOP, TRY],
  [relation('r-sat', 'o-1', 'o-2'), relation('r-odd', 'o-3', 'o-1'), relation('', 'o-3', 'o-9')],
  `<SPECIFICATIONS><SPECIFICATION IDENTIFIER="s" LONG-NAME="Pump"><CHILDREN>
<SPEC-HIERARCHY IDENTIFIER="h1"><OBJECT><SPEC-OBJECT-REF>o-2</SPEC-OBJECT-REF></OBJECT><CHILDREN>
<SPEC-HIERARCHY IDENTIFIER="h2"/>
<SPEC-HIERARCHY IDENTIFIER="h3"><OBJECT><SPEC-OBJECT-REF>o-1</SPEC-OBJECT-REF></OBJECT></SPEC-HIERARCHY>
</CHILDREN></SPEC-HIERARCHY></CHILDREN></SPECIFICATION></SPECIFICATIONS>`,
);

const readOne = (text: string, settings: Partial<SourceSettings> = {}) =>
  readFiles(reqif, { 'r.reqif': text }, settings);

describe('ReqIF', () => {
  it('has an item for each object and a link for each relation, with the names of their types', () => {
    const { items, links, graph, problems } = readOne(SAMPLE);
    assert.deepEqual(items.map(brief), ['SR-1 "PIN lock"', 'o-2 "Top"', 'o-3']);
    assert.deepEqual(
      items.map(({ kind, approval, origin, location }) => [
        kind,
        approval,
        origin.id,
        origin.type,
        location.range.start.line + 1,
      ]),
      [
        ['requirement', 'draft', 'o-1', 'Requirement Type', 28],
        ['requirement', 'approved', undefined, 'Requirement Type', 29],
        ['test', 'approved', undefined, 'Test Case', 30],
      ],
    );
    assert.deepEqual(
      links.map(({ from, type, role, to, location }) => [
        from,
        type,
        role,
        to,
        location.range.start.line + 1,
      ]),
      [
        ['SR-1', 'derives', 'satisfies', 'o-2', 33],
        ['o-3', 'relates', 'touches', 'SR-1', 34],
        ['o-3', 'derives', undefined, 'o-9', 35],
      ],
    );
    assert.deepEqual(
      graph.links.map(({ to, status }) => `${to} ${status}`),
      ['o-2 covered', 'SR-1 covered', 'o-9 orphaned'],
    );
    assert.deepEqual(problemLines(problems), ['r.reqif:34 information trace-word']);
  });

  it('has values by the names of their attributes, and defaults where there is none', () => {
    const [lock, top, trial] = readOne(SAMPLE).items;
    assert.equal(lock?.text, 'Lock after three\ntries & log');
    assert.deepEqual(lock.attributes, {
      specification: 'Pump',
      section: '1.2',
      parent: 'o-2',
      Interface: ['Bluetooth', 'Serial'],
      Tries: 3,
      'Object Identifier': 'DOC-17',
      Safety: true,
    });
    assert.deepEqual(top?.attributes, {
      specification: 'Pump',
      section: '1',
      Interface: 'Serial',
      Safety: true,
    });
    assert.deepEqual(trial?.attributes, {}, 'values may be absent');
  });

  it('names its attachments, and says what is left out', () => {
    const shown =
      '<xhtml:div>See <xhtml:object data="img/a.png" type="image/png">alt</xhtml:object><xhtml:object data="b.bin"/></xhtml:div>';
    const withValue = relation('r-sat', 'o-1', 'o-2').replace(
      '</SPEC-RELATION>',
      `<VALUES>${value('STRING', 'a-state', 'why')}</VALUES></SPEC-RELATION>`,
    );
    const { items, problems } = readFiles(reqif, {
      'a.reqif': file(
        [object('o-1', 't-req', xhtml('a-text', shown)), object('o-2', 't-req')],
        [withValue],
        '<SPEC-RELATION-GROUPS><RELATION-GROUP IDENTIFIER="g"/></SPEC-RELATION-GROUPS>',
      ),
    });
    assert.deepEqual(items[0]?.attributes['attachments'], ['img/a.png', 'b.bin']);
    assert.deepEqual(
      problems.map(({ severity, message }) => `${severity} ${message}`),
      [
        'information Links have no attributes here: those of relations are left out (`Status`).',
        'information Groups of relations are left out (1).',
      ],
    );
  });

  it('with any prefix, the older namespace, and a file without outline and relations', () => {
    const prefixed = SAMPLE.replace(/<(\/?)([A-Z])/g, '<$1r:$2')
      .replace('xmlns=', 'xmlns:r=')
      .replace('20110401', '20101201');
    assert.deepEqual(readOne(prefixed).items.map(brief), readOne(SAMPLE).items.map(brief));
    assert.deepEqual(readOne(prefixed).links.length, 3);
    const bare = file([LOCK]).replace(/<SPEC-RELATIONS>[^]*<\/SPEC-RELATIONS>/, '');
    assert.deepEqual(readOne(bare).items.map(brief), ['SR-1 "PIN lock"']);
    assert.deepEqual(readOne(bare).problems, []);
  });

  it('as settings say: fields, a tool, types that are left out, links by attribute and outline', () => {
    const idsBy = (settings: Partial<SourceSettings>) => readOne(SAMPLE, settings).items.map(({ id }) => id);
    assert.deepEqual(idsBy({ fields: { id: 'Object Identifier' } }), ['DOC-17', 'o-2', 'o-3']);
    assert.deepEqual(idsBy({ fields: { id: 'IDENTIFIER' } }), ['o-1', 'o-2', 'o-3']);
    assert.deepEqual(idsBy({ options: { skip: ['Test Case'] } }), ['SR-1', 'o-2']);
    const own = file([object('o-1', 't-req', value('STRING', 'a-own', 'D-1, D-2'))]);
    assert.deepEqual(readOne(own, { options: { tool: 'doors' } }).items.map(brief), ['D-1, D-2']);
    assert.deepEqual(readOne(own, { fields: { derives: 'Object Identifier' } }).items.map(brief), [
      'o-1 derives/Object Identifier D-1 derives/Object Identifier D-2',
    ]);
    assert.deepEqual(problemLines(readOne(own, { options: { tool: 'x' } }).problems), [
      'r.reqif:2 warning reqif',
    ]);
    const [lock] = readOne(SAMPLE, { options: { hierarchy: 'derives' } }).items;
    assert.equal(lock && brief(lock), 'SR-1 "PIN lock" derives/hierarchy o-2');
    const { links } = readOne(SAMPLE, { roles: { touches: 'verifies' } });
    assert.equal(links[1]?.type, 'verifies');
  });

  it('finds ends of relations in other files of the source', () => {
    const files = { 'a.reqif': file([LOCK]), 'b.reqif': file([TOP], [relation('r-sat', 'o-2', 'o-1')]) };
    const { graph } = readFiles(reqif, files);
    assert.deepEqual(
      graph.links.map(({ from, to, status }) => `${typeof from === 'string' ? from : ''} ${to} ${status}`),
      ['o-2 SR-1 covered'],
    );
  });

  const broken: readonly (readonly [name: string, text: string, ...problems: string[]])[] = [
    ['nothing', '', 'r.reqif:1 error xml'],
    ['another root', '<a>\n</a>', 'r.reqif:1 error reqif'],
    ['no content', '<REQ-IF><CORE-CONTENT/></REQ-IF>', 'r.reqif:1 error reqif'],
    ['a document type', SAMPLE.replace('<REQ-IF', '<!DOCTYPE x>\n<REQ-IF'), 'r.reqif:2 error xml'],
    [
      'a value that is not defined',
      file([object('o', 't-test', enumeration('a-if', 'ev-9'))]),
      'r.reqif:28 warning reqif',
    ],
    [
      'an attribute that is not defined',
      file([object('o', 't-test', value('STRING', 'a-9', 'x'))]),
      'r.reqif:28 warning reqif',
    ],
    ['an object without identifier', file(['<SPEC-OBJECT/>']), 'r.reqif:28 warning reqif'],
    [
      'a relation without an end',
      file([LOCK], ['<SPEC-RELATION><SOURCE/></SPEC-RELATION>']),
      'r.reqif:31 warning reqif',
    ],
    [
      'an outline of what is not there',
      file(
        [],
        [],
        '<SPECIFICATIONS><SPECIFICATION><CHILDREN><SPEC-HIERARCHY><OBJECT><SPEC-OBJECT-REF>o-7</SPEC-OBJECT-REF></OBJECT></SPEC-HIERARCHY></CHILDREN></SPECIFICATION></SPECIFICATIONS>',
      ),
      'r.reqif:33 warning reqif',
    ],
  ];
  for (const [name, text, ...expected] of broken) {
    it(`reports ${name}`, () => assert.deepEqual(problemLines(readOne(text).problems), expected));
  }

  it('reports duplicate ids as the trace does', () => {
    const { graph } = readOne(file([LOCK, LOCK.replace('o-1', 'o-7')]));
    assert.deepEqual(
      graph.items.map(({ status }) => status),
      ['duplicate', 'duplicate'],
    );
  });

  it('survives any text, and other line ends', () => {
    survives(reqif, 'r.reqif', [SAMPLE]);
    sameWithOtherLineEnds(reqif, 'r.reqif', SAMPLE);
  });
});

describe('ReqIF archives', () => {
  const read = (bytes: Uint8Array) => {
    const { value, problems } = reqifz.read('r.reqifz', bytes, NO_SETTINGS);
    return { ...value, problems };
  };

  it('are read with all documents in them, and nothing else', () => {
    const { items, links, problems } = read(
      zipSync({
        'b.reqif': strToU8(file([TOP], [relation('r-sat', 'o-2', 'o-1')])),
        'sub/a.reqif': strToU8(file([LOCK])),
        'picture.png': strToU8('x'),
      }),
    );
    assert.deepEqual(items.map(brief), ['o-2 "Top"', 'SR-1 "PIN lock"']);
    assert.deepEqual(
      (links ?? []).map(({ from, to }) => `${from} ${to}`),
      ['o-2 SR-1'],
    );
    assert.deepEqual(problems, []);
  });

  it('with a byte order mark or in UTF-16', () => {
    const text = file([LOCK]).replace('UTF-8', 'UTF-16');
    const units = Array.from(text).flatMap((sign) => [sign.charCodeAt(0) & 255, sign.charCodeAt(0) >> 8]);
    for (const content of [strToU8(`\uFEFF${file([LOCK])}`), Uint8Array.from([0xff, 0xfe, ...units])])
      assert.deepEqual(read(zipSync({ 'a.reqif': content })).items.map(brief), ['SR-1 "PIN lock"']);
  });

  it('are refused where they are hostile', () => {
    const messages = (bytes: Uint8Array) => read(bytes).problems.map(({ message }) => message);
    assert.match(messages(zipSync({ '../a.reqif': strToU8(SAMPLE) }))[0] ?? '', /leads out of the archive/);
    assert.match(messages(zipSync({ 'a.txt': strToU8('x') }))[0] ?? '', /no `\.reqif` document/);
    assert.match(messages(strToU8('PK no zip'))[0] ?? '', /not a zip archive/);
  });

  it('never throw', () => {
    const whole = zipSync({ 'a.reqif': strToU8(SAMPLE) });
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 255 }), (at, byte) => {
        const bytes = whole.slice();
        bytes[at % bytes.length] = byte;
        read(bytes);
      }),
      // A size that is changed is a claim of up to 64 MB, which takes its time.
      { numRuns: 20 },
    );
  });
});
