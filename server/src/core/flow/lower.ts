import type { Node } from '../ast/node.ts';
import { fallsThrough } from '../ast/cases.ts';
import type { Ast } from '../ast/readAst.ts';
import {
  CHOICES,
  CONTROL,
  controlIn,
  deferredIn,
  endsProgram,
  endsWithFallthrough,
  isBoundary,
  isForever,
  labelOf,
  namedResults,
} from './constructs.ts';
import { orderOf, type Block, type Cfg } from './cfg.ts';
import { GraphBuilder } from './graphBuilder.ts';
import { frameOf, frameToLeave, type Destination, type Frame } from './lowerFrame.ts';

/** Builds the control-flow graph of a function's body, or of a file. Jumps to unknown places go nowhere. */
export function lower(ast: Ast, body: Node, isFile: boolean): Cfg {
  return new Lowering(ast, isFile ? ast.root : (body.parent ?? body)).run(body, isFile);
}

class Lowering {
  readonly #graph = new GraphBuilder();
  readonly #held = new Set<number>();
  readonly #hasControl: (node: Node) => boolean;
  readonly #enders: RegExp;
  readonly #tailReturns: boolean;
  readonly #caseFalls: boolean;
  readonly #labels = new Map<string, Block>();
  #callable: Node | undefined;
  #frames: Frame[] = [];

  constructor(ast: Ast, whole: Node) {
    this.#hasControl = controlIn(ast, whole);
    this.#enders = new RegExp(ast.grammar.definition.profile.endsProgram ?? '(?!)'); // Or nothing.
    this.#tailReturns = ast.grammar.definition.profile.tailReturns === true;
    this.#caseFalls = ast.grammar.definition.profile.caseFalls === true;
  }

  run(body: Node, isFile: boolean): Cfg {
    const entry = this.#graph.current.id;
    this.#callable = body.parent;
    // C++: what a constructor writes before its body.
    this.#evaluateAll((body.parent?.parts('attributes') ?? []).filter(({ kind }) => kind === 'assign'));
    const destination = this.#tailReturns && !isFile ? 'result' : undefined;
    if (isFile || body.kind === 'block') this.#statements(body.parts('statements'), destination);
    else if (body.kind === 'class') this.#statement(body, undefined);
    else {
      this.#value(body);
      this.#graph.emit({ op: 'result', node: body, value: body });
    }
    this.#graph.goto(this.#graph.exit);
    this.#runDeferred(deferredIn(body));
    const { blocks, exit } = this.#graph;
    return { blocks, entry, exit: exit.id, held: this.#held, order: orderOf(blocks, entry) };
  }

  /** What is deferred runs in the end, whichever way that is reached. */
  #runDeferred(deferred: readonly Node[]): void {
    if (deferred.length === 0) return;
    this.#graph.current = this.#graph.exit;
    for (const node of deferred) this.#graph.emit({ op: 'evaluate', node });
    this.#graph.exit = this.#graph.begin();
  }

  #statements(nodes: readonly Node[], destination: Destination): void {
    nodes.forEach((node, index) => {
      this.#statement(node, index === nodes.length - 1 ? destination : undefined);
    });
  }

  #body(node: Node | undefined, destination: Destination): void {
    if (node === undefined) return;
    if (node.kind === 'block') this.#statements(node.parts('statements'), destination);
    else this.#statement(node, destination);
  }

  /** Evaluates an expression after the constructs inside it. */
  #evaluate(node: Node | undefined): void {
    if (node === undefined) return;
    this.#value(node);
    this.#graph.emit({ op: 'evaluate', node });
  }

  /** Runs the constructs inside an expression ahead of it; their values wait in slots. */
  #value(node: Node): void {
    if (!this.#hasControl(node)) return;
    if (CONTROL.has(node.kind)) {
      this.#held.add(node.index);
      this.#statement(node, { slot: node.index });
      return;
    }
    if (node.kind === 'conditional') {
      this.#held.add(node.index);
      this.#evaluate(node.part('condition'));
      this.#branches([node.part('then'), node.part('else')], { slot: node.index });
      return;
    }
    if (node.kind === 'binary' && CHOICES.has(node.part('operator')?.text ?? '')) {
      const left = node.part('left');
      this.#held.add(node.index);
      if (left !== undefined) this.#into(left, { slot: node.index });
      this.#branches([node.part('right'), undefined], { slot: node.index });
      return;
    }
    for (const child of node.children) if (!isBoundary(child)) this.#value(child);
  }

  /** An expression whose value goes somewhere. */
  #into(node: Node, destination: Destination): void {
    this.#value(node);
    this.#deliver(node, destination);
  }

  #deliver(node: Node, destination: Destination): void {
    if (destination === undefined) this.#graph.emit({ op: 'evaluate', node });
    else if (destination === 'result') this.#graph.emit({ op: 'result', node, value: node });
    else this.#graph.emit({ op: 'hold', slot: destination.slot, value: node });
  }

  /** Alternative parts, each from here; undefined is the way around. */
  #branches(parts: readonly (Node | undefined)[], destination: Destination, condition?: Node): void {
    const from = this.#graph.current;
    const after = this.#graph.block();
    const begins: number[] = [];
    for (const part of parts) {
      if (part === undefined) {
        this.#graph.edge(from, after);
        begins.push(after.id);
        continue;
      }
      this.#graph.cut();
      this.#graph.edge(from, this.#graph.current);
      begins.push(this.#graph.current.id);
      this.#body(part, destination);
      this.#graph.goto(after);
    }
    const [yes, no] = begins;
    if (condition !== undefined && yes !== undefined && no !== undefined)
      from.branch = { is: 'condition', condition, yes, no };
    this.#graph.current = after;
  }

  #statement(node: Node, destination: Destination): void {
    switch (node.kind) {
      case 'block':
      case 'file':
        // Behind a macro that is not seen, a block that belongs to no statement may be the body of a loop.
        if (node.parent?.kind === 'block') this.#leavable(node, destination, { kind: 'bare' });
        else this.#statements(node.parts('statements'), destination);
        break;
      case 'namespace':
        this.#statements(node.parts('statements'), undefined);
        break;
      case 'expressionStatement': {
        const expression = node.part('expression');
        if (expression !== undefined && CONTROL.has(expression.kind))
          this.#statement(expression, destination);
        else if (expression !== undefined && typeof destination === 'object') {
          this.#into(expression, destination);
        } else {
          this.#value(node.part('expression') ?? node);
          this.#graph.emit({ op: 'evaluate', node });
          if (expression !== undefined && endsProgram(expression, this.#enders)) this.#graph.cut();
        }
        break;
      }
      case 'class':
        this.#evaluateAll(node.parts('attributes'));
        this.#evaluateAll(node.parts('arguments'));
        this.#statements(node.parts('members'), undefined);
        break;
      case 'if':
        this.#evaluate(node.part('initialiser'));
        this.#evaluate(node.part('condition'));
        this.#branches([node.part('then'), node.part('else')], destination, node.part('condition'));
        break;
      case 'while':
      case 'for':
      case 'doWhile':
      case 'forEach':
        this.#loop(node, destination);
        break;
      case 'switch':
        this.#switch(node, destination);
        break;
      case 'try':
        this.#try(node, destination);
        break;
      case 'with':
        this.#evaluateAll(node.parts('resources'));
        this.#body(node.part('body'), destination);
        break;
      case 'return':
      case 'throw':
      case 'break':
      case 'continue':
      case 'goto':
        this.#jumpAway(node);
        return;
      case 'labeled':
        this.#labeled(node, destination);
        break;
      default:
        this.#into(node, destination);
        return;
    }
    this.#graph.emit({ op: 'leave', node });
  }

  #evaluateAll(nodes: readonly Node[]): void {
    for (const node of nodes) this.#evaluate(node);
  }

  /** What follows runs only where the guards hold. */
  #guard(of: Node): void {
    for (const node of of.parts('guard')) {
      this.#value(node);
      this.#graph.emit({ op: 'evaluate', node, holds: true });
    }
  }

  #push(frame: Partial<Frame> & Pick<Frame, 'kind'>): void {
    this.#frames.push(frameOf(frame, this.#graph.handlers));
  }

  #loop(node: Node, destination: Destination): void {
    const labels = this.#takeLabels(node);
    const each = node.kind === 'forEach';
    this.#evaluateEach(node);
    const head = this.#graph.begin();
    const [after, update] = [this.#graph.block(), this.#graph.block()];
    const target = node.part('target');
    if (node.kind === 'while' || node.kind === 'for') this.#evaluate(node.part('condition'));
    const tested = this.#graph.current;
    const condition = node.part('condition');
    const body = this.#graph.begin().id;
    if (each && target !== undefined) {
      this.#graph.emit({ op: 'bind', target, value: node.part('iterable'), element: true });
    }
    if (each) this.#guard(node);
    this.#push({ kind: 'loop', labels, breakTo: after, continueTo: update, destination });
    this.#body(node.part('body'), undefined);
    this.#frames.pop();
    this.#graph.begin(update);
    if (node.kind === 'doWhile') {
      this.#evaluate(condition);
      this.#graph.edge(this.#graph.current, after);
      if (condition !== undefined)
        this.#graph.current.branch = { is: 'condition', condition, yes: head.id, no: after.id };
    }
    this.#evaluateAll(node.parts('update'));
    this.#graph.goto(head);
    if (node.kind !== 'doWhile' && !isForever(node)) {
      this.#graph.cut();
      this.#graph.edge(tested, this.#graph.current);
      if (condition !== undefined && !each)
        tested.branch = { is: 'condition', condition, yes: body, no: this.#graph.current.id };
      this.#body(node.part('else'), undefined);
      this.#graph.goto(after);
    }
    this.#graph.current = after;
  }

  #evaluateEach(node: Node): void {
    if (node.kind === 'for') this.#evaluateAll(node.parts('initialiser'));
    const iterable = node.kind === 'forEach' ? node.part('iterable') : undefined;
    if (iterable === undefined) return;
    this.#held.add(iterable.index);
    // Evaluated once, before the loop; its value waits in its slot.
    if (this.#hasControl(iterable)) this.#statementInto(iterable);
    else this.#graph.emit({ op: 'hold', slot: iterable.index, value: iterable });
  }

  #statementInto(node: Node): void {
    this.#value(node);
    if (!CONTROL.has(node.kind) && (node.kind !== 'conditional' || !this.#hasControl(node)))
      this.#graph.emit({ op: 'hold', slot: node.index, value: node });
  }

  #switch(node: Node, destination: Destination): void {
    this.#evaluate(node.part('initialiser'));
    const value = node.part('value');
    if (value !== undefined) {
      this.#statementInto(value);
      this.#held.add(value.index);
    }
    const labels = this.#takeLabels(node);
    const head = this.#graph.current;
    const after = this.#graph.block();
    const cases = node.parts('cases');
    const falls = this.#caseFalls || fallsThrough(cases);
    const ways: { patterns: readonly Node[]; block: number }[] = [];
    this.#push({ kind: 'switch', labels, breakTo: after });
    let before: Block | undefined;
    let complete = false;
    for (const each of cases) {
      const patterns = each.parts('patterns');
      const entry = this.#graph.block();
      this.#graph.edge(head, entry);
      ways.push({ patterns, block: entry.id });
      this.#graph.current = entry;
      for (const pattern of patterns) {
        this.#value(pattern);
        this.#graph.emit({ op: 'bind', target: pattern, value, element: false });
      }
      this.#guard(each);
      if (patterns.length === 0 && each.part('guard') === undefined) complete = true;
      const start = this.#graph.begin();
      if (before !== undefined) this.#graph.edge(before, start);
      if (each.kind === 'case') this.#body(each.part('body'), destination);
      else this.#into(each, destination);
      before = undefined;
      if (falls || endsWithFallthrough(each)) before = this.#graph.current;
      else this.#graph.goto(after);
      this.#graph.emit({ op: 'leave', node: each });
    }
    if (before !== undefined) this.#graph.edge(before, after);
    if (!complete) this.#graph.edge(head, after);
    if (value !== undefined) {
      const otherwise = ways.find(({ patterns }) => patterns.length === 0)?.block ?? after.id;
      head.branch = { is: 'switch', value, cases: ways, otherwise };
    }
    this.#frames.pop();
    this.#graph.current = after;
  }

  #try(node: Node, destination: Destination): void {
    const outer = this.#graph.handlers;
    const last = node.part('finally');
    const catches = node.parts('catches');
    const after = this.#graph.block();
    if (last !== undefined) this.#push({ kind: 'finally', finally: last });
    const frame = this.#frames.at(-1);
    if (last !== undefined && frame !== undefined) {
      this.#graph.handlers = [this.#copyOf(frame, this.#frames.length - 1, undefined).id];
    }
    const inCatches = this.#graph.handlers;
    const entries = catches.map(() => this.#graph.block());
    if (entries.length > 0) this.#graph.handlers = [...entries.map(({ id }) => id), ...inCatches];
    this.#graph.begin();
    this.#evaluateAll(node.parts('resources'));
    this.#body(node.part('body'), destination);
    this.#graph.handlers = inCatches;
    this.#graph.begin();
    this.#body(node.part('else'), destination);
    const ends = [this.#graph.current];
    catches.forEach((each, index) => {
      const entry = entries[index];
      if (entry === undefined) return;
      this.#graph.current = entry;
      const parameter = each.part('parameter');
      if (parameter !== undefined) this.#graph.emit({ op: 'caught', target: parameter });
      this.#guard(each);
      this.#body(each.kind === 'catch' ? each.part('body') : each, destination);
      this.#graph.emit({ op: 'leave', node: each });
      ends.push(this.#graph.current);
    });
    this.#graph.handlers = outer;
    if (last !== undefined) this.#frames.pop();
    this.#graph.cut();
    for (const end of ends) this.#graph.edge(end, this.#graph.current);
    if (last !== undefined) this.#body(last, undefined);
    this.#graph.begin(after);
  }

  /** The copy of a `finally` body after which `to` runs; without one the exception goes on its way. */
  #copyOf(frame: Frame, depth: number, to: Block | undefined): Block {
    const known = frame.copies.get(to?.id ?? -1);
    if (known !== undefined) return known;
    const saved = { current: this.#graph.current, frames: this.#frames, handlers: this.#graph.handlers };
    this.#frames = this.#frames.slice(0, depth);
    this.#graph.handlers = frame.handlers;
    const block = this.#graph.block();
    frame.copies.set(to?.id ?? -1, block);
    this.#graph.current = block;
    this.#body(frame.finally, undefined);
    if (to !== undefined) this.#graph.goto(to);
    this.#graph.current = saved.current;
    this.#frames = saved.frames;
    this.#graph.handlers = saved.handlers;
    return block;
  }

  /** Jumps out of all frames above `depth`, through their `finally` bodies. */
  #jump(to: Block, depth: number): void {
    let target = to;
    for (let index = depth; index < this.#frames.length; index++) {
      const frame = this.#frames[index];
      if (frame?.kind === 'finally') target = this.#copyOf(frame, index, target);
    }
    this.#graph.goto(target);
    this.#graph.cut();
  }

  #jumpAway(node: Node): void {
    const value = node.part('value');
    if (value !== undefined) this.#value(value);
    switch (node.kind) {
      case 'return':
        this.#graph.emit({ op: 'result', node, value: value ?? namedResults(this.#callable) });
        this.#jump(this.#graph.exit, 0);
        return;
      case 'throw':
        this.#graph.emit({ op: 'evaluate', node });
        this.#graph.cut();
        return;
      case 'goto':
        this.#graph.goto(this.#labelBlock(labelOf(node) ?? ''));
        this.#graph.cut();
        return;
      default:
        this.#breakOrContinue(node);
    }
  }

  #breakOrContinue(node: Node): void {
    const left = frameToLeave(this.#frames, node.kind, labelOf(node));
    if (left === undefined) return;
    for (const value of node.parts('value')) this.#deliver(value, left.frame.destination);
    this.#jump(left.to, left.index + 1);
  }

  #labelBlock(label: string): Block {
    const block = this.#labels.get(label) ?? this.#graph.block();
    this.#labels.set(label, block);
    return block;
  }

  #labeled(node: Node, destination: Destination): void {
    const label = labelOf(node) ?? '';
    this.#graph.begin(this.#labelBlock(label));
    const labels = [...this.#takeLabels(node), label];
    this.#pendingLabels = { for: node.parts('statements')[0], labels };
    this.#leavable(node, destination, { kind: 'label', labels: [label] });
  }

  /** Statements of which a jump leads to what stands behind them. */
  #leavable(node: Node, destination: Destination, frame: Parameters<typeof frameOf>[0]): void {
    const after = this.#graph.block();
    this.#push({ ...frame, breakTo: after });
    this.#statements(node.parts('statements'), destination);
    this.#frames.pop();
    this.#graph.begin(after);
  }

  #pendingLabels: { readonly for: Node | undefined; readonly labels: readonly string[] } | undefined;

  /** Labels written right before a loop or `switch`. */
  #takeLabels(node: Node): readonly string[] {
    const pending = this.#pendingLabels;
    this.#pendingLabels = undefined;
    return pending?.for === node ? pending.labels : [];
  }
}
