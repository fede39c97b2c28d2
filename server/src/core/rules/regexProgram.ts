import { RegexRefused } from './regexRefused.ts';
import { onlyCharacter, setTest, type SetTest } from './regexSet.ts';
import { partsOf, someNode, widthOf, type RegexAssertion, type RegexNode, type RegexRepeat, type RegexTree } from './regexTree.ts';

/**
 * Steps of the backtracking matcher. `next`, `other`, `body` and `exit` are indices of instructions; where none is named, the
 * one behind follows. `memo` numbers the places where failures are remembered.
 */
export type Instruction =
  | { readonly op: 'text'; readonly text: string }
  | { readonly op: 'set'; readonly test: SetTest }
  /** `test` as often as it goes, between `min` and `max` times. */
  | {
      readonly op: 'loop';
      readonly test: SetTest;
      readonly min: number;
      readonly max: number;
      readonly mode: RegexRepeat['mode'];
      readonly memo: number;
    }
  /** Tries the one behind, then `other`. */
  | { readonly op: 'split'; other: number; readonly memo: number }
  /** Tries `other`, then the one behind. */
  | { readonly op: 'split-lazy'; other: number; readonly memo: number }
  | { readonly op: 'jump'; next: number }
  /** Register <- position. */
  | { readonly op: 'save'; readonly register: number }
  /** Leaves a loop whose round was empty. */
  | { readonly op: 'leave-if-empty'; readonly register: number; exit: number }
  | { readonly op: 'assert'; readonly what: RegexAssertion }
  | { readonly op: 'back'; readonly to: readonly number[]; readonly ignoreCase: boolean }
  /** Runs the instructions behind up to their `end`, as one step; goes on at `exit`. */
  | { readonly op: 'atomic'; exit: number; readonly groups: readonly number[] }
  | {
      readonly op: 'look';
      readonly negative: boolean;
      exit: number;
      readonly groups: readonly number[];
      /** For looking back: how many code points before; undefined for looking ahead. */
      readonly behind: { readonly min: number; readonly max: number } | undefined;
      /** Two places: fails, holds. */
      readonly memo: number;
    }
  | { readonly op: 'keep' }
  | { readonly op: 'end' };

export interface Program {
  readonly instructions: readonly Instruction[];
  /** Captures use `2 * group` and the one behind; group 0 is the whole match. */
  readonly registers: number;
  readonly memos: number;
  /** Failures may be remembered: they depend on instruction and position alone. */
  readonly canRemember: boolean;
}

/** Instructions; counted repetitions are written out. */
const MAX_PROGRAM = 30_000;
/** Code points that one may look back. */
const MAX_BEHIND = 1000;

/** @throws RegexRefused when it is too large, or looks back without bounds */
export function compileProgram({ root, groups }: RegexTree): Program {
  const compiler = new Compiler(2 * (groups + 1));
  compiler.add(root);
  compiler.emit({ op: 'end' });
  const { instructions, registers, memos } = compiler;
  return { instructions, registers, memos, canRemember: !someNode(root, dependsOnMore) };
}

/** Whether an outcome depends on more than instruction and position. */
function dependsOnMore(node: RegexNode): boolean {
  return node.is === 'back' || (node.is === 'assert' && node.what === 'search-start');
}

class Compiler {
  readonly instructions: Instruction[] = [];
  registers: number;
  memos = 0;

  constructor(registers: number) {
    this.registers = registers;
  }

  emit<T extends Instruction>(instruction: T): T {
    if (this.instructions.length >= MAX_PROGRAM) throw new RegexRefused('it is too large, with its counted repetitions written out');
    this.instructions.push(instruction);
    return instruction;
  }

  add(node: RegexNode): void {
    switch (node.is) {
      case 'set':
        this.#set(node);
        return;
      case 'sequence':
        this.#sequence(node.of);
        return;
      case 'choice':
        this.#choice(node.of);
        return;
      case 'repeat':
        this.#repeat(node);
        return;
      case 'group':
        this.emit({ op: 'save', register: 2 * node.index });
        this.add(node.of);
        this.emit({ op: 'save', register: 2 * node.index + 1 });
        return;
      case 'atomic':
        this.#atomic(node.of);
        return;
      case 'look':
        this.#look(node);
        return;
      case 'back':
        this.emit({ op: 'back', to: node.to, ignoreCase: node.ignoreCase });
        return;
      case 'assert':
        this.emit({ op: 'assert', what: node.what });
        return;
      case 'keep':
        this.emit({ op: 'keep' });
        return;
    }
  }

  #set(node: Extract<RegexNode, { is: 'set' }>): void {
    const character = onlyCharacter(node.set);
    if (character === undefined) this.emit({ op: 'set', test: setTest(node.set) });
    else this.emit({ op: 'text', text: String.fromCodePoint(character) });
  }

  #sequence(parts: readonly RegexNode[]): void {
    let text = '';
    const flush = (): void => {
      if (text !== '') this.emit({ op: 'text', text });
      text = '';
    };
    for (const part of parts) {
      const character = part.is === 'set' ? onlyCharacter(part.set) : undefined;
      if (character !== undefined) text += String.fromCodePoint(character);
      else {
        flush();
        this.add(part);
      }
    }
    flush();
  }

  #choice(alternatives: readonly RegexNode[]): void {
    const jumps: { next: number }[] = [];
    for (const [index, alternative] of alternatives.entries()) {
      const last = index === alternatives.length - 1;
      const split = last ? undefined : this.emit({ op: 'split', other: 0, memo: this.memos++ });
      this.add(alternative);
      if (split === undefined) continue;
      jumps.push(this.emit({ op: 'jump', next: 0 }));
      split.other = this.instructions.length;
    }
    for (const jump of jumps) jump.next = this.instructions.length;
  }

  #repeat({ of, min, max, mode }: RegexRepeat): void {
    if (max === 0) return;
    if (of.is === 'set') {
      this.emit({ op: 'loop', test: setTest(of.set), min, max, mode, memo: this.memos++ });
      return;
    }
    if (mode === 'possessive') {
      this.#atomic({ is: 'repeat', of, min, max, mode: 'greedy' });
      return;
    }
    for (let count = 0; count < min; count++) this.add(of);
    const op = mode === 'lazy' ? 'split-lazy' : 'split';
    if (max !== Infinity) {
      const splits = Array.from({ length: max - min }, () => {
        const split = this.emit({ op, other: 0, memo: this.memos++ });
        this.add(of);
        return split;
      });
      for (const split of splits) split.other = this.instructions.length;
      return;
    }
    const start = this.instructions.length;
    const split = this.emit({ op, other: 0, memo: this.memos++ });
    const mayBeEmpty = widthOf(of).min === 0;
    const register = mayBeEmpty ? this.registers++ : 0;
    if (mayBeEmpty) this.emit({ op: 'save', register });
    this.add(of);
    const leave = mayBeEmpty ? this.emit({ op: 'leave-if-empty', register, exit: 0 }) : undefined;
    this.emit({ op: 'jump', next: start });
    split.other = this.instructions.length;
    if (leave !== undefined) leave.exit = this.instructions.length;
  }

  #atomic(of: RegexNode): void {
    const atomic = this.emit({ op: 'atomic', exit: 0, groups: groupsOf(of) });
    this.add(of);
    this.emit({ op: 'end' });
    atomic.exit = this.instructions.length;
  }

  #look({ ahead, negative, of }: Extract<RegexNode, { is: 'look' }>): void {
    if (someNode(of, (node) => node.is === 'keep')) throw new RegexRefused('`\\K` stands in a look-around');
    const behind = ahead ? undefined : widthOf(of);
    if (behind !== undefined && behind.max > MAX_BEHIND) {
      throw new RegexRefused(`a look-behind must have a greatest length, of at most ${MAX_BEHIND} characters`);
    }
    const memo = this.memos;
    this.memos += 2;
    const look = this.emit({ op: 'look', negative, exit: 0, groups: groupsOf(of), behind, memo });
    this.add(of);
    this.emit({ op: 'end' });
    look.exit = this.instructions.length;
  }
}

/** Captures within a node. */
function groupsOf(node: RegexNode): readonly number[] {
  const inner = partsOf(node).flatMap(groupsOf);
  return node.is === 'group' ? [node.index, ...inner] : inner;
}
