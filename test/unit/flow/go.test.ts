import { check } from './support.ts';

const inFunction = (body: string): string => `package p\n\nfunc f(p string) {\n${body}\n}\n`;

const cases: Readonly<Record<string, string>> = {
  'follows short declarations and several results': `
	a := source()
	b, err := parse(a)
	sink(b) // !
	var c = a + "x"
	sink(c) // !
	_ = err
	c = ""
	sink(c)`,
  'follows range loops and slices': `
	items := []string{"a", source()}
	for _, item := range items {
		sink(item) // !
	}
	all := append(items, "x")
	sink(all[0]) // !`,
  'follows closures': `
	a := source()
	g := func(x string) {
		sink(x) // !
		sink(a) // !
	}
	g(a)
	defer func() { sink(a) }() // !`,
  'does not fall from case to case': `
	a := source()
	switch p {
	case "x":
		a = ""
	case "y":
		sink(a) // !
		a = ""
	default:
		a = ""
	}
	sink(a)`,
  'follows pointers and structures': `
	v := T{Name: source(), Size: 1}
	q := &v
	sink(q.Name) // !
	sink(v.Size)`,
  'forgets what is overwritten': `
	a := source()
	a = "x"
	sink(a)
	b := source()
	b += "x"
	sink(b) // !`,
  'joins branches': `
	a := source()
	if p == "" {
		a = "x"
	}
	sink(a) // !
	b := source()
	if p == "" {
		b = "x"
	} else {
		b = "y"
	}
	sink(b)`,
  'leaves where an error is returned': `
	a, err := source()
	if err != nil {
		a = ""
		return
	}
	sink(a) // !
	b := ""
	if p == "" {
		b = source()
		panic(b)
	}
	sink(b)`,
  'knows variables of an if': `
	if a := source(); a != "" {
		sink(a) // !
	}
	if a, ok := m[source()]; ok {
		sink(a) // !
	}`,
  'follows loops': `
	a := ""
	for i := 0; i < 3; i++ {
		sink(a) // !
		a = source()
	}
	b := ""
	for {
		b = source()
		if p == "" {
			break
		}
		b = ""
	}
	sink(b) // !`,
  'follows keys and values of a range': `
	m := map[string]string{source(): "x"}
	for k, v := range m {
		sink(k) // !
		sink(v) // !
	}
	for i := range p {
		sink(i)
	}`,
  'follows channels': `
	c := make(chan string, 1)
	c <- source()
	sink(<-c) // !
	d := make(chan string, 1)
	x, ok := <-d
	sink(x)
	sink(ok)`,
  'follows select': `
	c := make(chan string, 1)
	c <- source()
	select {
	case v := <-c:
		sink(v) // !
	default:
		sink(p)
	}`,
  'follows type switches and assertions': `
	var a interface{} = source()
	switch v := a.(type) {
	case string:
		sink(v) // !
	}
	s, ok := a.(string)
	sink(s) // !
	sink(a.(int)) // !
	_ = ok`,
  'follows conversions and slices': `
	a := source()
	sink([]byte(a)) // !
	sink(string([]byte(a))) // !
	sink(a[1:]) // !
	b := make([]string, 2)
	b[0] = a
	sink(b[1]) // !
	sink(len(p))`,
  'follows format and builders': `
	a := source()
	q := fmt.Sprintf("select %s", a)
	sink(q) // !
	sink(strings.Join([]string{"x", a}, ",")) // !
	sink(fmt.Sprintf("x"))`,
  'follows maps': `
	m := map[string]string{}
	m["a"] = source()
	sink(m["b"]) // !
	n := map[string]string{"a": "b"}
	sink(n["a"])`,
  'follows what pointers point to': `
	a := source()
	q := &a
	sink(*q) // !
	var b string
	taint(&b)
	sink(b) // !`,
  'tells fields apart': `
	var v T
	v.a = source()
	sink(v.a) // !
	sink(v.b)
	v.a = ""
	sink(v.a)
	w := &T{a: source(), b: "x"}
	sink(w.a) // !
	sink(w.b)`,
  'cleans by side effect and by value': `
	a := source()
	check(a)
	sink(a)
	b := source()
	if p == "" {
		check(b)
	}
	sink(b) // !
	sink(clean(source()))`,
  'runs what is deferred in the end': `
	a := ""
	defer func() {
		sink(a) // !
	}()
	a = source()`,
  'follows goroutines': `
	a := source()
	go func(x string) {
		sink(x) // !
	}(a)
	go sink(a) // !`,
  'goes on where goto leads': `
	a := source()
	if p == "" {
		goto done
	}
	a = ""
done:
	sink(a) // !`,
  'breaks out of loops by label': `
	a := source()
outer:
	for {
		for {
			a = ""
			break outer
		}
	}
	sink(a)`,
  'falls through where it is written': `
	a := ""
	switch p {
	case "x":
		a = source()
		fallthrough
	case "y":
		sink(a) // !
	default:
		sink(a)
	}`,
  'tells shadowed variables apart': `
	a := source()
	if p == "" {
		a := "x"
		sink(a)
	}
	sink(a) // !`,
  'follows swaps': `
	a, b := source(), "x"
	a, b = b, a
	sink(a)
	sink(b) // !`,
};

const files: Readonly<Record<string, string>> = {
  'follows several results by their place': `package p

func two() (string, string) { return "x", source() }
func f() {
	a, b := two()
	sink(a)
	sink(b) // !
}
`,
  'follows named results': `package p

func g() (x string, err error) {
	x = source()
	return
}
func f() {
	a, _ := g()
	sink(a) // !
}
`,
  'follows out-parameters': `package p

func fill(x *string, y *T) {
	*x = source()
	y.a = source()
}
func f() {
	var a string
	var t T
	fill(&a, &t)
	sink(a)   // !
	sink(t.a) // !
	sink(t.b)
}
`,
  'follows variables of the package': `package p

var shared, other string

func g() { shared = source() }
func f() {
	sink(shared) // !
	sink(other)
}
`,
  'follows functions as values': `package p

func id(x string) string { return x }
func f() {
	g := id
	sink(g(source())) // !
	h := func() string { return source() }
	sink(h()) // !
}
`,
  'follows fields through methods': `package p

type S struct{ q, r string }

func New(q string) *S { return &S{q: q, r: "x"} }
func (s *S) Q() string { return s.q }
func (s *S) R() string { return s.r }
func f() {
	s := New(source())
	sink(s.Q()) // !
	sink(s.R())
}
`,
  'follows variable arguments': `package p

func all(xs ...string) string { return xs[0] }
func f() {
	sink(all("x", source())) // !
}
`,
  'follows parameters of handlers': `package p

func f(tainted string, other string) {
	sink(tainted) // !
	sink(other)
}
func g(x int, tainted, y string) {
	sink(tainted) // !
	sink(y)
}
`,
  'ends with recursion': `package p

func r(x string, n int) string {
	if n == 0 {
		return x
	}
	return r(x, n-1)
}
func f() {
	sink(r(source(), 1)) // !
	sink(r("x", 1))
}
`,
};

describe('taint in Go', () => {
  for (const [name, code] of Object.entries(files)) {
    it(name, async () => {
      await check('go', code);
    });
  }
  for (const [name, body] of Object.entries(cases)) {
    it(name, async () => {
      await check('go', inFunction(body));
    });
  }

  it('follows methods of a receiver', async () => {
    await check(
      'go',
      `package p

type S struct{ q string }

func (s *S) set(x string) { s.q = x }
func (s *S) load()        { s.q = source() }
func (s *S) run()         { sink(s.q) } // !
func run(x string) {
	sink(x) // !
}
func main() {
	run(source())
}
`,
    );
  });
});
