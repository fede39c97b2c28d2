import { check } from './support.ts';

const cases: Readonly<Record<string, string>> = {
  javascript: `
class A {
  #raw = '';
  get q() { return this.raw; }
  set q(v) { this.raw = v; }
  get safe() { return clean(this.raw); }
  set shown(v) { sink(v); } // !
  fill() { this.q = source(); this.shown = source(); }
  m() {
    sink(this.q); // !
    sink(this.safe);
  }
}`,
  typescript: `
class A {
  private raw = '';
  get q(): string { return this.raw; }
  fill(): void { this.raw = source(); }
  m(): void { sink(this.q); } // !
}`,
  python: `
class A:
    @property
    def q(self):
        return self.raw
    @q.setter
    def q(self, v):
        self.raw = v
    @cached_property
    def safe(self):
        return clean(self.raw)
    def fill(self):
        self.q = source()
    def m(self):
        sink(self.q)  # !
        sink(self.safe)
`,
  swift: `
class A {
  private var raw = ""
  var q: String {
    get { return raw }
    set { raw = newValue }
  }
  var short: String { raw }
  var safe: String { return clean(raw) }
  func fill() { q = source() }
  func m() {
    sink(q) // !
    sink(self.short) // !
    sink(safe)
  }
}`,
};

describe('taint through properties that compute', () => {
  for (const [language, code] of Object.entries(cases)) {
    it(`follows getters and setters (${language})`, async () => {
      await check(language, code);
    });
  }
});
