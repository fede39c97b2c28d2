import assert from 'node:assert/strict';

import fc from 'fast-check';

import { readAst } from '../../../server/src/core/ast/readAst.ts';
import type { Node } from '../../../server/src/core/ast/node.ts';
import { Budget } from '../../../server/src/core/match/budget.ts';
import { Code } from '../../../server/src/core/match/code.ts';
import { compilePattern } from '../../../server/src/core/match/compilePattern.ts';
import { searchPattern } from '../../../server/src/core/match/searchPattern.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/core/rules/options.ts';
import type { Grammar } from '../../../server/src/core/syntax/grammar.ts';
import { freeTree, parseText } from '../../../server/src/core/syntax/syntaxTree.ts';
import { grammar } from '../../support/engine.ts';

/** Code to take patterns from; layout between tokens means nothing in any of these languages. */
const SOURCES: Readonly<Record<string, string>> = {
  c: `static int read_frame(struct pump *pump, const char *buf, size_t len) {
    int rate = 0x10 + pump->rate * 2;
    char copy[32];
    if (len > sizeof(copy) || buf[0] == 'x') return -1;
    for (int i = 0; i < (int)len; i++) { copy[i] = buf[i] & 0xff; }
    while (rate-- > 0) log_line("rate %d", rate);
    switch (buf[1]) { case 1: start(pump, &rate); break; default: stop(pump); }
    pump->last = flag ? strdup(copy) : NULL;
    return check(copy, (rate + 1) * 3);
  }`,
  cpp: `namespace device { class Alarm : public Base { public: void raise(const std::string &text) {
    auto level = static_cast<int>(text.size()) + offset_;
    std::strcpy(buffer_, text.c_str());
    try { queue_.push(new Event(level, text)); } catch (const std::exception &e) { report(e.what()); }
    for (auto &each : handlers_) each->call(level);
  } private: int offset_ = 3; char buffer_[16]; }; }`,
  java: `class Monitor extends Device implements Runnable { private static final int LIMIT = 10;
    public int run(String name, List<String> values) throws IOException {
      int count = values.size() + LIMIT;
      if (name == null || name.isEmpty()) { return -1; }
      try { socket.send(new Packet(name, count)); } catch (IOException e) { log.warn("failed " + e); } finally { socket.close(); }
      for (String value : values) { total += parse(value); }
      return check(name, count > 3 ? count : 0);
    } }`,
  go: `package monitor
func Run(name string, values []int) error {
	count := len(values) + limit
	if name == "" || count > 10 { return errors.New("bad") }
	for i, value := range values { total += value * i }
	conf := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: false}
	client.Do(conf, func(x int) int { return x + 1 })
	return send(name, count)
}`,
};
const EXPRESSIONS = ['call', 'binary', 'member', 'index', 'new', 'unary', 'conditional', 'assign', 'cast'];

/** Ranges that a pattern matches in a text; undefined when it does not compile. */
function search(target: Grammar, pattern: string, source: string): string[] | undefined {
  const outcome = compilePattern(pattern, target);
  if ('error' in outcome) return undefined;
  const syntax = parseText(target, source);
  try {
    const hits = searchPattern(Code.of(syntax), outcome.pattern, DEFAULT_OPTIONS, new Budget(1_000_000));
    return hits.map(({ start, end }) => `${start}-${end}`);
  } finally {
    freeTree(syntax);
  }
}

function nodesOf(target: Grammar, source: string): readonly Node[] {
  const syntax = parseText(target, source);
  freeTree(syntax);
  return readAst(target, syntax.table, source).nodes;
}

/** Expressions whose text is their own: `*p` read out of `p->x` has none. */
function expressionsOf(target: Grammar, source: string): readonly Node[] {
  return nodesOf(target, source).filter(
    (node) =>
      EXPRESSIONS.includes(node.kind) && node.role !== 'target' && node.role !== 'name' && isOwn(node),
  );
}

function isOwn(node: Node): boolean {
  return !(node.kind === 'unary' && node.children.some(({ start, end }) => start === end));
}

describe('a pattern made from code', () => {
  for (const [id, source] of Object.entries(SOURCES)) {
    it(`matches the code that it was made from, in ${id}`, async () => {
      const target = await grammar(id);
      const expressions = expressionsOf(target, source);
      assert.ok(expressions.length > 10);
      for (const { start, end, kind } of expressions) {
        const text = source.slice(start, end);
        const found = search(target, text, source);
        assert.ok(found?.includes(`${start}-${end}`), `${kind}: ${text} finds ${String(found)}`);
      }
    });

    it(`matches it with a metavariable in the place of a part, in ${id}`, async () => {
      const target = await grammar(id);
      const expressions = expressionsOf(target, source);
      fc.assert(
        fc.property(fc.nat(), fc.nat(), (first, second) => {
          const node = expressions[first % expressions.length];
          assert.ok(node);
          const parts = expressions.filter(
            (each) => each !== node && node.contains(each) && each.end > each.start,
          );
          const part = parts[second % Math.max(parts.length, 1)];
          if (!part) return;
          const pattern = `${source.slice(node.start, part.start)}$FRESH${source.slice(part.end, node.end)}`;
          const found = search(target, pattern, source);
          assert.ok(found?.includes(`${node.start}-${node.end}`), `${pattern} finds ${String(found)}`);
        }),
        { numRuns: 100 },
      );
    });

    it(`matches as often when layout, comments or parentheses are added, in ${id}`, async () => {
      const target = await grammar(id);
      const expressions = expressionsOf(target, source);
      const addition = fc.constantFrom('comment', 'space', 'parentheses');
      fc.assert(
        fc.property(fc.nat(), fc.nat(), addition, (first, second, added) => {
          const node = expressions[first % expressions.length];
          const other = expressions[second % expressions.length];
          assert.ok(node && other);
          const pattern = source.slice(node.start, node.end);
          const before = source.slice(0, other.start);
          const own = source.slice(other.start, other.end);
          const after = source.slice(other.end);
          // A call that is a statement or deferred cannot be put in parentheses in every language.
          const mayWrap = other.role === 'arguments' || other.role === 'right' || other.role === 'value';
          const changed =
            added === 'comment'
              ? `${before}/* why */${own}${after}`
              : added === 'space' || !mayWrap
                ? `${before}  ${own} ${after}`
                : `${before}(${own})${after}`;
          assert.equal(
            search(target, pattern, changed)?.length,
            search(target, pattern, source)?.length,
            `${pattern} in ${changed}`,
          );
        }),
        { numRuns: 100 },
      );
    });
  }
});

describe('random patterns and sources', () => {
  const PIECES = [
    'f',
    '(',
    ')',
    '$X',
    '...',
    '$...A',
    '<...',
    '...>',
    '{',
    '}',
    ';',
    ',',
    '"..."',
    ' + ',
    '=',
    '.',
    'if',
    'x',
    '\n',
    '[',
    ']',
    '->',
    '"=~/a/"',
    '(T $Y)',
  ];
  const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((parts) => parts.join(''));

  for (const id of Object.keys(SOURCES)) {
    it(`never throw and never run without end, in ${id}`, async () => {
      const target = await grammar(id);
      fc.assert(
        fc.property(text, fc.nat(), fc.nat(), (pattern, from, length) => {
          const source = SOURCES[id] ?? '';
          const start = from % source.length;
          const broken = source.slice(0, start) + source.slice(start + (length % 40));
          const found = search(target, pattern, broken);
          assert.ok(found === undefined || Array.isArray(found));
        }),
        { numRuns: 60 },
      );
    });
  }
});
