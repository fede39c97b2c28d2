import assert from 'node:assert/strict';
import fc from 'fast-check';

import { compileGeneric } from '../../../server/src/core/generic/compileGeneric.ts';
import { genericText, genericTextKey } from '../../../server/src/core/generic/genericText.ts';
import { searchGeneric } from '../../../server/src/core/generic/searchGeneric.ts';
import { DEFAULT_OPTIONS, type RuleOptions } from '../../../server/src/core/rules/options.ts';

/** Each match as its text, with line breaks and what follows them as ` / `, and its bindings. */
function found(pattern: string, text: string, options: Partial<RuleOptions> = {}): readonly string[] {
  const all = { ...DEFAULT_OPTIONS, ...options };
  const compiled = compileGeneric(pattern, all);
  if ('error' in compiled) throw new Error(compiled.error);
  let steps = 0;
  const hits = searchGeneric(genericText(text, all), compiled.pattern, () => {
    if (++steps > 5_000_000) throw new Error('too many steps');
  });
  const flat = (start: number, end: number): string => text.slice(start, end).replace(/\s*\n\s*/g, ' / ');
  return hits.map(({ start, end, bindings }) =>
    [flat(start, end), ...bindings.map((each) => `${each.name}=${flat(each.start, each.end)}`)].join(' | '),
  );
}

const NGINX = `http {
    server {
        listen 80;
        server_name a.example;
        location / {
            proxy_pass http://backend;
        }
    }
    server {
        listen 443 ssl;
        ssl_protocols TLSv1 TLSv1.2;
    }
}
`;
const YAML = `services:
  web:
    image: nginx
    privileged: true
    ports:
      - 80
  db:
    image: postgres
    privileged: false
other:
  privileged: true
`;
const DOCKERFILE = `FROM alpine:latest
# USER nobody
RUN apk add curl \\
    && curl http://x.example/i.sh | sh
USER root
CMD ["sh", "-c", "run"]
`;
const HTML = `<html>
  <a href="http://x.example" target="_blank">x</a>
  <a href="y" rel="noopener" target='_blank'>y</a>
  <script src="a.js"
          async></script>
</html>
`;
const PROPERTIES = `# settings
db.user=admin
db.password=secret
db.url = jdbc:x
`;

const SPACEGREP: readonly [
  what: string,
  pattern: string,
  text: string,
  matches: readonly string[],
  options?: Partial<RuleOptions>,
][] = [
  ['words match whole', 'foo', 'foo foobar foo_bar foo-bar', ['foo', 'foo']],
  ['white space does not count', 'f(x)=1', 'f ( x )\n= 1', ['f ( x ) / = 1']],
  ['nor in the pattern', 'f ( x ) = 1', 'f(x)=1', ['f(x)=1']],
  ['signs count', 'a = 1', 'a == 1', []],
  ['case counts', 'foo', 'Foo', []],
  ['or does not', 'Foo "$X"', 'fOO "Bar"', ['fOO "Bar" | $X=Bar'], { generic_caseless: true }],
  ['a metavariable is one word', 'key = $X', 'key = a-b', ['key = a | $X=a']],
  [
    'of letters and digits',
    'v=$X;',
    'v=12; v=a_1; v=ä5; v=-;',
    ['v=12; | $X=12', 'v=a_1; | $X=a_1', 'v=ä5; | $X=ä5'],
  ],
  [
    'with more characters if asked',
    'key = $X',
    'key = a-b/c',
    ['key = a-b/c | $X=a-b/c'],
    { generic_extra_word_characters: ['-', '/'] },
  ],
  ['the same name stands for the same word', '$X == $X', 'a == b; c == c', ['c == c | $X=c']],
  [
    'whatever its case, if case does not count',
    '$X == $X',
    'A == a',
    ['A == a | $X=A'],
    { generic_caseless: true },
  ],
  ['$_ is never compared', '$_ == $_', 'a == b', ['a == b']],
  ['a dollar sign alone is a sign', '$x = $1', '$x = $1', ['$x = $1']],
  ['dots stand for nothing', 'a ... b', 'a b', ['a b']],
  ['for as little as possible', 'a ... b', 'a x b b', ['a x b']],
  ['over lines', 'a ... b', 'a\nx\ny\nb', ['a / x / y / b']],
  ['up to ten of them', 'a ... b', `a${'\n'.repeat(10)}b`, ['a / b']],
  ['and no more', 'a ... b', `a${'\n'.repeat(11)}b`, []],
  ['as often as they stand there', 'a ... ... b', `a${'\n'.repeat(20)}b`, ['a / b']],
  ['and no more often', 'a ... ... b', `a${'\n'.repeat(21)}b`, []],
  ['a span of 0 is the line', 'a ... b', 'a\nb a b', ['a b'], { generic_ellipsis_max_span: 0 }],
  ['counted from what matched last', 'a ... b ... c', `a${'\n'.repeat(9)}b${'\n'.repeat(9)}c`, ['a / b / c']],
  [
    'dots at the end take the rest of the line',
    'password = ...',
    'password = a b c\nnext',
    ['password = a b c'],
    { generic_ellipsis_max_span: 0 },
  ],
  ['or of the lines in reach', 'password = ...', 'password = a\nb', ['password = a / b']],
  ['dots at the start take nothing', '... b', 'a b', ['b']],
  [
    'dots are words of a metavariable',
    'f($...ARGS)',
    'f(a, b) f() f((c))',
    ['f(a, b) | $...ARGS=a, b', 'f() | $...ARGS=', 'f((c)) | $...ARGS=(c)'],
  ],
  [
    'the same name, the same run',
    'f($...A) g($...A)',
    'f(a,b) g(a, c) f(a,b) g(a, b)',
    ['f(a,b) g(a, b) | $...A=a,b'],
  ],
  ['dots between braces stay between them', 'f(...) x', 'f(a) b) x', []],
  ['pairs of them are skipped', 'f(...) x', 'f(a(b)c) x', ['f(a(b)c) x']],
  ['over lines too', 'f(...)', 'f(a,\n  (b),\n  c)', ['f(a, / (b), / c)']],
  ['without dots the content is exact', 'f(a)', 'f(a, b) f(a)', ['f(a)']],
  ['an unmatched brace is a sign', 'a ) b', 'a ) b', ['a ) b']],
  ['a match begun within braces ends there', 'a ... b', 'f(a) b', []],
  ['a match begun outside may end within', 'f ... b', 'f(a, b)', ['f(a, b']],
  ['braces may be named', 'x <a ... b> y', 'x <a > b> y', [], { generic_extra_braces: [['<', '>']] }],
  ['a smiley disturbs nothing', 'f(...) x', ':) f(a) x', ['f(a) x']],
  ['quotes are signs', 'key = "..."', 'key = "a b" "', ['key = "a b"']],
  ['overlapping matches count once', 'a ... b', 'a a b b', ['a a b']],
  ['characters of any script', 'größe = $X', 'größe = 😀 größe = naïve', ['größe = naïve | $X=naïve']],
  ['signs beyond words', '😀 $X', '😀 x', ['😀 x | $X=x']],
  ['comments of C', 'a b', 'a /* b\n c */ b // a b', ['a /* b / c */ b'], { generic_comment_style: 'cpp' }],
  ['comments of C alone', 'a b', '// a b', ['a b'], { generic_comment_style: 'c' }],
  ['comments of shells', 'a b', 'a # b\nb a#b b', ['a # b / b'], { generic_comment_style: 'shell' }],
  ['no comments unless asked', 'a b', '# a b', ['a b']],
  ['an unfinished comment', 'a', 'b /* a', [], { generic_comment_style: 'c' }],

  [
    'indentation of the pattern is one of the text',
    'server {\n  ...\n  listen $P ...;\n  ...\n}',
    NGINX,
    [
      'server { / listen 80; / server_name a.example; / location / { / proxy_pass http://backend; / } / } | $P=80',
      'server { / listen 443 ssl; / ssl_protocols TLSv1 TLSv1.2; / } | $P=443',
    ],
  ],
  [
    'sections are not merged',
    '[system]\n  ...\n  name = ...',
    '[system]\n  max = 2\n[user]\n  name = x\n',
    [],
  ],
  [
    'but found',
    '[system]\n  ...\n  name = ...',
    '[system]\n  max = 2\n  name = x\n[user]\n',
    ['[system] / max = 2 / name = x'],
  ],
  [
    'without indentation they are merged',
    '[system]\n...\nname =',
    '[system]\n  max = 2\n[user]\n  name = x\n',
    ['[system] / max = 2 / [user] / name ='],
  ],
  [
    // Dots go into the blocks within a block.
    'a block of YAML',
    '$SERVICE:\n  ...\n  privileged: true',
    YAML,
    [
      'services: / web: / image: nginx / privileged: true | $SERVICE=services',
      'other: / privileged: true | $SERVICE=other',
    ],
  ],
  [
    'dots do not leave the block they begin in',
    'image: ... privileged: true',
    YAML,
    ['image: nginx / privileged: true'],
  ],
  [
    'blocks within blocks',
    'services:\n  ...\n  $S:\n    ...\n    ports: ...',
    YAML,
    ['services: / web: / image: nginx / privileged: true / ports: / - 80 | $S=web'],
  ],
  ['a block must follow if the pattern has one', 'db:\n  image: $X', 'db:\nimage: a\n', []],
  ['a block that goes on is no match when more follows', 'a:\n  b\nc', 'a:\n  b\n  x\nc\n', []],
  ['one that ends is', 'a:\n  b\nc', 'a:\n    b\nc\n', ['a: / b / c']],
  ['tabs indent', 'a:\n  b\nc', 'a:\n\tb\nc\n', ['a: / b / c']],
  ['as does the whole pattern', '  a:\n    b', 'a:\n  b\n', ['a: / b']],

  [
    'a Dockerfile',
    'RUN ... curl ... | sh',
    DOCKERFILE,
    ['RUN apk add curl \\ / && curl http://x.example/i.sh | sh'],
  ],
  ['its image', 'FROM $IMAGE:latest', DOCKERFILE, ['FROM alpine:latest | $IMAGE=alpine']],
  ['its user', 'USER $U', DOCKERFILE, ['USER root | $U=root'], { generic_comment_style: 'shell' }],
  ['tags of HTML', '<a ... target="_blank" ...>', HTML, ['<a href="http://x.example" target="_blank">']],
  ['over lines of a tag', '<script ... async ...>', HTML, ['<script src="a.js" / async>']],
  ['properties', 'db.password=$VALUE', PROPERTIES, ['db.password=secret | $VALUE=secret']],
  [
    'properties to the end of the line',
    'db.url = $...URL',
    PROPERTIES,
    ['db.url = jdbc:x | $...URL=jdbc:x'],
    { generic_ellipsis_max_span: 0 },
  ],
  ['carriage returns are white space', 'a b\nc', 'a b\r\nc\r\n', ['a b / c']],
  ['an empty text', 'a', '', []],
];

const alien: Partial<RuleOptions> = { generic_engine: 'aliengrep' };
const alienLine: Partial<RuleOptions> = { ...alien, generic_multiline: false };
const ALIENGREP: readonly [
  what: string,
  pattern: string,
  text: string,
  matches: readonly string[],
  options: Partial<RuleOptions>,
][] = [
  ['dots stop at the end of what is around them', 'a ... b', 'f(a) b', [], alien],
  ['and take pairs as a whole', 'f ... b', 'f (b) b', ['f (b) b'], alien],
  ['over any number of lines', 'a ... b', `a${'\n'.repeat(30)}b`, ['a / b'], alien],
  ['or within the line', 'a ... b', 'a\nb a x b', ['a x b'], alienLine],
  ['four dots go over lines', 'a .... b', 'a\nx\nb', ['a / x / b'], alienLine],
  ['as do the longer metavariables', 'a $....X b', 'a\nx\nb', ['a / x / b | $...X=x'], alienLine],
  ['runs stay in the line', 'a $...X b', 'a\nb a 1 2 b', ['a 1 2 b | $...X=1 2'], alienLine],
  ['a line of the pattern is a line of the text', 'a b\nc', 'a b c\na b\nc', ['a b / c'], alienLine],
  ['words of a line stand on a line', 'a b', 'a\nb a b', ['a b'], alienLine],
  ['dots at the end take the line', 'key: ...', 'key: a b\nc', ['key: a b'], alienLine],
  ['indentation does not count', 'a:\n  b', 'a:\nb', ['a: / b'], alien],
  ['braces can be chosen', 'x ... y', 'x <y> y', ['x <y> y'], { ...alien, generic_braces: [['<', '>']] }],
  ['case need not count', 'A ... B', 'a b', ['a b'], { ...alien, generic_caseless: true }],
];

describe('a pattern for any text', () => {
  for (const [what, pattern, text, matches, options] of SPACEGREP) {
    it(`${what}: ${pattern.replaceAll('\n', '⏎')}`, () =>
      assert.deepEqual(found(pattern, text, options), matches));
  }

  it('must have a word or a sign', () => {
    for (const pattern of ['', '...', '  \n', '... ...', '$...X']) {
      const compiled = compileGeneric(pattern, DEFAULT_OPTIONS);
      assert.match('error' in compiled ? compiled.error : 'accepted', /matches any text/);
    }
    const compiled = compileGeneric('a '.repeat(2_000), DEFAULT_OPTIONS);
    assert.match('error' in compiled ? compiled.error : 'accepted', /more than/);
  });

  it('names the words that every match contains', () => {
    const compiled = compileGeneric('set $X "..." password ...', DEFAULT_OPTIONS);
    assert.ok('pattern' in compiled);
    assert.deepEqual(compiled.pattern.required, ['password', 'set', '"']);
  });

  it('reads a text alike under options that say the same of it', () => {
    assert.equal(
      genericTextKey(DEFAULT_OPTIONS),
      genericTextKey({ ...DEFAULT_OPTIONS, generic_ellipsis_max_span: 3 }),
    );
    assert.notEqual(
      genericTextKey(DEFAULT_OPTIONS),
      genericTextKey({ ...DEFAULT_OPTIONS, generic_caseless: true }),
    );
  });

  it('finds any piece of a line of words, layout aside', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'key', '=', ':', '"', '-', 'ü', '1'), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(words, words, fc.constantFrom(' ', '  ', '\t', '\n'), (before, piece, blank) => {
        const text = [...before, ...piece, ...before].join(blank);
        const all = DEFAULT_OPTIONS;
        const compiled = compileGeneric(piece.join(' '), all);
        assert.ok('pattern' in compiled);
        const hits = searchGeneric(genericText(text, all), compiled.pattern, () => undefined);
        assert.ok(hits.length > 0);
        for (const { start, end } of hits) assert.deepEqual(text.slice(start, end).split(/\s+/), piece);
      }),
    );
  });

  it('neither throws nor goes on without counting, whatever is typed', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '...',
      '....',
      '$X',
      '$...X',
      '$_',
      '(',
      ')',
      '{',
      '}',
      '"',
      '\n',
      '\n  ',
      '\n    ',
      ' ',
      '<',
      'é',
      '😀',
    );
    const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' '));
    const options = fc.constantFrom<Partial<RuleOptions>>(
      {},
      alien,
      alienLine,
      { generic_ellipsis_max_span: 0 },
      { generic_comment_style: 'shell' },
    );
    class Spent extends Error {}
    fc.assert(
      fc.property(texts, texts, options, (pattern, text, some) => {
        const all = { ...DEFAULT_OPTIONS, ...some };
        const compiled = compileGeneric(pattern, all);
        if ('error' in compiled) return;
        let steps = 0;
        try {
          const hits = searchGeneric(genericText(text, all), compiled.pattern, () => {
            if (++steps > 20_000) throw new Spent();
          });
          let last = 0;
          for (const { start, end, bindings } of hits) {
            assert.ok(start >= last && end > start && end <= text.length);
            last = end;
            for (const bound of bindings)
              assert.ok(bound.start >= 0 && bound.start <= bound.end && bound.end <= text.length);
          }
        } catch (error) {
          assert.ok(error instanceof Spent, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is quick on a long text', () => {
    const text = NGINX.repeat(3_000);
    const started = performance.now();
    const read = genericText(text, DEFAULT_OPTIONS);
    const compiled = compileGeneric('ssl_protocols ... TLSv1 ...;', DEFAULT_OPTIONS);
    assert.ok('pattern' in compiled);
    assert.equal(searchGeneric(read, compiled.pattern, () => undefined).length, 3_000);
    assert.ok(performance.now() - started < 3_000);
  });

  it('is stopped by whoever counts its steps', () => {
    const compiled = compileGeneric('... $A ... $B ... $C ... $D ... nothing', {
      ...DEFAULT_OPTIONS,
      ...alien,
    });
    assert.ok('pattern' in compiled);
    const read = genericText('a b c d e '.repeat(1_000), { ...DEFAULT_OPTIONS, ...alien });
    const { pattern } = compiled;
    let steps = 0;
    assert.throws(() => {
      searchGeneric(read, pattern, () => {
        if (++steps > 100_000) throw new Error('spent');
      });
    }, /spent/);
  });
});

describe('a pattern for any text, with the other engine', () => {
  for (const [what, pattern, text, matches, options] of ALIENGREP) {
    it(`${what}: ${pattern.replaceAll('\n', '⏎')}`, () =>
      assert.deepEqual(found(pattern, text, options), matches));
  }
});
