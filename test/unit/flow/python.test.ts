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
};

describe('taint in Python', () => {
  for (const [name, code] of Object.entries(cases)) {
    it(name, async () => {
      await check('python', code);
    });
  }
});
