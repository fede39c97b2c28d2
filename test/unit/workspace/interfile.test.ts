import assert from 'node:assert/strict';

import { DEFAULT_CONFIG } from '../../../server/src/core/config/projectConfig.ts';
import type { Finding } from '../../../server/src/core/match/finding.ts';
import { createWorkspace, type Workspace } from '../../../server/src/core/workspace.ts';
import { loadLanguages, rulesOf } from '../../support/engine.ts';

type Files = Readonly<Record<string, string>>;

const LANGUAGES = 'c, cpp, python, javascript, typescript, java, go, csharp, kotlin, rust, swift';

function ruleWith(options: string): string {
  return `rules:
  - id: flow
    languages: [${LANGUAGES}]
    severity: ERROR
    message: "$X arrives"
    mode: taint
    options: ${options}
    pattern-sources: [{pattern: source(...)}]
    pattern-sinks: [{pattern: sink($X)}]
    pattern-sanitizers: [{pattern: clean(...)}]
`;
}

const INTERFILE = ruleWith('{interfile: true}');

async function workspaceOf(files: Files, rules = INTERFILE): Promise<Workspace> {
  const ws = createWorkspace({
    languages: await loadLanguages(),
    rules: await rulesOf(rules),
    config: { ...DEFAULT_CONFIG, exclude: [] },
  });
  for (const [path, text] of Object.entries(files)) ws.applyChange({ kind: 'code', path, text });
  for (const [path, text] of Object.entries(files)) ws.applyChange({ kind: 'file', path, text });
  return ws;
}

function findings(ws: Workspace, path: string): readonly Finding[] {
  return ws.snapshot().report(path)?.findings ?? [];
}

function linesWith(ws: Workspace, files: Files): string[] {
  return Object.keys(files).flatMap((path) =>
    findings(ws, path).map(
      ({ range: { start } }) => `${path}: ${files[path]?.split('\n')[start.line]?.trim() ?? ''}`,
    ),
  );
}

function expected(files: Files): string[] {
  return Object.entries(files).flatMap(([path, text]) =>
    text.split('\n').flatMap((line) => (/(?:\/\/|#) !$/.test(line) ? [`${path}: ${line.trim()}`] : [])),
  );
}

/** Lines that end with a comment `!` have a finding, all others none. */
const cases: Readonly<Record<string, Files>> = {
  'Python: functions, modules, packages, classes': {
    'app/main.py': `
from app.helpers import read, show, wrap, tidy
from app import helpers
from .helpers import read as fetch
from app.pack import inside
from app.model import Reader
import app.helpers as h

def f():
    sink(read()) # !
    show(source())
    sink(wrap(source())) # !
    sink(tidy(source()))
    sink(helpers.read()) # !
    sink(h.read()) # !
    sink(fetch()) # !
    sink(inside()) # !
    sink(Reader.static()) # !
    sink(Reader(source()).text) # !
    show(1)
    sink(wrap(1))
    sink(unknown())
`,
    'app/helpers.py': `
def read():
    return source()
def show(x, y=1):
    sink(x) # !
def wrap(x):
    return [x]
def tidy(x):
    return clean(x)
`,
    'app/pack/__init__.py': 'def inside():\n    return source()\n',
    'app/model.py': `
class Reader:
    def __init__(self, text):
        self.text = text
    @staticmethod
    def static():
        return source()
`,
    'other/helpers2.py': 'def unknown():\n    return source()\n',
  },
  'Python: names that are not imported, or declared here, are not those of other files': {
    'a.py': `
def read():
    return 1
def f(open):
    sink(read())
    sink(write())
    sink(open())
`,
    'b.py':
      'def read():\n    return source()\ndef write():\n    return source()\ndef open():\n    return source()\n',
  },
  'JavaScript: imports, require, defaults, arrow functions, classes': {
    'src/main.js': `
import { read, show as display } from './lib/io.js';
import * as io from './lib/io';
import fetchIt from './lib/one';
import { Reader } from './lib/reader';
const { wrap } = require('./lib/common');
const common = require('./lib/common');
sink(read()); // !
display(source());
sink(io.read()); // !
sink(fetchIt()); // !
sink(wrap(source())); // !
sink(common.wrap(source())); // !
sink(Reader.load()); // !
sink(new Reader(source()).text); // !
sink(wrap(1));
sink(common.other(source())); // !
`,
    'src/lib/io.js': `
export const read = () => source();
export function show(x) { sink(x); } // !
`,
    'src/lib/one.js': 'export default function fetchIt() { return source(); }\n',
    'src/lib/reader.js': `
export class Reader {
  constructor(text) { this.text = text; }
  static load() { return source(); }
}
`,
    'src/lib/common.js': 'exports.wrap = function (x) { return { x }; };\n',
    'src/other/io.js': 'export function read() { return 1; }\n',
  },
  'JavaScript: packages are not files of the workspace': {
    'main.js': "import { read } from 'io';\nimport { show } from '../io';\nsink(read());\nsink(show());\n",
    'io.js': 'export function read() { return source(); }\nexport function show() { return source(); }\n',
  },
  'TypeScript: across TypeScript and JavaScript': {
    'a.ts': `
import { read } from './b';
import { old } from './c.js';
import type { T } from './b';
const x: string = read();
sink(x); // !
sink(old(1)); // !
`,
    'b.ts': 'export function read(): string { return source() as string; }\n',
    'c.js': 'export const old = (a) => source();\n',
  },
  'Java: static methods, objects, parents, one package': {
    'src/a/Main.java': `
package a;
import b.Util;
class Main extends Base {
  void f(Reader r) {
    sink(Util.read()); // !
    Util.show(source());
    sink(r.load()); // !
    sink(new Reader(source()).get()); // !
    sink(inherited()); // !
    sink(Near.wrap(source())); // !
    sink(Near.tidy(source()));
    sink(Util.hidden());
    Reader own = new Reader("x");
    sink(own.load()); // !
  }
}
`,
    'src/b/Util.java': `
package b;
public class Util {
  public static String read() { return source(); }
  public static void show(String x) { sink(x); } // !
  private static String hidden() { return source(); }
}
`,
    'src/a/Reader.java': `
package a;
class Reader {
  private String text;
  Reader(String text) { this.text = text; }
  String load() { return source(); }
  String get() { return text; }
}
`,
    'src/a/Base.java': 'package a;\nclass Base { String inherited() { return source(); } }\n',
    'src/a/Near.java':
      'package a;\nclass Near { static String wrap(String x) { return x + ""; } static String tidy(String x) { return clean(x); } }\n',
  },
  'Go: packages and their folders': {
    'cmd/main.go': `
package main
import "example.com/app/util"
func f() {
	sink(util.Read()) // !
	util.Show(source())
	sink(near()) // !
	sink(far())
	var r util.Reader
	sink(r.Load()) // !
}
`,
    'util/util.go': `
package util
func Read() string { return source() }
func Show(x string) { sink(x) } // !
func far() string { return source() }
type Reader struct{}
func (r *Reader) Load() string { return source() }
`,
    'cmd/near.go': 'package main\nfunc near() string { return source() }\n',
  },
  'C: external functions, static ones of headers': {
    'src/a.c': `
#include "b.h"
void f(void) {
  char buf[10];
  sink(read_it()); // !
  show(source());
  sink(hidden());
  fill(buf);
  sink(buf); // !
  sink(length(source())); // !
}
`,
    'src/b.c': `
char *read_it(void) { return source(); }
void show(char *x) { sink(x); } // !
static char *hidden(void) { return source(); }
void fill(char *to) { *to = source(); }
int length(char *s) { int n = 0; while (*s++) n++; return n + *s; }
`,
    'src/b.h': 'char *read_it(void);\nvoid show(char *x);\nvoid fill(char *to);\nint length(char *s);\n',
  },
  'C++: namespaces and methods': {
    'a.cpp': `
#include "b.h"
void f(Reader &r) {
  sink(util::read()); // !
  sink(r.load()); // !
  util::show(source());
}
`,
    'b.cpp': `
namespace util {
std::string read() { return source(); }
void show(const std::string &x) { sink(x); } // !
}
std::string Reader::load() { return source(); }
`,
  },
  'C#: static classes, objects, parents': {
    'A.cs': `
using Lib;
class A : Base {
  void F(Reader r) {
    sink(Util.Read()); // !
    Util.Show(source());
    sink(r.Load()); // !
    sink(Inherited()); // !
    sink(new Reader(source()).Text); // !
  }
}
`,
    'Lib.cs': `
namespace Lib;
static class Util {
  public static string Read() => source();
  public static void Show(string x) { sink(x); } // !
}
class Reader {
  public string Text;
  public Reader(string text) { Text = text; }
  public string Load() { return source(); }
}
class Base { protected string Inherited() { return source(); } }
`,
  },
  'Kotlin: functions of files, objects and classes': {
    'app/Main.kt': `
package app
import lib.read
import lib.Util
import lib.Reader
fun f(r: Reader) {
  sink(read()) // !
  sink(Util.wrap(source())) // !
  sink(r.load()) // !
  sink(near()) // !
  sink(Reader(source()).text) // !
}
`,
    'lib/Io.kt': `
package lib
fun read(): String = source()
object Util {
  fun wrap(x: String) = x + ""
}
class Reader(val text: String) { fun load(): String = source() }
`,
    'app/Near.kt': 'package app\nfun near() = source()\n',
  },
  'Rust: modules and types': {
    'src/main.rs': `
mod helpers;
use crate::helpers::{read, Reader};
use crate::deep::tool;
fn f(r: Reader) {
    sink(read()); // !
    sink(helpers::read()); // !
    helpers::show(source());
    sink(r.load()); // !
    sink(tool::wrap(source())); // !
    sink(tool::tidy(source()));
}
`,
    'src/helpers.rs': `
pub fn read() -> String { source() }
pub fn show(x: String) { sink(x); } // !
pub struct Reader;
impl Reader { pub fn load(&self) -> String { source() } }
`,
    'src/deep/tool.rs':
      'pub fn wrap(x: String) -> String { x }\npub fn tidy(x: String) -> String { clean(x) }\n',
  },
  'Swift: functions and types of the module': {
    'A.swift': `
func f(r: Reader) {
  sink(read()) // !
  show(source())
  sink(r.load()) // !
  sink(Util.wrap(source())) // !
  sink(hidden())
}
`,
    'B.swift': `
func read() -> String { return source() }
func show(_ x: String) { sink(x) } // !
private func hidden() -> String { return source() }
class Reader { func load() -> String { return source() } }
enum Util { static func wrap(_ x: String) -> String { return x + "" } }
`,
  },
};

describe('taint through functions of other files', () => {
  for (const [name, files] of Object.entries(cases)) {
    it(name, async () => {
      const ws = await workspaceOf(files);
      assert.deepEqual(linesWith(ws, files), expected(files));
      ws.dispose();
    });
  }

  it('is off unless a rule asks for it', async () => {
    const files = {
      'a.py': 'from b import read\nsink(read())\n',
      'b.py': 'def read():\n    return source()\n',
    };
    for (const options of ['{}', '{interfile: false}', '{interfile: true, taint_intrafile: false}']) {
      const ws = await workspaceOf(files, ruleWith(options));
      assert.deepEqual(linesWith(ws, files), [], options);
      if (options !== '{interfile: true, taint_intrafile: false}') assert.equal(ws.sharesCode('a.py'), false);
      ws.dispose();
    }
  });

  it('tells the way through the other file, and metavariables of there', async () => {
    const files = {
      'a.py': 'from b import show\nname = source()\nshow(name)\n',
      'b.py': 'def show(x):\n    y = x\n    sink(y)\n',
    };
    const ws = await workspaceOf(files);
    assert.deepEqual(findings(ws, 'a.py'), []);
    const [finding] = findings(ws, 'b.py');
    assert.equal(finding?.message, 'y arrives');
    assert.equal(finding.range.start.line, 2);
    assert.deepEqual(
      finding.trace?.map(({ path, range, message }) => `${path ?? ''}:${range.start.line + 1} ${message}`),
      [
        'a.py:2 Source: source()',
        'a.py:2 Step: name',
        'a.py:3 Step: show(name)',
        ':1 Step: x',
        ':2 Step: y',
        ':3 Sink: sink(y)',
      ],
    );
    ws.dispose();
  });

  it('goes through three files and no further', async () => {
    const hop = (from: string, to: string): string =>
      `from ${to} import ${to}\ndef ${from}():\n    return ${to}()\n`;
    const files: Record<string, string> = {
      'a.py': 'from b import b\nsink(b())\n',
      'b.py': hop('b', 'c'),
      'c.py': hop('c', 'd'),
      'd.py': 'def d():\n    return source()\n',
    };
    const near = await workspaceOf(files);
    assert.equal(findings(near, 'a.py').length, 1);
    near.dispose();
    const far = await workspaceOf({
      ...files,
      'd.py': hop('d', 'e'),
      'e.py': 'def e():\n    return source()\n',
    });
    assert.equal(findings(far, 'a.py').length, 0);
    far.dispose();
  });

  it('ends where files call each other in circles', async () => {
    const files = {
      'a.py': 'from b import b\ndef a(x):\n    sink(x) # !\n    return b(x)\nsink(a(source())) # !\n',
      'b.py': 'from a import a\ndef b(x):\n    return a(x)\nb(source())\n',
    };
    const ws = await workspaceOf(files);
    assert.deepEqual(linesWith(ws, files), expected(files));
    ws.dispose();
  });

  it('follows nobody where two functions may be meant', async () => {
    const files = {
      'a.c': 'void f(void) { sink(read_it()); }\n',
      'b.c': 'char *read_it(void) { return source(); }\n',
      'x/c.c': 'char *read_it(void) { return 0; }\n',
    };
    const ws = await workspaceOf({ ...files, 'x/d.c': 'char *g(void) { return 0; }\n' });
    // The one in the same folder is nearer.
    assert.equal(findings(ws, 'a.c').length, 1);
    ws.applyChange({ kind: 'file', path: 'e.c', text: files['x/c.c'] });
    assert.ok(ws.outdated().includes('a.c'));
    ws.applyChange({ kind: 'file', path: 'a.c', text: files['a.c'] });
    assert.equal(findings(ws, 'a.c').length, 0);
    ws.dispose();
  });

  it('knows which files to read again when a function of another one changes', async () => {
    const files = {
      'a.py': 'from b import read\nsink(read())\n',
      'b.py': 'from c import deep\ndef read():\n    return deep()\n',
      'c.py': 'def deep():\n    return 1\n',
      'd.py': 'print(1)\n',
    };
    const ws = await workspaceOf(files);
    assert.deepEqual([findings(ws, 'a.py').length, ws.outdated()], [0, []]);
    ws.applyChange({ kind: 'file', path: 'c.py', text: 'def deep():\n    return source()\n' });
    assert.deepEqual(ws.outdated(), ['a.py', 'b.py']);
    for (const path of ['a.py', 'b.py'] as const) ws.applyChange({ kind: 'file', path, text: files[path] });
    assert.deepEqual([findings(ws, 'a.py').length, ws.outdated()], [1, []]);
    ws.applyChange({ kind: 'remove', path: 'c.py' });
    assert.deepEqual(ws.outdated(), ['a.py', 'b.py']);
    ws.dispose();
  });

  it('shows in an open file what an open file that settles has become', async () => {
    const ws = await workspaceOf({});
    ws.applyChange({ kind: 'open', path: 'a.py', text: 'from b import read\nsink(read())\n' });
    ws.applyChange({ kind: 'open', path: 'b.py', text: 'def read():\n    return 1\n' });
    assert.equal(findings(ws, 'a.py').length, 0);
    const at = { line: 1, column: 11 };
    ws.applyChange({
      kind: 'edit',
      path: 'b.py',
      edits: [{ range: { start: at, end: { line: 1, column: 12 } }, text: 'source()' }],
    });
    ws.snapshot();
    ws.applyChange({ kind: 'settle', path: 'b.py' });
    assert.equal(findings(ws, 'a.py').length, 1);
    ws.dispose();
  });

  it('does not depend on the order of the files', async () => {
    const files = cases['Java: static methods, objects, parents, one package'] ?? {};
    const backwards = Object.fromEntries(Object.entries(files).reverse());
    const [ws, other] = [await workspaceOf(files), await workspaceOf(backwards)];
    for (const path of Object.keys(files))
      assert.deepEqual(other.snapshot().files.get(path), ws.snapshot().files.get(path));
    ws.dispose();
    other.dispose();
  });
});
