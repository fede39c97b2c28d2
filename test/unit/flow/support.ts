import assert from 'node:assert/strict';

import type { Node } from '../../../server/src/core/ast/node.ts';
import type { Ast } from '../../../server/src/core/ast/readAst.ts';
import { findTaint, type TaintFinding } from '../../../server/src/core/flow/findTaint.ts';
import type { PropagatorMatch, SinkMatch } from '../../../server/src/core/flow/taint.ts';
import { namesOf } from '../../../server/src/core/resolve/names.ts';
import { DEFAULT_OPTIONS, type RuleOptions } from '../../../server/src/core/rules/options.ts';
import type { LabelExpression, TaintSink, TaintSource } from '../../../server/src/core/rules/formula.ts';
import { astOf } from '../../support/ast.ts';

const at = { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } };
const formula = { op: 'any', of: [], at } as const;

export interface Setting {
  readonly options?: Partial<RuleOptions>;
  /** Changes the entry for `source`. */
  readonly source?: Partial<TaintSource>;
  readonly sink?: Partial<TaintSink>;
  /** What `sink` requires of the labels; `source` gives `A`, `other` gives `B`. */
  readonly requires?: LabelExpression;
}

const SOURCE: TaintSource = { formula, label: 'A', bySideEffect: false, exact: true, control: false };

/**
 * Runs a rule by names: `source()`, `other()` and parameters named `tainted` are sources, `taint(x)` taints x; the arguments
 * of `sink(...)` are sinks; `clean(...)` cleans its value, `check(x)` the variable; `copy(to, from)` is a propagator.
 */
export async function taintIn(
  language: string,
  code: string,
  setting: Setting = {},
): Promise<readonly TaintFinding<string>[]> {
  const ast = await astOf(language, code);
  return findTaint(inputOf(ast, setting));
}

export function inputOf(ast: Ast, setting: Setting): Parameters<typeof findTaint<string>>[0] {
  const { nodes } = ast;
  const calls = (name: string): Node[] =>
    nodes.filter((node) => node.kind === 'call' && calleeName(node) === name);
  const first = (name: string): Node[] => calls(name).flatMap((node) => node.parts('arguments').slice(0, 1));
  const place = ({ start, end }: Node): { start: number; end: number } => ({ start, end });
  const source = { ...SOURCE, ...setting.source };
  const parameters = nodes.filter(
    (node) => node.kind === 'identifier' && node.text === 'tainted' && around(node, 'parameter'),
  );
  const sink: TaintSink = {
    formula,
    atExit: false,
    exact: false,
    ...(setting.requires ? { requires: setting.requires } : {}),
    ...setting.sink,
  };
  const sinks = calls('sink').map((node): SinkMatch<string> => ({
    spec: sink,
    index: 0,
    bindings: undefined,
    ...place(node),
  }));
  const propagator = { formula, from: '$FROM', to: '$TO', bySideEffect: true };
  return {
    ast,
    names: namesOf(ast),
    options: { ...DEFAULT_OPTIONS, ...setting.options },
    sources: [
      ...[...calls('source'), ...parameters].map((node) => ({
        spec: source,
        index: 0,
        bindings: undefined,
        ...place(node),
      })),
      ...calls('other').map((node) => ({
        spec: { ...source, label: 'B' },
        index: 1,
        bindings: undefined,
        ...place(node),
      })),
      ...first('taint').map((node) => ({
        spec: { ...source, bySideEffect: true },
        index: 2,
        bindings: undefined,
        ...place(node),
      })),
    ],
    sinks,
    sanitizers: [
      ...calls('clean').map((node) => ({
        spec: { formula, bySideEffect: false, exact: false, notConflicting: false },
        index: 0,
        bindings: undefined,
        ...place(node),
      })),
      ...first('check').map((node) => ({
        spec: { formula, bySideEffect: true, exact: false, notConflicting: false },
        index: 1,
        bindings: undefined,
        ...place(node),
      })),
    ],
    propagators: calls('copy').flatMap((node): PropagatorMatch<string>[] => {
      const [to, from] = node.parts('arguments');
      if (to === undefined || from === undefined) return [];
      return [
        { spec: propagator, index: 0, bindings: undefined, ...place(node), from: place(from), to: place(to) },
      ];
    }),
    agree: () => true,
    spend: () => undefined,
  };
}

function calleeName(node: Node): string {
  const callee = node.part('callee');
  return (callee?.kind === 'member' ? callee.part('name')?.text : callee?.text) ?? '';
}

function around(node: Node, kind: string): boolean {
  return node.parent?.kind === kind && node.role !== 'type';
}

/** Lines that end with a comment `!` must have a finding, all others none. */
export async function check(language: string, code: string, setting: Setting = {}): Promise<void> {
  const found = await taintIn(language, code, setting);
  const lines = new Set(found.map(({ sink }) => code.slice(0, sink.start).split('\n').length));
  const expected = new Set<number>();
  code.split('\n').forEach((line, index) => {
    if (/(\/\/|#) !$/.test(line)) expected.add(index + 1);
  });
  const show = (set: ReadonlySet<number>): string[] =>
    [...set].sort((a, b) => a - b).map((line) => `${line}: ${code.split('\n')[line - 1]?.trim() ?? ''}`);
  assert.deepEqual(show(lines), show(expected));
}
