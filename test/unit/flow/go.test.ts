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
};

describe('taint in Go', () => {
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
