import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';

/** A pattern, code, and how often the pattern is in it. */
const PATTERNS: readonly (readonly [pattern: string, code: string, times: number, language?: string])[] = [
  [
    'os.system($X)',
    `import os
os.system(a)
os.system('x', 2)
f(os.system(b))
`,
    2,
  ],
  [
    'os.system(...)',
    `from os import system
system(a)
`,
    1,
  ],
  [
    'os.system(...)',
    `import os as o
o.system(a)
`,
    1,
  ],
  [
    'subprocess.$F(..., shell=True, ...)',
    `import subprocess
subprocess.run(c, shell=True)
subprocess.call(c, cwd=x, shell=True, env=e)
subprocess.run(c, shell=False)
`,
    2,
  ],
  [
    'hashlib.md5(...)',
    `from hashlib import md5 as m
m(x)
hashlib.sha1(x)
`,
    1,
  ],
  [
    'yaml.load($X, Loader=yaml.Loader, ...)',
    `import yaml
yaml.load(f, Loader=yaml.Loader)
yaml.load(f, Loader=yaml.SafeLoader)
`,
    1,
  ],
  [
    `try:
    ...
except $E:
    pass`,
    `try:
    a()
except ValueError as e:
    pass
try:
    a()
except ValueError:
    pass
try:
    a()
except:
    pass
`,
    2,
  ],
  [
    `try:
    ...
except:
    pass`,
    `try:
    a()
except ValueError as e:
    pass
try:
    a()
    b()
except:
    pass
`,
    1,
  ],
  [
    `except $E:
    pass`,
    `try:
    a()
except ValueError as e:
    pass
except X:
    raise
`,
    1,
  ],
  [
    `@app.route(...)
def $F(...):
    ...`,
    `@app.route('/x', methods=['GET'])
@login
def f(a):
    return 1

@login
def g(): pass
`,
    1,
  ],
  [
    `def $F(..., $A=[], ...):
    ...`,
    `def f(a, b=[]):
    pass
def g(a=1): pass
`,
    1,
  ],
  [
    `def $F(..., $A, ...):
    ...
    return $A`,
    `def f(a, b):
    x()
    return b
def g(a): return c
`,
    1,
  ],
  [
    `class $C(models.Model):
    ...
    $F = models.CharField(...)
    ...`,
    `class A(models.Model, X):
    y = 1
    n = models.CharField(max_length=3)
    def m(self): pass
class B(Y):
    n = models.CharField()
`,
    1,
  ],
  [
    `$X = open(...)
...
$X.read()`,
    `def f():
    a = open(x)
    if y:
        a.read()
`,
    1,
  ],
  [
    `with open(...) as $F:
    ...`,
    `with open(x) as f, g:
    f.read()
with open(x, 'w') as f:
    pass
`,
    1,
  ],
  [
    `if $X == $X:
    ...`,
    `if a.b == a.b: pass
if a == b: pass
`,
    1,
  ],
  [
    'f"...{$X}..."',
    `y = f"select {b} from"
z = 'a'
`,
    1,
  ],
  [
    '$X.execute("..." % $Y)',
    `c.execute('select %s' % z)
c.execute('select')
`,
    1,
  ],
  [
    '$X.execute("..." + $Y)',
    `c.execute('select ' + z)
`,
    1,
  ],
  [
    '{..., "verify": False, ...}',
    `d = {'a': 1, 'verify': False, 'c': 2}
e = {'verify': True}
`,
    1,
  ],
  [
    'requests.get(..., verify=False, ...)',
    `import requests
requests.get(u, timeout=1, verify=False)
requests.get(u)
`,
    1,
  ],
  [
    '$A. ... .filter(...)',
    `x.objects.all().filter(a=1)
`,
    1,
  ],
  [
    'lambda $X: $Y',
    `f(lambda a: a.b)
`,
    1,
  ],
  [
    'return $X',
    `def f():
    return a
    return
`,
    1,
  ],
  [
    `for $X in $Y:
    ...
    $Z.append($X)
    ...`,
    `for a in b:
    c()
    d.append(a)
`,
    1,
  ],
  [
    'print(<... $X.password ...>)',
    `print('a' + str(u.password))
print(u.name)
`,
    1,
  ],
  [
    'raise $E',
    `def f():
    raise ValueError('x') from e
`,
    1,
  ],
  [
    'import $X',
    `import pickle
import a.b
`,
    2,
  ],
  [
    'from $M import $N',
    `from a.b import c, d
`,
    1,
  ],
  [
    'assert $X',
    `assert a
assert a, b
`,
    1,
  ],
  [
    'jwt.decode(..., options={..., "verify_signature": False, ...}, ...)',
    `import jwt
jwt.decode(t, k, options={'verify_signature': False, 'x': 1})
`,
    1,
  ],
  [
    `def $F(...) -> $T:
    ...`,
    `def f() -> int:
    pass
def g(): pass
`,
    1,
  ],
  [
    'DEBUG = True',
    `DEBUG = True
`,
    1,
  ],
  [
    '$X: int = $Y',
    `a: int = 3
b = 3
`,
    1,
  ],
  [
    '$X = $Y',
    `a: int = 3
b = 3
`,
    2,
  ],
  [
    'self.$X = $Y',
    `class A:
    def f(self):
        self.z = 1
`,
    1,
  ],
  [
    'f($...A, x)',
    `f(a, b, x)
f(x)
f(a)
`,
    2,
  ],
  [
    'print($X)',
    `print x
print(y)
`,
    2,
  ],
  [
    'f("=~/^a.*/")',
    `f('abc')
f('b')
`,
    1,
  ],
  [
    'foo("secret")',
    `K = 'secret'
foo(K)
`,
    1,
  ],
  [
    `async def $F(...):
    ...`,
    `async def f(): pass
def g(): pass
`,
    1,
  ],
  [
    '$X if $C else $Y',
    `a if b else c
`,
    1,
  ],
  [
    'not $X',
    `if not a: pass
`,
    1,
  ],
  [
    '[$X for $X in $Y]',
    `[a for a in b]
`,
    1,
  ],
  [
    `while True:
    ...`,
    `while True:
    f()
`,
    1,
  ],
  [
    `f(a)
...
g(a)`,
    `def x():
    f(a)
    for i in y:
        if z:
            g(a)
`,
    1,
  ],
  [
    `@$D
def $F(...):
    ...`,
    `@a.b
def f(): pass
`,
    1,
  ],
  [
    `def $F(self, ...):
    ...`,
    `class A:
  def f(self, b): pass
`,
    1,
  ],
  [
    'random.random() + $X',
    `import random
y = 1 + random.random()
`,
    1,
  ],
  [
    `import flask
...
$APP.run(..., debug=True, ...)`,
    `import flask
app = flask.Flask(__name__)
if __name__ == '__main__':
    app.run(debug=True)
`,
    1,
  ],
  [
    '$APP.run(..., debug=True, ...)',
    `app.run(host='0.0.0.0', debug=True)
`,
    1,
  ],
  [
    "app.config['SECRET_KEY'] = '...'",
    `app.config['SECRET_KEY'] = 'abc'
`,
    1,
  ],
  [
    "$X = '=~/^sk_live/'",
    `a = 'sk_live_1'
`,
    1,
  ],
  [
    'pickle.loads(...)',
    `import pickle
class A:
    def f(self):
        return pickle.loads(self.x)
`,
    1,
  ],
  [
    'ssl._create_unverified_context(...)',
    `from ssl import _create_unverified_context as c
c()
`,
    1,
  ],
  [
    `if $X is None:
    ...`,
    `if a is None:
    b()
`,
    1,
  ],
  [
    '$X is $Y',
    `if a is b: pass
if a == b: pass
`,
    1,
  ],
  [
    '@$X.route($P, methods=[..., "POST", ...])',
    `@app.route('/a', methods=['GET', 'POST'])
def f(): pass
`,
    1,
  ],
  [
    `class $C:
    def __init__(...):
        ...`,
    `class A:
    x = 1
    def __init__(self, b):
        self.b = b
`,
    1,
  ],
  [
    'tempfile.mktemp(...)',
    `import tempfile as t
f = open(t.mktemp(), 'w')
`,
    1,
  ],
  [
    `$D[$K] = $V
...
$D[$K] = $V2`,
    `d['a'] = 1
x()
d['a'] = 2
`,
    1,
  ],
  [
    'pass',
    `def f():
    pass
`,
    1,
  ],
  [
    'global $X',
    `global a
`,
    1,
  ],
  [
    'return ..., $X',
    `def f():
    return a, b
`,
    1,
  ],
  [
    '$X + $X',
    `y = a + a
`,
    1,
  ],
  [
    'os.environ[$X]',
    `import os
os.environ['A']
`,
    1,
  ],
  [
    'lambda: $X',
    `f(lambda: 1)
`,
    1,
  ],
  [
    "'''...'''",
    `x = 'a'
`,
    1,
  ],
  [
    `with $X:
    ...`,
    `with a:
    b
`,
    1,
  ],
  [
    `async with $X as $Y:
    ...`,
    `async def f():
  async with a as b:
    c
`,
    1,
  ],
  [
    'f(*$X)',
    `f(*a)
f(a)
`,
    1,
  ],
  [
    'f(**$X)',
    `f(**a)
f(*a)
`,
    1,
  ],
  [
    'print(...)',
    `print('a')
print 'b'
`,
    2,
  ],
  [
    '$X: $T = $V',
    `a: int = 1
`,
    1,
  ],
  [
    '"a": $V',
    `d = {'a': 1}
`,
    1,
  ],
];

const FORMULAS: readonly (readonly [formula: string, code: string, times: number])[] = [
  [
    `patterns:
  - pattern-inside: |
      def $F(..., $REQ, ...):
        ...
  - pattern: eval($REQ.GET.get(...))`,
    `def view(request, x):
    return eval(request.GET.get('a'))
`,
    1,
  ],
  [
    `patterns:
  - pattern: $X.objects.raw($Q, ...)
  - pattern-not: $X.objects.raw("...", ...)`,
    `U.objects.raw('a')
U.objects.raw(q)
`,
    1,
  ],
];

describe('patterns of Python', () => {
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
