import { check } from './support.ts';

/** A check of a variable counts on the ways on which it was made: `&&` and `||` leave some of them out. */
const programs: Readonly<Record<string, string>> = {
  c: `
void guard(char *p) { p = source(); if (p == NULL || !check(p)) return; sink(p); }
void long_guard(char *p, int n) { p = source(); if (p == NULL || n < 0 || n > 9 || !check(p) || n == 4) { log(p); return; } sink(p); }
void nested(char *p, int n) { p = source(); if (!(p != NULL && (n > 0 && check(p)))) return; sink(p); }
void inside(char *p) { p = source(); if (p != NULL && check(p)) sink(p); else sink(p); // !
}
void then_not(char *p) { p = source(); if (p == NULL || !check(p)) sink(p); // !
}
void after_both(char *p, int n) { p = source(); if (n && check(p)) n++; sink(p); // !
}
void loop(char *p, int n) { p = source(); while (n && check(p)) { sink(p); p = source(); } sink(p); // !
}
void loop_until(char *p, int n) { p = source(); while (n || !check(p)) { sink(p); p = source(); } // !
  sink(p); }
void each(char *p, int n) { p = source(); for (; n && check(p); n++) sink(p); }
void once(char *p, int n) { p = source(); do n++; while (n || !check(p)); sink(p); }
void ternary(char *p, int n) { p = source(); n = p && check(p) ? sink(p) : 0; n = p && check(p) ? 0 : sink(p); } // !
void ternary_guard(char *p, int n) { p = source(); if (n ? !check(p) : 1) return; sink(p); // !
}
void both_arms(char *p, int n) { p = source(); if (n ? check(p) : check(p)) sink(p); }
void order(char *p) { p = source(); if (check(p) && sink(p)) return; if (sink(p) || check(p)) return; }
void taints(char *p) { p = 0; if (check(p) || taint(p)) sink(p); // !
}
void taints_not(char *p, int n) { p = 0; if (n && taint(p)) return; sink(p); // !
}
void whole(char *p, int n) { p = source(); if (n && sink(p)) return; n = n || sink(p); } // !
`,
  python: `
def guard(p):
    p = source()
    if p is None or not check(p):
        return
    sink(p)
def inside(p):
    p = source()
    if p and check(p):
        sink(p)
    elif sink(p): # !
        pass
    if not (p and check(p)):
        raise ValueError()
    sink(p)
def loop(p, n):
    p = source()
    while n and check(p):
        sink(p)
        p = source()
    return [sink(q) for q in source() if q and check(q)]
def comprehension(n):
    return [sink(q) for q in source() if n or check(q)] # !
def ternary(p):
    p = source()
    q = sink(p) if p and check(p) else None
    sink(p) # !
def case(p, n):
    p = source()
    match n:
        case 1 if n and check(p):
            sink(p)
        case 2:
            sink(p) # !
`,
  javascript: `
function guard(p) { p = source(); if (!p || !check(p)) return; sink(p); }
function inside(p) { p = source(); if (p && check(p)) { sink(p); } else { sink(p); } // !
}
function nullish(p, n) { p = source(); if (!(n ?? check(p))) return; sink(p); // !
}
function each(p) { for (const q of source() || []) sink(q); // !
}
function eachNullish(p) { for (const q of p ?? source()) sink(q); // !
}
function eachEither(p, n) { for (const q of n ? p : source()) sink(q); // !
}
function chosen(p, n) { switch (n || source()) { case 1: return; } sink(p); }
function value(p) { p = source(); return p && check(p) && sink(p); }
function value2(p) { p = source(); return !p || !check(p) || sink(p); }
function jsx(p) { p = source(); return p && check(p) ? sink(p) : null; }
const arrow = (p) => { p = source(); if (p === null || !check(p)) throw new Error(); sink(p); };
`,
  java: `
class A {
  void guard(String p) { p = source(); if (p == null || !check(p)) return; sink(p); }
  void inside(String p) { p = source(); if (p != null && check(p)) { sink(p); } sink(p); // !
  }
  void loop(String p, int n) { p = source(); while (p == null || !check(p)) { p = source(); } sink(p); }
  int ternary(String p) { p = source(); return p != null && check(p) ? sink(p) : 0; }
}
`,
  go: `package a
func guard(p string) { p = source(); if p == "" || !check(p) { return }; sink(p) }
func inside(p string) { p = source(); if p != "" && check(p) { sink(p) } else { sink(p) } // !
}
func loop(p string) { p = source(); for p == "" || !check(p) { p = source() }; sink(p) }
func after(p string, n int) { p = source(); if err := f(); err != nil || !check(p) { return }; sink(p) }
`,
  csharp: `
class A {
  void Guard(string p) { p = source(); if (p == null || !check(p)) return; sink(p); }
  void Inside(string p) { p = source(); if (p != null && check(p)) sink(p); else sink(p); // !
  }
  void When(string p, int n) { p = source(); switch (n) { case 1 when check(p): sink(p); break; case 2: sink(p); break; } } // !
}
`,
  kotlin: `
fun guard(p: String?) { var p = source(); if (p == null || !check(p)) return; sink(p) }
fun inside(p: String?) { var p = source(); if (p != null && check(p)) { sink(p) } else { sink(p) } // !
}
fun elvis(n: Int?) { var p = source(); val q = n ?: check(p); sink(p) // !
}
fun leaves(n: Int?) { var p = source(); check(p) ?: return; sink(p) }
fun value(): Int { val p = source(); val r = if (p == null || !check(p)) 0 else sink(p); return r }
`,
  swift: `
func guardIt() { var p = source(); guard p != nil && check(p) else { return }; sink(p) }
func guardTwo() { var p = source(); guard p != nil, check(p) else { sink(p); return }; sink(p) } // !
`,
  rust: `
fn guard(n: i32) { let p = source(); if n == 0 || !check(p) { return; } sink(p); }
fn arm(n: i32) { let p = source(); match n { 1 if n > 0 && check(p) => sink(p), _ => sink(p) }; } // !
`,
};

describe('taint under conditions', () => {
  for (const [language, code] of Object.entries(programs)) {
    it(`knows which part of a condition has run: ${language}`, () => check(language, code));
  }
});
