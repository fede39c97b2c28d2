import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';
import { itHolds } from './cases.ts';

/** A pattern, code, and how often the pattern is in it. */
const PATTERNS: readonly (readonly [pattern: string, code: string, times: number, language?: string])[] = [
  ['os.system($X)', "import os\nos.system(a)\nos.system('x', 2)\nf(os.system(b))\n", 2],
  ['os.system(...)', 'from os import system\nsystem(a)\n', 1],
  ['os.system(...)', 'import os as o\no.system(a)\n', 1],
  [
    'subprocess.$F(..., shell=True, ...)',
    'import subprocess\nsubprocess.run(c, shell=True)\nsubprocess.call(c, cwd=x, shell=True, env=e)\nsubprocess.run(c, shell=False)\n',
    2,
  ],
  ['hashlib.md5(...)', 'from hashlib import md5 as m\nm(x)\nhashlib.sha1(x)\n', 1],
  [
    'yaml.load($X, Loader=yaml.Loader, ...)',
    'import yaml\nyaml.load(f, Loader=yaml.Loader)\nyaml.load(f, Loader=yaml.SafeLoader)\n',
    1,
  ],
  [
    'try:\n    ...\nexcept $E:\n    pass',
    'try:\n    a()\nexcept ValueError as e:\n    pass\ntry:\n    a()\nexcept ValueError:\n    pass\ntry:\n    a()\nexcept:\n    pass\n',
    2,
  ],
  [
    'try:\n    ...\nexcept:\n    pass',
    'try:\n    a()\nexcept ValueError as e:\n    pass\ntry:\n    a()\n    b()\nexcept:\n    pass\n',
    1,
  ],
  ['except $E:\n    pass', 'try:\n    a()\nexcept ValueError as e:\n    pass\nexcept X:\n    raise\n', 1],
  [
    '@app.route(...)\ndef $F(...):\n    ...',
    "@app.route('/x', methods=['GET'])\n@login\ndef f(a):\n    return 1\n\n@login\ndef g(): pass\n",
    1,
  ],
  ['def $F(..., $A=[], ...):\n    ...', 'def f(a, b=[]):\n    pass\ndef g(a=1): pass\n', 1],
  [
    'def $F(..., $A, ...):\n    ...\n    return $A',
    'def f(a, b):\n    x()\n    return b\ndef g(a): return c\n',
    1,
  ],
  [
    'class $C(models.Model):\n    ...\n    $F = models.CharField(...)\n    ...',
    'class A(models.Model, X):\n    y = 1\n    n = models.CharField(max_length=3)\n    def m(self): pass\nclass B(Y):\n    n = models.CharField()\n',
    1,
  ],
  ['$X = open(...)\n...\n$X.read()', 'def f():\n    a = open(x)\n    if y:\n        a.read()\n', 1],
  [
    'with open(...) as $F:\n    ...',
    "with open(x) as f, g:\n    f.read()\nwith open(x, 'w') as f:\n    pass\n",
    2,
  ],
  ['if $X == $X:\n    ...', 'if a.b == a.b: pass\nif a == b: pass\n', 1],
  ['f"...{$X}..."', 'y = f"select {b} from"\nz = \'a\'\n', 1],
  ['$X.execute("..." % $Y)', "c.execute('select %s' % z)\nc.execute('select')\n", 1],
  ['$X.execute("..." + $Y)', "c.execute('select ' + z)\n", 1],
  ['{..., "verify": False, ...}', "d = {'a': 1, 'verify': False, 'c': 2}\ne = {'verify': True}\n", 1],
  [
    'requests.get(..., verify=False, ...)',
    'import requests\nrequests.get(u, timeout=1, verify=False)\nrequests.get(u)\n',
    1,
  ],
  ['$A. ... .filter(...)', 'x.objects.all().filter(a=1)\n', 1],
  ['lambda $X: $Y', 'f(lambda a: a.b)\n', 1],
  ['return $X', 'def f():\n    return a\n    return\n', 1],
  ['for $X in $Y:\n    ...\n    $Z.append($X)\n    ...', 'for a in b:\n    c()\n    d.append(a)\n', 1],
  ['print(<... $X.password ...>)', "print('a' + str(u.password))\nprint(u.name)\n", 1],
  ['raise $E', "def f():\n    raise ValueError('x') from e\n", 1],
  ['import $X', 'import pickle\nimport a.b\n', 2],
  ['from $M import $N', 'from a.b import c, d\n', 1],
  ['assert $X', 'assert a\nassert a, b\n', 1],
  [
    'jwt.decode(..., options={..., "verify_signature": False, ...}, ...)',
    "import jwt\njwt.decode(t, k, options={'verify_signature': False, 'x': 1})\n",
    1,
  ],
  ['def $F(...) -> $T:\n    ...', 'def f() -> int:\n    pass\ndef g(): pass\n', 1],
  ['DEBUG = True', 'DEBUG = True\n', 1],
  ['$X: int = $Y', 'a: int = 3\nb = 3\n', 1],
  ['$X = $Y', 'a: int = 3\nb = 3\n', 2],
  ['self.$X = $Y', 'class A:\n    def f(self):\n        self.z = 1\n', 1],
  ['f($...A, x)', 'f(a, b, x)\nf(x)\nf(a)\n', 2],
  ['print($X)', 'print x\nprint(y)\n', 2],
  ['f("=~/^a.*/")', "f('abc')\nf('b')\n", 1],
  ['foo("secret")', "K = 'secret'\nfoo(K)\n", 1],
  ['async def $F(...):\n    ...', 'async def f(): pass\ndef g(): pass\n', 1],
  ['$X if $C else $Y', 'a if b else c\n', 1],
  ['not $X', 'if not a: pass\n', 1],
  ['[$X for $X in $Y]', '[a for a in b]\n', 1],
  ['while True:\n    ...', 'while True:\n    f()\n', 1],
  ['f(a)\n...\ng(a)', 'def x():\n    f(a)\n    for i in y:\n        if z:\n            g(a)\n', 1],
  ['@$D\ndef $F(...):\n    ...', '@a.b\ndef f(): pass\n', 1],
  ['def $F(self, ...):\n    ...', 'class A:\n  def f(self, b): pass\n', 1],
  ['random.random() + $X', 'import random\ny = 1 + random.random()\n', 1],
  [
    'import flask\n...\n$APP.run(..., debug=True, ...)',
    "import flask\napp = flask.Flask(__name__)\nif __name__ == '__main__':\n    app.run(debug=True)\n",
    1,
  ],
  ['$APP.run(..., debug=True, ...)', "app.run(host='0.0.0.0', debug=True)\n", 1],
  ["app.config['SECRET_KEY'] = '...'", "app.config['SECRET_KEY'] = 'abc'\n", 1],
  ["$X = '=~/^sk_live/'", "a = 'sk_live_1'\n", 1],
  [
    'pickle.loads(...)',
    'import pickle\nclass A:\n    def f(self):\n        return pickle.loads(self.x)\n',
    1,
  ],
  ['ssl._create_unverified_context(...)', 'from ssl import _create_unverified_context as c\nc()\n', 1],
  ['if $X is None:\n    ...', 'if a is None:\n    b()\n', 1],
  ['$X is $Y', 'if a is b: pass\nif a == b: pass\n', 1],
  [
    '@$X.route($P, methods=[..., "POST", ...])',
    "@app.route('/a', methods=['GET', 'POST'])\ndef f(): pass\n",
    1,
  ],
  [
    'class $C:\n    def __init__(...):\n        ...',
    'class A:\n    x = 1\n    def __init__(self, b):\n        self.b = b\n',
    1,
  ],
  ['tempfile.mktemp(...)', "import tempfile as t\nf = open(t.mktemp(), 'w')\n", 1],
  ['$D[$K] = $V\n...\n$D[$K] = $V2', "d['a'] = 1\nx()\nd['a'] = 2\n", 1],
  ['pass', 'def f():\n    pass\n', 1],
  ['global $X', 'global a\n', 1],
  ['return ..., $X', 'def f():\n    return a, b\n', 1],
  ['$X + $X', 'y = a + a\n', 1],
  ['os.environ[$X]', "import os\nos.environ['A']\n", 1],
  ['lambda: $X', 'f(lambda: 1)\n', 1],
  ["'''...'''", "x = 'a'\n", 1],
  ['with $X:\n    ...', 'with a:\n    b\n', 1],
  [
    'with f(...):\n    ...',
    'with f(1) as x:\n    a\nwith f():\n    b\nwith g, f() as y:\n    c\nwith g() as f:\n    d\nwith g(f()) as h:\n    e\n',
    3,
  ],
  ['with $X:\n    $X.close()', 'with a as b:\n    a.close()\nwith a as b:\n    b.close()\n', 1],
  ['async with $X as $Y:\n    ...', 'async def f():\n  async with a as b:\n    c\n', 1],
  ['f(*$X)', 'f(*a)\nf(a)\n', 1],
  ['f(**$X)', 'f(**a)\nf(*a)\n', 1],
  ['print(...)', "print('a')\nprint 'b'\n", 2],
  ['$X: $T = $V', 'a: int = 1\n', 1],
  ['"a": $V', "d = {'a': 1}\n", 1],
];

const FORMULAS: readonly (readonly [formula: string, code: string, times: number])[] = [
  [
    'patterns:\n  - pattern-inside: |\n      def $F(..., $REQ, ...):\n        ...\n  - pattern: eval($REQ.GET.get(...))',
    "def view(request, x):\n    return eval(request.GET.get('a'))\n",
    1,
  ],
  [
    'patterns:\n  - pattern: $X.objects.raw($Q, ...)\n  - pattern-not: $X.objects.raw("...", ...)',
    "U.objects.raw('a')\nU.objects.raw(q)\n",
    1,
  ],
];

describe('patterns of Python', () => {
  itHolds('python.txt', 'python');

  for (const [pattern, code, times, language = 'python'] of PATTERNS) {
    it(`${pattern} is ${times} times in ${code}`.replace(/\s+/g, ' '), async () => {
      const block = pattern.split('\n').join('\n  ');
      const found = await matches(`pattern: |\n  ${block}`, code, language);
      assert.equal(found.length, times, found.join('\n'));
    });
  }

  for (const [formula, code, times] of FORMULAS) {
    it(`${formula} holds ${times} times in ${code}`.replace(/\s+/g, ' '), async () => {
      const found = await matches(formula, code, 'python');
      assert.equal(found.length, times, found.join('\n'));
    });
  }
});
