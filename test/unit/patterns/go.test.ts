import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';

type Case = readonly [pattern: string, code: string, times: number];

/** Code as it stands in a function. */
const BODIES: readonly Case[] = [
  // Calls and names
  ['f($X)', 'f(a); f(a, b); f(); g(f(1)); x.f(a)', 2],
  ['f(...)', 'f(); f(a, b); x.f(); go f(c); defer f(d)', 4],
  ['$X.f(...)', 'f(); x.f(); x.y.f(1); g().f()', 3],
  ['a.b.f(...)', 'a.b.f(1); x.a.b.f(1); b.f(1)', 1],
  ['f(..., $X)', 'f(a); f(a, b); f()', 2],
  ['f(..., 1, ...)', 'f(1); f(a, 1); f(a, 1, b); f(a)', 3],
  ['f($X, ..., $X)', 'f(a, a); f(a, b, a); f(a, b)', 2],
  ['f($...ARGS)', 'f(); f(a); f(a, b)', 3],
  ['f($A, $...REST)', 'f(); f(a); f(a, b...)', 2],
  ['f($X...)', 'f(a...); f(a)', 1],
  ['f(..., $X...)', 'f(a...); f(b, a...); f(a)', 2],
  ['$F(secret)', 'f(secret); x.g(secret); h(a.secret)', 2],
  ['$X == $X', 'b = a == a; b = a == c; b = (a) == a', 2],
  ['$O. ... .f()', 'a.f(); a.b.f(); a.b().c().f(); f(); a.f().g()', 4],
  ['$X.f(...).g(...)', 'x.f(1).g(2); x.f().h().g()', 1],
  ['f[int]($X)', 'f[int](a); f[string](a); f(a)', 1],
  ['f($X)', 'f[int](a)', 1],
  ['make(chan $T)', 'c := make(chan int); d := make([]int, 3); e := make(chan string, 2)', 1],
  ['make([]byte, $N)', 'c := make([]byte, n); d := make([]int, 3); e := make([]byte, 1, 2)', 1],
  ['make(chan $T, ...)', 'c := make(chan int); e := make(chan string, 2)', 2],
  ['make(map[string]$T)', 'a := make(map[string]int); b := make(map[int]int)', 1],
  ['new($T)', 'a := new(T); b := new(int); c := new2(T)', 2],
  ['[]byte($X)', 'a := []byte(s); b := []rune(s); c := []byte{1}', 1],
  ['string($X)', 'a := string(b); c := str(b)', 1],
  ['unsafe.Pointer($X)', 'a := unsafe.Pointer(b); c := unsafe.Pointer(&d)', 2],
  ['(*$T)($X)', 'a := (*T)(b); c := (*d)(e); g := T(b)', 2],
  ['$X.($T)', 'a := b.(T); c, ok := d.(*E); f.g()', 2],
  ['$X.(string)', 'a := b.(string); c := b.(int)', 1],
  // Literals
  ['f("...")', 'f("a"); f(`b`); f(x); f("a" + "b"); f("a" + x)', 3],
  ['f("abc")', 'f("abc"); f(`abc`); f("abcd"); f("a" + "bc")', 3],
  ['f("=~/^a.*z$/")', 'f("abcz"); f("a"); f("xaz")', 1],
  ['f("$X")', 'f("a"); f(a); f("b")', 2],
  ['f(`...`)', 'f(`x`); f("y"); f(z)', 2],
  ['f(16)', 'f(16); f(0x10); f(0o20); f(0b10000); f(1_6); f(17)', 5],
  ["f('x')", "f('x'); f('y')", 1],
  ['f(true)', 'f(true); f(false)', 1],
  ['f(nil)', 'f(nil); f(a)', 1],
  ['f(..., 0777)', 'f(a, 0777); f(a, 0o777); f(a, 511); f(a, 777)', 3],
  // Operators
  ['"..." + $X', 'f("a" + b); f(b + "a")', 1],
  ['a + b', 'f(a + b); f(b + a); f(a - b)', 2],
  ['$X && $X', 'f(a && a); f(a && b)', 1],
  ['$X++', 'x++; y--; z += 1', 1],
  ['$X++', 'for i := 0; i < n; i++ { a() }', 1],
  ['$C <- $V', 'c <- 1; select { case d <- 2: a() }', 2],
  ['$X += $Y', 'a += b; a = b; a -= b', 1],
  ['!$X', 'f(!a); f(a)', 1],
  ['&$X', 'f(&a); f(a); f(*a); f(&T{})', 2],
  ['*$X', 'f(*a); f(a); *b = c', 2],
  ['&T{...}', 'f(&T{}); f(T{}); f(&T{a: 1}); f(&U{})', 2],
  ['$X[$I]', 'f(a[0]); a[i] = 2; f(a); f(a[1:2])', 2],
  ['$X[$A:$B]', 'f(a[1:2]); f(a[0]); f(a[1:])', 1],
  ['$X[$A:]', 'f(a[1:2]); f(a[0]); f(a[1:])', 1],
  ['$X[:$A]', 'f(a[:2]); f(a[1:])', 1],
  ['<-$C', 'a := <-b; <-c; d <- e', 2],
  ['$C <- $X', 'a <- b; c = <-d', 1],
  ['$X % $Y', 'a := b % c; d := e & f', 1],
  ['$A << $B', 'a := b << c; d := e >> f', 1],
  // Composite literals
  ['T{...}', 'a := T{}; b := T{x: 1}; c := U{}; d := &T{1, 2}; e := p.T{}', 3],
  ['T{x: $V}', 'a := T{x: 1, y: 2}; b := T{y: 1}; c := T{x: 3}', 2],
  ['T{..., x: $V, ...}', 'a := T{x: 1, y: 2}; b := T{y: 1}; c := T{z: 0, x: 3}', 2],
  ['T{x: $V, y: $W}', 'a := T{y: 1, x: 2}; b := T{y: 1}', 1],
  ['T{$A, $B}', 'a := T{1, 2}; b := T{1}; c := T{1, 2, 3}', 1],
  ['T{1, 2}', 'a := T{2, 1}; b := T{1, 2}; c := T{1, 2, 3}', 1],
  ['T{}', 'a := T{}; b := T{x: 1}', 2],
  ['p.T{..., x: true, ...}', 'a := p.T{x: true}; b := p.T{x: false}; c := T{x: true}', 1],
  ['[]string{...}', 'a := []string{"a", "b"}; b := []int{1}; c := [2]string{}', 1],
  ['[]string{"a", ...}', 'a := []string{"a", "b"}; b := []string{"b", "a"}', 1],
  ['[]$T{..., "b", ...}', 'a := []string{"a", "b"}; b := []string{"c"}', 1],
  ['map[string]string{...}', 'a := map[string]string{"a": "b"}; b := map[string]int{}', 1],
  ['map[string]$T{..., "a": $V, ...}', 'a := map[string]int{"b": 2, "a": 1}; b := map[string]int{"c": 1}', 1],
  ['struct{...}{...}', 'a := struct{x int}{1}; b := T{}', 1],
  // Declarations and assignments
  ['$X := $Y', 'a := 1; b = 2; var c = 3; d, e := 4, 5', 3],
  ['$X := f(...)', 'a := f(); b = f(); c := g()', 1],
  ['$X = f(...)', 'a := f(); b = f(); var c = f(1); c += f()', 3],
  ['$X, $Y := f(...)', 'a, b := f(); c := f(); d, e, g := f()', 1],
  ['$X, _ := f(...)', 'a, _ := f(); c, d := f()', 1],
  ['_, $X = f(...)', '_, a = f(); c, d = f(); _, e := f()', 2],
  ['_ = $X', '_ = f(); a = f()', 1],
  ['$X, err := f(...)', 'a, err := f(); b, e := f()', 1],
  ['..., err := f(...)', 'a, err := f(); b, e := f(); err := f(); x, y, err := f()', 3],
  ['var $X $T', 'var a int; var b = 1; c := 2', 1],
  ['var $X = $Y', 'var a int; var b = 1; var c int = 2; d := 3', 3],
  ['var $X int = $Y', 'var a int = 1; var b string = "x"; var c int', 1],
  ['var $X []$T', 'var a []int; var b [3]int; var c int', 1],
  ['var $X *$T', 'var a *int; var b int', 1],
  ['var $X map[string]$T', 'var a map[string]int; var b map[int]int', 1],
  ['var $X func(...) $T', 'var a func(x int) string; var b int', 1],
  ['const $X = $Y', 'const a = 1; var b = 2; const c int = 3', 2],
  ['const $X = "..."', 'const a = 1; const b = "x"', 1],
  ['*$X = $Y', '*a = 1; b = 2', 1],
  ['$X.$Y = $Z', 'a.b = 1; c = 2; d.e.f = 3', 2],
  ['$X[$I] = $Z', 'a[0] = 1; c = 2', 1],
  // Statements
  ['if $C { ... }', 'if a { b() }; if x := f(); x { }; if c { } else { d() }', 3],
  ['if $C { ... } else { ... }', 'if a { b() }; if c { } else { d() }', 1],
  ['if $X := $Y; $C { ... }', 'if a { b() }; if x := f(); x > 0 { }', 1],
  ['if err != nil { ... }', 'if err != nil { return }; if err == nil { }', 1],
  ['if err != nil { return err }', 'if err != nil { return err }; if err != nil { log(); return err }', 1],
  ['if $X != nil {\n...\nreturn ..., $X, ...\n}', 'if e != nil { return 1, e }; if e != nil { return d }', 1],
  ['for { ... }', 'for { a() }; for b { }; for i := 0; i < n; i++ { }', 1],
  ['for ... { ... }', 'for { a() }; for b { }; for i := 0; i < n; i++ { }; for k := range m { }', 4],
  ['for $C { ... }', 'for b { }; for i := 0; i < n; i++ { }', 1],
  ['for $I := 0; $I < $N; $I++ { ... }', 'for i := 0; i < n; i++ { a() }; for i := 0; j < n; i++ { }', 1],
  [
    'for $K, $V := range $X { ... }',
    'for k, v := range m { }; for k := range m { }; for range m { }; for k, v = range m { }',
    2,
  ],
  ['for $K := range $X { ... }', 'for k, v := range m { }; for k := range m { }', 2],
  ['for _, $V := range $X { ... }', 'for _, v := range m { }; for k, v := range m { }', 1],
  ['for ... := range $X { ... }', 'for k, v := range m { }; for k := range m { }', 2],
  ['for range $X { ... }', 'for range m { }; for k := range m { }', 1],
  ['switch $X { ... }', 'switch a { case 1: b() }; switch { case a: }; switch x := f(); x { }', 2],
  ['switch { ... }', 'switch a { case 1: b() }; switch { case a: }', 1],
  ['switch $X { case 1: ... }', 'switch a { case 1: b() ; case 2: }; switch a { case 2: }', 1],
  ['switch $X.(type) { ... }', 'switch a.(type) { case int: b() }; switch a { }', 1],
  ['switch $V := $X.(type) { ... }', 'switch v := a.(type) { case int: b() }; switch a.(type) { }', 1],
  [
    'switch $X.(type) { case int: ... }',
    'switch a.(type) { case int: b() ; case string: }; switch a.(type) { case bool: }',
    1,
  ],
  ['select { ... }', 'select { case a := <-b: c(); default: }; switch { }', 1],
  ['select { case <-$C: ... }', 'select { case <-b: c(); default: }; select { case d := <-e: }', 1],
  ['case $X: ...', 'switch a { case 1: b(); case 2, 3: c() }', 1],
  ['return $X', 'if a { return 1 }; return', 1],
  ['return ..., $X', 'if a { return 1, err }; return', 1],
  ['return ..., nil', 'if a { return 1, nil }; if b { return nil }; return x, err', 2],
  ['return', 'if a { return 1 }; return', 1],
  ['if $X { ... return ...; ... }', 'if a { return 1, 2 }; if b { f(); return }; if c { f() }', 2],
  ['return ...', 'if a { return 1, 2 }; return', 2],
  ['defer $X.Close()', 'defer a.Close(); b.Close(); go c.Close()', 1],
  ['defer func() { ... }()', 'defer func() { recover() }(); defer f()', 1],
  ['defer $X', 'defer a.Close(); defer func() { }(); f()', 2],
  ['go $F(...)', 'go f(a); f(b); go func() { }()', 2],
  ['go func(...) { ... }(...)', 'go func(a int) { b() }(c); go f()', 1],
  ['goto $L', 'L: f(); goto L', 1],
  ['break', 'for { break }', 1],
  ['$L: for { ... }', 'L: for { break L }; for { }', 1],
  // Functions as values
  ['func(...) { ... }', 'f := func(a int) { b() }; g(func() { }); h(func(x, y int) error { return nil })', 3],
  ['func($X int) { ... }', 'f := func(a int) { b() }; g(func() { })', 1],
  ['func($X $T, ...) { ... }', 'f := func(a int, b string) { b() }; g(func() { })', 1],
  ['func() {\n...\nrecover()\n...\n}()', 'defer func() { recover() }(); defer func() { x() }()', 1],
  ['func(...) $T { ... }', 'f := func() int { return 1 }; g := func() { }', 1],
  // Sequences
  ['a()\nb()', 'a(); b(); a(); c(); b()', 1],
  ['a()\n...\nb()', 'a(); c(); b()', 1],
  ['a()\n...\nb()', 'a(); if c { b() }', 1],
  ['a()\n...\nb()', 'if c { a() }; b()', 0],
  ['$X := a()\n...\nb($X)', 'x := a(); b(y); b(x)', 1],
  ['$X, err := a(...)\n...\n$X.b()', 'x, err := a(1); if err != nil { return }; x.b()', 1],
  ['$X, ... := a(...)\n...\n$X.b()', 'x, err := a(1); x.b()', 1],
  ['$X.Lock()\n...\n$X.Unlock()', 'a.Lock(); b(); b.Unlock(); a.Unlock()', 1],
  ['{\n...\na()\n...\n}', 'if x { a(); b() }; for y { c() }', 2],
  // Deep
  ['f(<... x ...>)', 'f(x); f(a.b(x)); f(y); f(g(x + 1))', 3],
  ['if <... err != nil ...> { ... }', 'if a && err != nil { }; if a { }', 1],
  ['$X = <... f() ...>', 'a = 1 + f(); b := g(f()); c := h()', 2],
  // Constants and types
  ['f("a")', 'x := "a"; f(x); y := "b"; f(y)', 1],
  ['f("a")', 'const x = "a"; f(x)', 1],
  ['f("...")', 'const x = "a"; f(x + "b"); var z string = "q"; f(z); f(w)', 2],
  ['f("b")', 'x := "a"; x = "b"; f(x)', 1],
  ['f("a")', 'x := "a"; if c { x = "b" }; f(x)', 0],
  ['($X : string).f()', 'var a string; a.f(); var b int; b.f()', 1],
  ['(*T $X).f()', 'var a *T; a.f(); var b T; b.f()', 1],
  ['([]a.T $X).f()', 'var a []a.T; a.f(); var b a.T; b.f()', 1],
  ['($X *T).f()', 'var a *T; a.f(); var b T; b.f()', 1],
  ['($X: *T).f()', 'a := &T{}; a.f(); b := T{}; b.f(); c := new(T); c.f()', 2],
  ['f(($X: string))', 'a := "x"; f(a); f("lit"); f(b)', 2],
  ['f(($X: []byte))', 'a := []byte("x"); f(a); f(b)', 1],
];

/** Whole files. */
const FILES: readonly Case[] = [
  ['package $P', 'package a\nfunc f() {}\n', 1],
  ['package a', 'package a\nfunc f() {}\n', 1],
  ['package b', 'package a\nfunc f() {}\n', 0],
  ['import "os"', 'package a\nimport "os"\nimport "fmt"\n', 1],
  ['import "os"', 'package a\nimport (\n\t"os"\n\t"fmt"\n)\n', 1],
  ['import "..."', 'package a\nimport (\n\t"os"\n\t"fmt"\n)\n', 2],
  ['import "crypto/md5"', 'package a\nimport m "crypto/md5"\n', 1],
  ['import $N "crypto/md5"', 'package a\nimport m "crypto/md5"\nimport "crypto/md5"\n', 1],
  ['import _ "a"', 'package a\nimport _ "a"\nimport b "a"\n', 1],
  ['import . "a"', 'package a\nimport . "a"\nimport b "a"\n', 1],
  ['import "=~/^crypto/"', 'package a\nimport (\n\t"crypto/md5"\n\t"fmt"\n)\n', 1],
  ['md5.New()', 'package a\nimport "crypto/md5"\nfunc f() { md5.New() }\n', 1],
  ['md5.New()', 'package a\nimport m "crypto/md5"\nfunc f() { m.New() }\n', 1],
  ['md5.$F(...)', 'package a\nimport m "crypto/md5"\nfunc f() { m.Sum(x); n.Sum(y) }\n', 1],
  ['http.Get(...)', 'package a\nimport "net/http"\nfunc f(u string) { http.Get(u); x.http.Get(u) }\n', 1],
  ['rand.Int()', 'package a\nimport "math/rand/v2"\nfunc f() { rand.Int() }\n', 1],
  ['exec.Command(...)', 'package a\nimport . "os/exec"\nfunc f() { Command("x") }\n', 1],
  // Functions
  [
    'func $F(...) { ... }',
    'package a\nfunc f() {}\nfunc g(x int) error { return nil }\nfunc (t T) h() {}\n',
    3,
  ],
  ['func $F(...) $T { ... }', 'package a\nfunc f() {}\nfunc g(x int) error { return nil }\n', 1],
  [
    'func $F(...) ($A, error) { ... }',
    'package a\nfunc f() (int, error) { return 1, nil }\nfunc g(x int) error { return nil }\n',
    1,
  ],
  [
    'func $F(...) (..., error) { ... }',
    'package a\nfunc f() (int, error) { return 1, nil }\nfunc g(x int) error { return nil }\n',
    1,
  ],
  ['func main() { ... }', 'package a\nfunc main() { x() }\nfunc f() {}\n', 1],
  ['func $F($X int) { ... }', 'package a\nfunc f(x int) {}\nfunc g(x string) {}\nfunc h(x, y int) {}\n', 1],
  [
    'func $F(..., $X int, ...) { ... }',
    'package a\nfunc f(x int) {}\nfunc g(x string) {}\nfunc h(a, y int) {}\n',
    2,
  ],
  [
    'func $F($W http.ResponseWriter, $R *http.Request) { ... }',
    'package a\nimport "net/http"\nfunc f(w http.ResponseWriter, r *http.Request) {}\nfunc g(r *http.Request) {}\n',
    1,
  ],
  [
    'func $F(..., $R *http.Request, ...) {\n...\n$R.FormValue(...)\n...\n}',
    'package a\nfunc f(w http.ResponseWriter, r *http.Request) { x := r.FormValue("a"); y(x) }\nfunc g(r *http.Request) {}\n',
    1,
  ],
  ['func ($R $T) $F(...) { ... }', 'package a\nfunc f() {}\nfunc (t T) h() {}\nfunc (t *T) k(x int) {}\n', 2],
  [
    'func ($R *$T) $F(...) { ... }',
    'package a\nfunc f() {}\nfunc (t T) h() {}\nfunc (t *T) k(x int) {}\n',
    1,
  ],
  [
    'func ($R $T) $M(...) $RET { ... }',
    'package a\nfunc f() int {}\nfunc (t T) h() error {}\nfunc (t T) k(x int) {}\n',
    1,
  ],
  ['func($X $T) $RET { ... }', 'package a\nvar f = func(x int) error { return nil }\nfunc (t T) h() {}\n', 1],
  ['func (t *T) k(...) { ... }', 'package a\nfunc (t *T) k(x int) {}\nfunc (u *U) k(x int) {}\n', 1],
  [
    'func $F(..., $X ...string) { ... }',
    'package a\nfunc f(a int, b ...string) {}\nfunc g(b []string) {}\n',
    1,
  ],
  ['func $F[$T any](...) { ... }', 'package a\nfunc f[T any](x T) {}\nfunc g(b []string) {}\n', 1],
  ['func $F(...) {\n...\nreturn $X\n}', 'package a\nfunc f() int { x(); return 1 }\nfunc g() {}\n', 1],
  ['func $F($X $T) {\n...\ng($X)\n...\n}', 'package a\nfunc f(x int) { g(x) }\nfunc h(x int) { g(y) }\n', 1],
  // Types
  ['type $T struct { ... }', 'package a\ntype A struct { x int }\ntype B interface { }\ntype C int\n', 1],
  [
    'type $T interface { ... }',
    'package a\ntype A struct { x int }\ntype B interface { f() }\ntype C int\n',
    1,
  ],
  ['type $T $U', 'package a\ntype C int\ntype D []string\n', 2],
  ['type $T int', 'package a\ntype C int\ntype D string\n', 1],
  ['type $T = $U', 'package a\ntype C = int\n', 1],
  ['type $T func(...)', 'package a\ntype C func(x int)\ntype D string\n', 1],
  [
    'type $T struct {\n...\n$F int\n...\n}',
    'package a\ntype A struct { s string; x int }\ntype B struct { y string }\n',
    1,
  ],
  [
    'type $T struct { x int }',
    'package a\ntype A struct { x int }\ntype B struct { y string; x int }\ntype C struct { x string }\n',
    2,
  ],
  [
    'type $T struct {\n...\n$F $U `...`\n...\n}',
    'package a\ntype A struct { x int `json:"x"` }\ntype B struct { y string }\n',
    1,
  ],
  [
    'type $T struct {\n...\nE\n...\n}',
    'package a\ntype A struct { E; x int }\ntype B struct { y string }\n',
    1,
  ],
  [
    'type $T interface {\n...\nf(...)\n...\n}',
    'package a\ntype A interface { f(x int) error; g() }\ntype B interface { g() }\n',
    1,
  ],
  ['var $X = $Y', 'package a\nvar x = 1\nvar (\n\ty = 2\n\tz int\n)\n', 2],
  ['const $X = $Y', 'package a\nconst x = 1\nconst (\n\ty = "2"\n\tz = iota\n)\n', 3],
  ['var $X sync.Mutex', 'package a\nimport "sync"\nvar m sync.Mutex\nvar n sync.RWMutex\n', 1],
  ['f("a")', 'package a\nconst x = "a"\nfunc m() { f(x) }\n', 1],
  ['f("ab")', 'package a\nconst x = "a"\nconst y = x + "b"\nfunc m() { f(y) }\n', 1],
  ['f("a")', 'package a\nvar x = "a"\nfunc n() { x = "b" }\nfunc m() { f(x) }\n', 0],
  [
    '($R : *http.Request).FormValue(...)',
    'package a\nimport "net/http"\nfunc m(r *http.Request, s *T) { r.FormValue("a"); s.FormValue("a") }\n',
    1,
  ],
  [
    '($R *http.Request).FormValue(...)',
    'package a\nimport h "net/http"\nfunc m(r *h.Request, s *T) { r.FormValue("a"); s.FormValue("a") }\n',
    1,
  ],
  ['($T : $U).f()', 'package a\nfunc m(r A) { r.f() }\n', 1],
  [
    '($X : string) + $Y',
    'package a\ntype T struct { s string; n int }\nfunc (t *T) m() { x := t.s + a; y := t.n + b }\n',
    1,
  ],
  ['[$N]$T', 'package a\nvar x [3]int\nvar y []int\nfunc f(z [4]string) {}\n', 2],
  ['[]$T', 'package a\nvar x [3]int\nvar y []int\nfunc f(z []string) {}\n', 2],
];

async function occurrences(pattern: string, code: string): Promise<readonly string[]> {
  return matches(`pattern: |\n  ${pattern.split('\n').join('\n  ')}`, code, 'go');
}

describe('patterns of Go', () => {
  for (const [pattern, code, times] of BODIES) {
    it(`${pattern} is ${times} times in ${code}`.replace(/\s+/g, ' '), async () => {
      const found = await occurrences(pattern, `package tests\nfunc test() {\n${code}\n}\n`);
      assert.equal(found.length, times, found.join('\n'));
    });
  }

  for (const [pattern, code, times] of FILES) {
    it(`${pattern} is ${times} times in the file ${code}`.replace(/\s+/g, ' '), async () => {
      const found = await occurrences(pattern, code);
      assert.equal(found.length, times, found.join('\n'));
    });
  }

  it('reports a type with the word `type`', async () => {
    const [found] = await occurrences('type $T struct { ... }', 'package a\ntype A struct { x int }\n');
    assert.equal(found, 'type A struct { x int }');
  });
});
