import { countsIn, type Counted } from './counting.ts';

const CASES: readonly Counted[] = [
  {
    what: 'a document of OpenFastTrace',
    format: 'oft',
    files: {
      'doc/design.md': `# System Requirements

<!-- oft:on -->
## Introduction

### Features
\`feat~requirement-tracing~1\`

OFT traces requirements.

Needs: req

## Requirement Tracing
### Deep Coverage
\`req~tracing.deep-coverage~1\` <a id="req~tracing.deep-coverage~1"></a>

OFT marks a specification item as _covered deeply_ if this item - and all items it needs coverage from are covered recursively.

Rationale:

This allows users to see.

Comment:

A comment that
goes on.

Covers:

- [feat~requirement-tracing~1](#requirement-tracing)

Needs: dsn
Tags: Tracing, Core

Some trailing text.

### Second
\`req~second~1\`
Status: draft

Description:
Described here.

Covers:
* \`feat~requirement-tracing~1\`
  + feat~unknown~3

Depends:

* req~tracing.deep-coverage~1

Needs:
* dsn
* utest, itest

\`arch --> dsn : req~second~1\`

Setext title
------------
\`dsn~setext~2\`

Covers: 
* req~second~1
Needs: impl, utest
`,
    },
    kinds: { requirement: 3, design: 2 },
    links: 6,
    defects: ['doc/design.md:46 trace-orphaned', 'doc/design.md:56 trace-unwanted'],
  },
  {
    what: 'documents of StrictDoc',
    format: 'strictdoc',
    files: {
      'docs/a.sdoc': `[DOCUMENT]
MID: c2d4542d5f1741c88dfcb4f68ad7dcbd
TITLE: Requirements
UID: DOC-1
VERSION: 0.1
OPTIONS:
  ENABLE_MID: On
  MARKUP: Text
  REQUIREMENT_STYLE: Table
  REQUIREMENT_IN_TOC: True

[GRAMMAR]
ELEMENTS:
- TAG: TEXT
  FIELDS:
  - TITLE: UID
    TYPE: String
    REQUIRED: False
  - TITLE: STATEMENT
    TYPE: String
    REQUIRED: True
- TAG: REQUIREMENT
  PROPERTIES:
    IS_COMPOSITE: True
  FIELDS:
  - TITLE: UID
    TYPE: String
    REQUIRED: True
  - TITLE: VERIFICATION
    TYPE: SingleChoice(Test, Review)
    REQUIRED: False
  - TITLE: STATEMENT
    TYPE: String
    REQUIRED: True
  RELATIONS:
  - TYPE: Parent
  - TYPE: Parent
    ROLE: Refines
  - TYPE: File

[FREETEXT]
Some old free text with [LINK: SYS-1].
[/FREETEXT]

[[SECTION]]
MID: aa
TITLE: First
PREFIX: SYS-

[TEXT]
STATEMENT: >>>
Some text [ANCHOR: A1, title]

With blank lines.
<<<

[REQUIREMENT]
MID: bb
UID: SYS-1
STATUS: Active
TAGS: a, b
TITLE: First req
STATEMENT: >>>
The system shall.

    code
<<<
RATIONALE: Because.
COMMENT: One.
COMMENT: >>>
Two.
<<<

[[REQUIREMENT]]
UID: SYS-2
STATEMENT: Composite.
RELATIONS:
- TYPE: Parent
  VALUE: SYS-1
- TYPE: Parent
  VALUE: SYS-1
  ROLE: Refines
- TYPE: Child
  VALUE: SYS-3
- TYPE: File
  VALUE: src/a.c
- TYPE: File
  PATH: src/b.c
  LINE_RANGE: 2, 4

[REQUIREMENT]
UID: SYS-3
STATEMENT: Child

[[/REQUIREMENT]]

[[/SECTION]]

[SECTION]
TITLE: Old

[REQUIREMENT]
UID: OLD 1 (a)
REFS:
- TYPE: Parent
  VALUE: SYS-1
- TYPE: File
  VALUE: src/c.c
STATEMENT: Old refs.

[/SECTION]

[DOCUMENT_FROM_FILE]
FILE: b.sdoc
`,
      'docs/b.sdoc': `[DOCUMENT]
TITLE: Included

[REQUIREMENT]
UID: B-1
STATEMENT: x
RELATIONS:
- TYPE: Parent
  VALUE: MISSING-1
`,
    },
    kinds: { requirement: 5, unit: 3 },
    links: 8,
    defects: ['docs/b.sdoc:9 trace-orphaned'],
  },
  {
    what: 'documents of Doorstop',
    format: 'doorstop',
    files: {
      'reqs/.doorstop.yml': `settings:
  digits: 3
  prefix: REQ
  sep: ''
`,
      'reqs/REQ001.yml': `active: true
derived: false
header: |
  Assets
level: 2.1
links: []
normative: true
ref: ''
reviewed: avoJPyuQzp_YQLEfDg6IxjSVaQ5TIsEVkCDVHCmsAyM=
text: |
  Doorstop **shall** support the storage of external requirements assets.
`,
      'reqs/REQ002.yml': `active: true
derived: false
level: 1.0
links: []
normative: false
ref: ''
reviewed: null
text: |
  Introduction
`,
      'tests/.doorstop.yml': `settings:
  digits: 3
  parent: REQ
  prefix: TST
  sep: '-'
attributes:
  reviewed:
  - type
  defaults:
    type: unit
  publish: [type]
extensions:
  item_sha_required: true
`,
      'tests/TST-001.yml': `active: true
derived: false
header: ''
level: 1.1
links:
- REQ001: null
- REQ009
- REQ002: xyz
normative: true
references:
- path: a.py
  type: file
  keyword: k
type: unit
ref: ''
reviewed: true
text: |
  Verify.
`,
      'tests/TST-002.yml': `active: false
links:
- REQ001: true
text: x
`,
      'sub/.doorstop.yml': `settings:
  digits: 3
  parent: REQ
  prefix: MD
  sep: ''
  itemformat: markdown
`,
      'sub/MD001.md': `---
active: true
derived: true
level: 1.2
links:
- REQ001: abc
normative: true
ref: ''
reviewed: null
---

# A header

Text **here**.
`,
    },
    kinds: { requirement: 3, test: 1 },
    links: 4,
    defects: [
      'reqs/REQ001.yml:1 trace-unreviewed',
      'reqs/REQ002.yml:1 trace-unreviewed',
      'sub/MD001.md:1 trace-unreviewed',
      'sub/MD001.md:6 trace-suspect',
      'tests/TST-001.yml:6 trace-suspect',
      'tests/TST-001.yml:7 trace-orphaned',
      'tests/TST-001.yml:8 doorstop-item',
      'tests/TST-001.yml:8 trace-suspect',
    ],
  },
  {
    what: 'needs of Sphinx-Needs',
    format: 'needs',
    files: {
      'needs.json': JSON.stringify(
        {
          created: 'x',
          current_version: '1.0',
          project: 'P',
          versions: {
            '0.9': { needs: { OLD_ONE: { id: 'OLD_ONE', type: 'req', title: 'o', links: [] } } },
            '1.0': {
              created: 'x',
              needs_amount: 3,
              filters: {},
              needs_defaults_removed: true,
              needs_schema: {
                $schema: 'x',
                properties: {
                  id: { field_type: 'core', type: 'string' },
                  links: { field_type: 'links', type: 'array', default: [] },
                  links_back: { field_type: 'backlinks' },
                  tests: { field_type: 'links' },
                  tests_back: { field_type: 'backlinks' },
                  status: { field_type: 'core', default: 'open' },
                  author: { field_type: 'extra', default: '' },
                },
              },
              needs: {
                REQ_001: {
                  id: 'REQ_001',
                  type: 'req',
                  title: 'A',
                  docname: 'index',
                  lineno: 12,
                  content: 'Text',
                  tags: ['x'],
                  tests_back: ['TEST_001'],
                  parts: { '1': { id: '1', content: 'Part one', links: [] } },
                },
                TEST_001: {
                  id: 'TEST_001',
                  type: 'test',
                  title: 'T',
                  tests: ['REQ_001', 'REQ_001.1', 'REQ_001[version==2]', 'REQ_GONE'],
                  is_external: false,
                },
                EXT_001: {
                  id: 'EXT_001',
                  type: 'req',
                  title: 'E',
                  is_external: true,
                  external_url: 'http://x',
                  links: ['REQ_001'],
                },
              },
            },
          },
        },
        null,
        1,
      ),
    },
    kinds: { requirement: 2, test: 1 },
    links: 5,
    defects: ['needs.json:81 trace-predated', 'needs.json:82 trace-orphaned'],
  },
  {
    what: 'items of mlx.traceability',
    format: 'mlx',
    files: {
      'a.rst': `
.. item:: SR-AUTH-003 Lock after wrong PINs
    :fulfills: SYS-012 SYS-013
    :validated_by:
        UT-PIN-1
        UT-PIN-2
    :status: Approved
    :nocaptions:
    :ext_toolname: server:file:ext

    Body text.

    .. item:: NESTED-1 not here?

.. item:: SYS-012
.. item:: UT-PIN-1 Test
    :validates: SR-AUTH-003

.. item-link::
    :sources: SR-AUTH-003 GONE-1
    :targets: UT-PIN-1
    :type: validated_by

.. item-link::
    :source: SR-.*
    :target: UT-PIN-\\d
    :type: validated_by
    :nooverwrite:

.. attribute-link::
    :filter: SR-AUTH-00
    :asil: B

.. item-matrix:: x
    :source: SR
    :target: UT

.. code-block:: rst

   .. item:: NOT-1 in code
`,
    },
    kinds: { requirement: 3, test: 1 },
    links: 5,
    defects: ['a.rst:3 trace-orphaned', 'a.rst:6 trace-orphaned', 'a.rst:21 trace-orphaned'],
  },
  {
    what: 'objects of TRLC',
    format: 'trlc',
    files: {
      'a.trlc': `package example
import base

section "Top" {
  section "Inner" {
    Requirement req_one {
      description = """Multi
line"""
      priority = -0x1F
      ratio = 1_000.5
      derived_from = [base.sys_one, sys_two @ 4]
      tags = ["a", "b"]
      kind = Kind.functional
      loc = (1, 2)
      codebeamer = 12 @ 3
      ok = true
    }
  }
}
// comment
base.Requirement sys_two {
  description = "it's"
  /* block */
  title = '''quoted'''
}
`,
      'base.trlc': `package base
Requirement sys_one { description = "S" }
`,
    },
    kinds: { requirement: 3 },
    links: 2,
    defects: ['a.trlc:11 trace-predated'],
  },
];

describe('everything is counted in', () => {
  countsIn(CASES);
});
