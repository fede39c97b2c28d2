/** Texts of files, by path. */
export type Files = Readonly<Record<string, string>>;

/** Lines that end with a comment `!` have a finding, all others none. */
export const CASES: Readonly<Record<string, Files>> = {
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
  'Python: objects of fields and variables, names that a package has of its modules': {
    'main.py': `
from lib import read, fetch, Db
import lib.db as m

class A:
    def __init__(self):
        self.db = Db()
        self.text = "x"
    def f(self):
        sink(self.db.read()) # !
        sink(self.text)
def g():
    d = Db()
    sink(d.read()) # !
    sink(m.Db().read()) # !
    sink(read()) # !
    sink(fetch()) # !
    sink(other())
`,
    'lib/__init__.py': 'from .db import Db\nfrom .io import read, load as fetch\n',
    'lib/db.py': 'class Db:\n    def read(self):\n        return source()\n',
    'lib/io.py': 'def read():\n    return source()\ndef load():\n    return source()\n',
    'lib/other.py': 'from .io import read as other\n',
  },
  'TypeScript: objects of fields, names that a module exports of others': {
    'main.ts': `
import { read, fetch, deep, Db } from './lib';
class A { db; constructor() { this.db = new Db(); } f() { sink(this.db.read()); } } // !
sink(read()); // !
sink(fetch()); // !
sink(deep()); // !
`,
    'lib/index.ts': `
export { read, load as fetch } from './io';
export * from './more';
`,
    'lib/io.ts': 'export const read = () => source();\nexport function load() { return source(); }\n',
    'lib/more/index.ts': "export * from '../deep';\n",
    'lib/deep.ts':
      'export function deep() { return source(); }\nexport class Db { read() { return source(); } }\n',
  },
  'JavaScript: modules that export each other are passed over': {
    'a.js': "import { read } from './b';\nsink(read());\n",
    'b.js': "export * from './c';\n",
    'c.js': "export * from './b';\nexport { read } from './b';\n",
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
