import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';

interface Case {
  readonly language: string;
  readonly rule: string;
  readonly code: string;
  /** Text of each finding. */
  readonly found: readonly string[];
}

/** Rules as they are written for these languages: several operators together. */
const CASES: Readonly<Record<string, Case>> = {
  'a call whose argument was built from a parameter of a handler': {
    language: 'java',
    rule: `
patterns:
  - pattern-inside: |
      $T $M(..., HttpServletRequest $REQ, ...) {
        ...
      }
  - pattern-inside: |
      String $Q = $REQ.getParameter(...);
      ...
  - pattern: $S.executeQuery(<... $Q ...>)`,
    code: `class A {
  @Override
  protected void doGet(HttpServletRequest r, HttpServletResponse s) throws IOException {
    String q = r.getParameter("x");
    if (q != null) { st.executeQuery("select " + q); }
    st.executeQuery("select 1");
  }
  void other(String q) { st.executeQuery(q); }
}`,
    found: ['st.executeQuery("select " + q)'],
  },
  'a cipher with a bad mode, by constant': {
    language: 'java',
    rule: `
patterns:
  - pattern-either:
      - pattern: javax.crypto.Cipher.getInstance($MODE, ...)
      - pattern: $C.getInstance($MODE, ...)
  - metavariable-regex:
      metavariable: $MODE
      regex: .*"AES/ECB/.*`,
    code: `import javax.crypto.Cipher;
class A {
  void m() { Cipher.getInstance("AES/ECB/PKCS5"); Cipher.getInstance("AES/GCM/NoPadding"); Cipher.getInstance("AES/ECB/NoPadding", p); }
}`,
    found: ['Cipher.getInstance("AES/ECB/PKCS5")', 'Cipher.getInstance("AES/ECB/NoPadding", p)'],
  },
  'a factory without the feature that makes it safe': {
    language: 'java',
    rule: `
patterns:
  - pattern: $F.newDocumentBuilder()
  - pattern-inside: |
      $F = DocumentBuilderFactory.newInstance();
      ...
  - pattern-not-inside: |
      $F.setFeature("secure", true);
      ...`,
    code: `class A {
  void bad() { DocumentBuilderFactory f = DocumentBuilderFactory.newInstance(); f.newDocumentBuilder(); }
  void good() { DocumentBuilderFactory g = DocumentBuilderFactory.newInstance(); g.setFeature("secure", true); g.newDocumentBuilder(); }
}`,
    found: ['f.newDocumentBuilder()'],
  },
  'a method with an annotation but without another one': {
    language: 'java',
    rule: `
patterns:
  - pattern: |
      @PostMapping(...)
      $RET $M(...) { ... }
  - pattern-not: |
      @PreAuthorize(...)
      $RET $M(...) { ... }
  - focus-metavariable: $M`,
    code: `class A {
  @PostMapping("/a") public String a() { return "x"; }
  @PreAuthorize("r") @PostMapping("/b") public String b() { return "x"; }
  public String c() { return "x"; }
}`,
    found: ['a'],
  },
  'a cookie that is added before it is secure': {
    language: 'java',
    rule: `
patterns:
  - pattern-not-inside: $COOKIE.setSecure(true); ...
  - pattern: $RESPONSE.addCookie($COOKIE);`,
    code: `class A { void m() { Cookie c = new Cookie("a", "b"); r.addCookie(c); Cookie d = new Cookie("a", "b"); d.setSecure(true); r.addCookie(d); } }`,
    found: ['r.addCookie(c);'],
  },
  'a class that extends one and lacks a method': {
    language: 'java',
    rule: `
patterns:
  - pattern: class $C extends Base { ... }
  - pattern-not: class $C extends Base { ... void close() { ... } ... }
  - focus-metavariable: $C`,
    code: `class A extends Base { void x() { } }\nclass B extends Base { void close() { } }\nclass D { }`,
    found: ['A'],
  },
  'a string that is compared by identity': {
    language: 'java',
    rule: `
patterns:
  - pattern-not: null == (String $Y)
  - pattern-not: (String $X) == null
  - pattern-either:
      - pattern: $X == (String $Y)
      - pattern: (String $X) == $Y`,
    code: `class A { boolean m(String a, Object b, String c) { return a == c || a == null || b == b || "x" == c; } }`,
    found: ['a == c', '"x" == c'],
  },
  'a loop that writes past a bound': {
    language: 'c',
    rule: `
patterns:
  - pattern-inside: |
      char $BUF[$N];
      ...
  - pattern: |
      for (...; $I <= $N; ...) { ... $BUF[$I] = $V; ... }
  - focus-metavariable: $BUF`,
    code: `void f(void) {\n  char b[10];\n  int i;\n  for (i = 0; i <= 10; i++) { b[i] = 0; }\n  for (i = 0; i < 10; i++) { b[i] = 0; }\n}\n`,
    found: ['b'],
  },
  'memory that is freed twice, unless it is cleared': {
    language: 'c',
    rule: `
patterns:
  - pattern-not: free($P); ... $P = NULL; ... free($P);
  - pattern-not: free($P); ... $P = malloc(...); ... free($P);
  - pattern: free($P); ... free($P);`,
    code: `void f(char *a) { free(a); g(); free(a); }\nvoid h(char *b) { free(b); b = NULL; free(b); }\n`,
    found: ['free(a); g(); free(a);'],
  },
  'a size that is computed from the source': {
    language: 'c',
    rule: `
patterns:
  - pattern: $F($DST, $SRC, <... strlen($SRC) ...>)
  - metavariable-regex: { metavariable: $F, regex: ^(strncpy|memcpy)$ }`,
    code: `void f(char *a, char *b) { strncpy(a, b, strlen(b)); memcpy(a, b, strlen(b) + 1); strncat(a, b, strlen(b)); memcpy(a, b, strlen(a)); }`,
    found: ['strncpy(a, b, strlen(b))', 'memcpy(a, b, strlen(b) + 1)'],
  },
  'a format that is no literal': {
    language: 'c',
    rule: `
patterns:
  - pattern: printf($FMT, ...)
  - pattern-not: printf("...", ...)`,
    code: `#define FORMAT "%d"\nvoid f(char *a) { printf(a); printf("x"); printf(FORMAT, 1); printf("a" "b"); }\n`,
    found: ['printf(a)'],
  },
  'an allocation whose product may overflow': {
    language: 'cpp',
    rule: `
patterns:
  - pattern-either:
      - pattern: malloc($A * $B)
      - pattern: new $T[$A * $B]
  - pattern-not: malloc(sizeof(...) * ...)
  - metavariable-pattern: { metavariable: $A, patterns: [{ pattern-not: "1" }] }`,
    code: `void f(int n, int m) { a = malloc(n * m); b = new char[n * 4]; c = malloc(1 * 1); }`,
    found: ['malloc(n * m)', 'new char[n * 4]'],
  },
  'a metavariable that stands for what was imported under another name': {
    language: 'python',
    rule: `
patterns:
  - pattern: subprocess.$F(..., shell=True, ...)
  - metavariable-pattern: { metavariable: $F, pattern-either: [{ pattern: run }, { pattern: call }] }`,
    code: `from subprocess import run as go, check_output as call\ngo(a, shell=True)\ncall(b, shell=True)\ngo(c)\n`,
    found: ['go(a, shell=True)'],
  },
  'a configuration that skips verification': {
    language: 'go',
    rule: 'pattern: "tls.Config{..., InsecureSkipVerify: true, ...}"',
    code: `package p\nimport "crypto/tls"\nfunc f() {\n\ta := &tls.Config{MinVersion: 1, InsecureSkipVerify: true}\n\tb := tls.Config{InsecureSkipVerify: false}\n}\n`,
    found: ['tls.Config{MinVersion: 1, InsecureSkipVerify: true}'],
  },
  'a configuration that lacks a field': {
    language: 'go',
    rule: `
patterns:
  - pattern: tls.Config{...}
  - pattern-not: "tls.Config{..., MinVersion: ..., ...}"`,
    code: `package p\nfunc f() {\n\ta := tls.Config{MinVersion: 1}\n\tb := tls.Config{X: 2}\n\tc := tls.Config{}\n}\n`,
    found: ['tls.Config{X: 2}', 'tls.Config{}'],
  },
  'a query that is formatted, in a handler': {
    language: 'go',
    rule: `
patterns:
  - pattern-inside: |
      func $F(..., $R *http.Request, ...) {
        ...
      }
  - pattern-either:
      - pattern: |
          $Q = fmt.Sprintf("$FMT", ...)
          ...
          $DB.Query($Q, ...)
      - pattern: $DB.Query(fmt.Sprintf(...), ...)
      - pattern: $DB.Query("..." + $X, ...)`,
    code: `package p
func a(w http.ResponseWriter, r *http.Request) {
	q := fmt.Sprintf("select %s", r.Host)
	db.Query(q)
}
func b(r *http.Request) { db.Query("x" + r.Host, 1) }
func c() { db.Query("x" + y) }
`,
    found: ['q := fmt.Sprintf("select %s", r.Host)\n\tdb.Query(q)', 'db.Query("x" + r.Host, 1)'],
  },
  'an import by name, and its use': {
    language: 'go',
    rule: `
patterns:
  - pattern-inside: |
      import "crypto/md5"
      ...
  - pattern-either:
      - pattern: md5.New()
      - pattern: md5.Sum(...)`,
    code: `package p\n\nimport (\n\t"crypto/md5"\n\t"fmt"\n)\n\nfunc f() { md5.New(); fmt.Print(md5.Sum(x)) }\n`,
    found: ['md5.New()', 'md5.Sum(x)'],
  },
  'a deferred close before the error is looked at': {
    language: 'go',
    rule: `
pattern: |
  $F, $ERR := os.Open(...)
  defer $F.Close()
  if $ERR != nil { ... }`,
    code: `package p\nfunc f() {\n\ta, err := os.Open(x)\n\tdefer a.Close()\n\tif err != nil { return }\n}\nfunc g() {\n\ta, err := os.Open(x)\n\tif err != nil { return }\n\tdefer a.Close()\n}\n`,
    found: ['a, err := os.Open(x)\n\tdefer a.Close()\n\tif err != nil { return }'],
  },
  'a variable of a loop that a function keeps': {
    language: 'go',
    rule: `
pattern: |
  for _, $V := range $X {
    ...
    go func() {
      ...
      $F(..., $V, ...)
      ...
    }()
    ...
  }`,
    code: `package p\nfunc f() {\n\tfor _, v := range xs {\n\t\tgo func() {\n\t\t\tg(v)\n\t\t}()\n\t}\n\tfor _, v := range xs {\n\t\tgo func(v int) {\n\t\t\tg(v)\n\t\t}(v)\n\t}\n}\n`,
    found: ['for _, v := range xs {\n\t\tgo func() {\n\t\t\tg(v)\n\t\t}()\n\t}'],
  },
  'data of a request in a command, with the source by side effect': {
    language: 'go',
    rule: `
mode: taint
pattern-sources:
  - by-side-effect: true
    patterns:
      - pattern: $D.Decode($X)
      - focus-metavariable: $X
  - pattern: "($R : *http.Request).FormValue(...)"
pattern-sinks:
  - pattern: exec.Command(...)`,
    code: `package p\nimport "os/exec"\nfunc f(r *http.Request) {\n\tvar v T\n\tdec.Decode(&v)\n\texec.Command(v.name)\n\texec.Command("x", r.FormValue("a"))\n\texec.Command("ls")\n}\n`,
    found: ['exec.Command(v.name)', 'exec.Command("x", r.FormValue("a"))'],
  },
  'a buffer that the network filled, unless its length was checked': {
    language: 'c',
    rule: `
mode: taint
pattern-sources:
  - by-side-effect: true
    patterns: [{ pattern: "read($FD, $BUF, ...)" }, { focus-metavariable: $BUF }]
pattern-sanitizers:
  - by-side-effect: true
    patterns:
      - pattern: "if ($X > $MAX) { return ...; }"
      - focus-metavariable: $X
pattern-sinks:
  - patterns: [{ pattern: "memcpy($D, $S, $N)" }, { focus-metavariable: $N }]`,
    code: `void f(int fd) { int n; int m; read(fd, &n, 4); memcpy(a, b, n); if (n > 10) { return; } memcpy(a, b, n); read(fd, &m, 4); memcpy(a, m, 1); }`,
    found: ['n'],
  },
  'labels: both must have come together': {
    language: 'java',
    rule: `
mode: taint
pattern-sources:
  - { pattern: user(), label: USER }
  - { pattern: "build($X)", label: BUILT, requires: USER }
pattern-sinks:
  - { pattern: "exec(...)", requires: BUILT }`,
    code: `class A { void m() { String a = user(); exec(a); String b = build(a); exec(b); exec(build("x")); } }`,
    found: ['exec(b)'],
  },
  'a parameter with an annotation as the source': {
    language: 'java',
    rule: `
mode: taint
pattern-sources:
  - patterns:
      - pattern-inside: |
          $T $M(..., @RequestParam $P $X, ...) { ... }
      - focus-metavariable: $X
pattern-propagators:
  - { pattern: "$B.append($A)", from: $A, to: $B }
pattern-sinks:
  - patterns: [{ pattern: "$S.execute($Q)" }, { focus-metavariable: $Q }]`,
    code: `class A {
  @GetMapping("/x") String m(@RequestParam("a") String a, String b) {
    StringBuilder sb = new StringBuilder();
    sb.append("select ").append("x");
    sb.append(a);
    st.execute(sb.toString());
    st.execute(b);
    return "x";
  }
}`,
    found: ['sb.toString()'],
  },
  'the same object in source and sink': {
    language: 'java',
    rule: `
mode: taint
options: { taint_unify_mvars: true }
pattern-sources: [{ pattern: "$O.read()" }]
pattern-sinks: [{ pattern: "$O.write(...)" }]`,
    code: `class A { void m() { String a = x.read(); x.write(a); y.write(a); } }`,
    found: ['x.write(a)'],
  },
  'data that must not leave at the end': {
    language: 'c',
    rule: `
mode: taint
pattern-sources: [{ by-side-effect: true, patterns: [{ pattern: "lock($M)" }, { focus-metavariable: $M }] }]
pattern-sanitizers: [{ by-side-effect: true, patterns: [{ pattern: "unlock($M)" }, { focus-metavariable: $M }] }]
pattern-sinks: [{ at-exit: true, pattern: "return $X;" }]`,
    code: `int f(T *m) { lock(m); unlock(m); return m; }\nint g(T *m) { lock(m); return m; }\n`,
    found: ['return m;'],
  },
};

describe('rules of several operators', () => {
  for (const [name, { language, rule, code, found }] of Object.entries(CASES)) {
    it(`finds ${name} (${language})`, async () => {
      assert.deepEqual(await matches(rule, code, language), found);
    });
  }
});
