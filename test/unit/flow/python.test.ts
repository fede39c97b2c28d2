import { check } from './support.ts';

const cases: Readonly<Record<string, string>> = {
  'follows assignments, formatting and tuples': `
def f(tainted, p):
    a, b = tainted, 1
    sink(a) # !
    sink(b)
    sink("x %s" % a) # !
    sink("x {}".format(a)) # !
    sink(f"x {a}") # !
    sink(f"x {b}")
    c = "x"
    c += a
    sink(c) # !
    sink(p)
`,
  'follows comprehensions, dictionaries and loops': `
def f(p):
    many = [x for x in source()]
    sink(many) # !
    for each in many:
        sink(each) # !
    else:
        sink(each) # !
    d = {"k": source(), "o": 1}
    sink(d["k"]) # !
    for k, v in d.items():
        sink(v) # !
`,
  'follows with and try': `
def f(p):
    with open(source()) as h:
        sink(h) # !
    try:
        raise ValueError(source())
    except ValueError as e:
        sink(e) # !
`,
  'knows where elif and else part': `
def f(p):
    a = source()
    if p == 1:
        a = ""
    elif p == 2:
        pass
    else:
        a = ""
    sink(a) # !
    if p:
        a = 1
    else:
        return
    sink(a)
`,
  'follows keyword arguments, defaults and methods': `
def run(x, y=1):
    sink(x) # !
    sink(y)

class A:
    def __init__(self, v):
        self.v = v
    def get(self):
        return self.v
    def set(self):
        self.w = source()
    def use(self):
        sink(self.w) # !
        sink(self.z)

run(y=1, x=source())
sink(A(source()).get()) # !
a = A("x")
sink(a.get())
`,
  'follows generators, lambdas and conditionals': `
def gen():
    yield source()

for each in gen():
    sink(each) # !
g = lambda x: x
sink(g(source())) # !
sink(g(1))
sink(source() if p else 1) # !
sink(1 if source() else 2)
`,
  'tells variables of functions apart': `
def f():
    a = source()
def g():
    a = "x"
    sink(a)
`,
  'comprehensions of every kind': `
x = source()
sink([a for a in x]) # !
sink({a: 1 for a in [1]})
sink({k: v for k, v in x}) # !
sink([1 for a in x])
sink(any(a for a in x)) # !
sink([a for a in clean(x)])
a = 1
sink(a)
`,
  'names of comprehensions are their own': `
y = 1
z = [y for y in source()]
sink(y)
sink(z) # !
`,
  'with ... as': `
with open(source()) as f:
    sink(f) # !
with open('a') as g:
    sink(g)
`,
  'default arguments of the caller': `
def f(a, b='x'):
    sink(b) # !
f(1, source())
`,
  'a tainted default counts where the argument is left out': `
def given(x=source()):
    sink(x)
given(1)
def left_out(x=source(), y=source()):
    sink(x) # !
    sink(y)
left_out(y=1)
def never_called(x=source()):
    sink(x) # !
def result(a, b=source()):
    return b
sink(result(1)) # !
sink(result(1, 2))
sink(result(1, b=2))
def outer():
    def inner(x=source()):
        sink(x)
    inner(1)
    def lonely(x=source()):
        sink(x) # !
    return lonely
class A:
    def m(self, x=source()):
        sink(x)
    def n(self, x=source()):
        sink(x) # !
    def o(self):
        self.m(1)
        self.n()
def chain(x=source()):
    return result(2, x)
sink(chain()) # !
sink(chain(1))
`,
  'keyword arguments': `
def f(a, b):
    sink(b) # !
f(b=source(), a=1)
def g(a, b):
    sink(a)
g(b=source(), a=1)
`,
  'fields of self in one method': `
class A:
    def m(self):
        self.x = source()
        sink(self.x) # !
        sink(self.y)
        self.x = 1
        sink(self.x)
`,
  'dictionary keys': `
d = {'a': source(), 'b': 1}
sink(d['a']) # !
`,
  'formatted texts': `
x = source()
sink(f'a{x}') # !
sink('a%s' % x) # !
sink('a{}'.format(x)) # !
sink('a' + x) # !
sink(','.join([x])) # !
`,
  'sanitizers in branches': `
x = source()
if a:
    x = clean(x)
    sink(x)
sink(x) # !
`,
  'sanitizers in all branches': `
x = source()
if a:
    x = clean(x)
else:
    x = 'b'
sink(x)
`,
  'try and finally': `
x = 1
try:
    x = source()
except E:
    sink(x) # !
finally:
    sink(x) # !
`,
  loops: `
x = 1
for i in z:
    sink(x) # !
    x = source()
while c:
    y = x
sink(y) # !
`,
  unpacking: `
a, b = source(), 1
sink(a) # !
sink(b)
c, *d = source()
sink(d) # !
`,
  'an assignment in a condition': `
if (x := source()):
    sink(x) # !
`,
  lambdas: `
f = lambda a: a
sink(f(source())) # !
`,
  generators: `
def g():
    yield source()
for x in g():
    sink(x) # !
`,
  globals: `
X = source()
def f():
    sink(X) # !
`,
  'side effects on an object': `
def f():
    x = y
    taint(x)
    sink(x) # !
def g():
    check(z)
    sink(z)
`,
  propagators: `
def f():
    a = []
    copy(a, source())
    sink(a) # !
`,
  'decorated handlers with a tainted parameter': `
@app.route('/a')
def f(tainted):
    sink(tainted) # !
    sink(other_name)
`,
};

describe('taint in Python', () => {
  for (const [name, code] of Object.entries(cases)) {
    it(name, async () => {
      await check('python', code);
    });
  }
});
