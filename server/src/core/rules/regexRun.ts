import type { Instruction, Program } from './regexProgram.ts';
import type { RegexAssertion } from './regexTree.ts';

/** Thrown by a run; becomes a `RegexLimit` where the expression is known. */
export class StepsSpent extends Error {}

/** Bits; beyond, failures are not remembered. */
const MAX_MEMORY = 2 ** 28;

/** Kinds of entries of the stack. Each entry has four numbers: its kind, and what is named here. */
const TRY = 0; // instruction, position
const RESTORE = 1; // register, value
const FAILED = 2; // memo, position
const FAILED_RUN = 3; // memo, first and last position
const SHORTER = 4; // instruction of a loop, shortest and present end
const LONGER = 5; // instruction of a loop, present end, rounds left

/**
 * A program at work on one text. Its stack is an array, so the text's length costs no calls; every step is counted.
 *
 * What was tried at an instruction and position, and failed, would fail again: once a search takes long that is remembered,
 * which makes most expressions linear in the text after all.
 */
export class RegexRun {
  readonly text: string;
  /** Where the last attempt began; `\\K` may move the start of its match. */
  startedAt = 0;
  readonly #instructions: readonly Instruction[];
  readonly #registers: Int32Array;
  readonly #stack: number[] = [];
  readonly #memos: number;
  #top = 0;
  #left: number;
  #from = 0;
  /** Looking back, where an outcome depends on more than instruction and position. */
  #behind = 0;
  #memory: Uint32Array | undefined;
  #rememberAt: number;

  constructor({ instructions, registers, memos, canRemember }: Program, text: string, steps: number, rememberAfter: number) {
    this.text = text;
    this.#instructions = instructions;
    this.#registers = new Int32Array(registers).fill(-1);
    this.#memos = memos;
    this.#left = steps;
    const fits = memos * (text.length + 1) <= MAX_MEMORY;
    this.#rememberAt = canRemember && fits ? steps - rememberAfter : -Infinity;
  }

  /** Counts steps taken outside. */
  spend(): void {
    if (--this.#left < 0) throw new StepsSpent();
  }

  /** @returns see `findFrom` */
  matchAt(at: number, from: number): Int32Array | undefined {
    this.#registers.fill(-1);
    this.#registers[0] = at;
    this.startedAt = at;
    this.#from = from;
    this.#top = 0;
    const end = this.#run(0, at, -1);
    if (end < 0) return undefined;
    this.#registers[1] = end;
    return this.#registers;
  }

  /**
   * Runs from an instruction to the `end` of its part.
   *
   * @param target where it must end; -1 for anywhere
   * @returns where it ended, or -1; the stack is as it was
   */
  #run(start: number, at: number, target: number): number {
    const base = this.#top;
    const { text } = this;
    let pc = start;
    let pos = at;
    for (;;) {
      if (--this.#left < 0) throw new StepsSpent();
      const step = this.#instructions[pc];
      let goes = true;
      switch (step?.op) {
        case undefined:
          return -1;
        case 'text':
          goes = text.startsWith(step.text, pos);
          if (goes) pos += step.text.length;
          pc++;
          break;
        case 'set': {
          const code = text.codePointAt(pos);
          goes = code !== undefined && step.test.has(code);
          if (goes) pos += (code ?? 0) > 0xffff ? 2 : 1;
          pc++;
          break;
        }
        case 'loop':
          pos = this.#loop(step, pc, pos);
          goes = pos >= 0;
          pc++;
          break;
        case 'split':
        case 'split-lazy': {
          goes = !this.#hasFailed(step.memo, pos);
          if (!goes) break;
          this.#pushFailed(step.memo, pos);
          const lazy = step.op === 'split-lazy';
          this.#push(TRY, lazy ? pc + 1 : step.other, pos, 0);
          pc = lazy ? step.other : pc + 1;
          break;
        }
        case 'jump':
          pc = step.next;
          break;
        case 'save':
          this.#save(step.register, pos);
          pc++;
          break;
        case 'leave-if-empty':
          pc = this.#registers[step.register] === pos ? step.exit : pc + 1;
          break;
        case 'assert':
          goes = this.#holds(step.what, pos);
          pc++;
          break;
        case 'back': {
          const length = this.#repeated(step.to, step.ignoreCase, pos);
          goes = length >= 0;
          pos += length;
          pc++;
          break;
        }
        case 'atomic': {
          this.#keepGroups(step.groups);
          const end = this.#part(pc + 1, pos, -1);
          goes = end >= 0;
          pos = end;
          pc = step.exit;
          break;
        }
        case 'look':
          goes = this.#look(step, pc, pos) !== step.negative;
          pc = step.exit;
          break;
        case 'keep':
          this.#save(0, pos);
          pc++;
          break;
        case 'end':
          if (target < 0 || pos === target) return pos;
          goes = false;
          break;
      }
      if (goes) continue;
      const resumed = this.#back(base);
      if (resumed < 0) return -1;
      pc = resumed;
      pos = this.#resumedAt;
    }
  }

  #resumedAt = 0;

  /** Goes back to the last choice. @returns the instruction to go on with at `#resumedAt`, or -1 when all is tried */
  #back(base: number): number {
    const stack = this.#stack;
    while (this.#top > base) {
      const top = (this.#top -= 4);
      const [a, b, c] = [stack[top + 1] ?? 0, stack[top + 2] ?? 0, stack[top + 3] ?? 0];
      switch (stack[top] ?? TRY) {
        case TRY:
          this.#resumedAt = b;
          return a;
        case RESTORE:
          this.#registers[a] = b;
          break;
        case FAILED:
          this.#setFailed(a, b);
          break;
        case FAILED_RUN:
          for (let at = b; at <= c; at++) this.#setFailed(a, at);
          break;
        case SHORTER: {
          const end = this.#shorter(a, b, c);
          if (end < b) break;
          if (end > b) this.#push(SHORTER, a, b, end);
          this.#resumedAt = end;
          return a + 1;
        }
        case LONGER: {
          const end = this.#longer(a, b);
          if (end < 0) break;
          // The entry below, if it remembers this loop, covers what has been tried.
          if (top - 4 >= base && stack[top - 4] === FAILED_RUN && this.#isRunOf(a, stack[top - 3])) stack[top - 1] = end;
          if (c > 1) this.#push(LONGER, a, end, c - 1);
          this.#resumedAt = end;
          return a + 1;
        }
      }
    }
    return -1;
  }

  /** The next shorter end of a greedy loop; less than `low` when there is none. */
  #shorter(pc: number, low: number, end: number): number {
    const next = this.#instructions[pc + 1];
    if (next?.op === 'text') {
      const at = end === 0 ? -1 : this.text.lastIndexOf(next.text, end - 1);
      this.#left -= (end - at) >> 5;
      return at;
    }
    const unit = this.text.charCodeAt(end - 1);
    const before = this.text.charCodeAt(end - 2);
    const pair = unit >= 0xdc00 && unit < 0xe000 && before >= 0xd800 && before < 0xdc00;
    return end - (pair && end - 2 >= low ? 2 : 1);
  }

  /** The next longer end of a lazy loop; -1 when there is none, or it is known to fail. */
  #longer(pc: number, end: number): number {
    const loop = this.#instructions[pc];
    const code = this.text.codePointAt(end);
    if (loop?.op !== 'loop' || code === undefined || !loop.test.has(code)) return -1;
    const next = end + (code > 0xffff ? 2 : 1);
    return isShared(loop) && this.#hasFailed(loop.memo, next) ? -1 : next;
  }

  #isRunOf(pc: number, memo: number | undefined): boolean {
    const loop = this.#instructions[pc];
    return loop?.op === 'loop' && isShared(loop) && loop.memo === memo;
  }

  /** Takes what the loop takes first. @returns its end, or -1 */
  #loop(loop: Extract<Instruction, { op: 'loop' }>, pc: number, at: number): number {
    const { text } = this;
    const { test, min, max, mode, memo } = loop;
    let pos = at;
    let count = 0;
    for (; count < min; count++) {
      const code = text.codePointAt(pos);
      if (code === undefined || !test.has(code)) return -1;
      pos += code > 0xffff ? 2 : 1;
    }
    const low = pos;
    const shared = isShared(loop) && mode !== 'possessive';
    if (shared && this.#hasFailed(memo, low)) return -1;
    if (mode === 'lazy') {
      if (shared) this.#pushFailedRun(memo, low, low);
      if (count < max) this.#push(LONGER, pc, low, max - count);
      return low;
    }
    for (; count < max; count++) {
      const code = text.codePointAt(pos);
      if (code === undefined || !test.has(code)) break;
      const next = pos + (code > 0xffff ? 2 : 1);
      // From there on all has failed before.
      if (shared && this.#hasFailed(memo, next)) break;
      pos = next;
    }
    this.#left -= (pos - at) >> 2;
    if (mode === 'possessive') return pos;
    if (shared) this.#pushFailedRun(memo, low, pos);
    if (pos > low) this.#push(SHORTER, pc, low, pos);
    return pos;
  }

  /** Runs a part as one step: what it left to try is forgotten. */
  #part(start: number, at: number, target: number): number {
    const base = this.#top;
    const end = this.#run(start, at, target);
    this.#top = base;
    return end;
  }

  #look(look: Extract<Instruction, { op: 'look' }>, pc: number, at: number): boolean {
    const known = look.groups.length === 0;
    if (known && this.#hasFailed(look.memo, at)) return false;
    if (known && this.#hasFailed(look.memo + 1, at)) return true;
    this.#keepGroups(look.groups);
    const holds = look.behind === undefined ? this.#part(pc + 1, at, -1) >= 0 : this.#lookBack(look.behind, pc, at);
    if (known) this.#setFailed(look.memo + (holds ? 1 : 0), at);
    return holds;
  }

  #lookBack({ min, max }: { readonly min: number; readonly max: number }, pc: number, at: number): boolean {
    this.#behind++;
    let from = at;
    let holds = false;
    for (let count = 0; count <= max && !holds; count++) {
      if (count >= min) holds = this.#part(pc + 1, from, at) >= 0;
      if (from === 0) break;
      const pair = from > 1 && (this.text.codePointAt(from - 2) ?? 0) > 0xffff;
      from -= pair ? 2 : 1;
    }
    this.#behind--;
    return holds;
  }

  #holds(what: RegexAssertion, at: number): boolean {
    const { text } = this;
    switch (what) {
      case 'text-start':
        return at === 0;
      case 'text-end':
        return at === text.length;
      case 'text-end-or-break':
        return at === text.length || (at === text.length - 1 && text.charCodeAt(at) === 10);
      case 'line-start':
        return at === 0 || (text.charCodeAt(at - 1) === 10 && at < text.length);
      case 'line-end':
        return at === text.length || text.charCodeAt(at) === 10;
      case 'word-edge':
        return isWord(text.charCodeAt(at - 1)) !== isWord(text.charCodeAt(at));
      case 'no-word-edge':
        return isWord(text.charCodeAt(at - 1)) === isWord(text.charCodeAt(at));
      case 'search-start':
        return at === this.#from;
    }
  }

  /** @returns the length of what the first group with a text took, if it stands here again; -1 otherwise */
  #repeated(groups: readonly number[], ignoreCase: boolean, at: number): number {
    for (const group of groups) {
      const [start, end] = [this.#registers[2 * group] ?? -1, this.#registers[2 * group + 1] ?? -1];
      if (end < 0 || start < 0) continue;
      const wanted = this.text.slice(start, end);
      this.#left -= wanted.length >> 3;
      if (this.text.startsWith(wanted, at)) return wanted.length;
      const here = ignoreCase ? this.text.slice(at, at + wanted.length) : undefined;
      return here?.toLowerCase() === wanted.toLowerCase() ? wanted.length : -1;
    }
    return -1;
  }

  #save(register: number, at: number): void {
    this.#push(RESTORE, register, this.#registers[register] ?? -1, 0);
    this.#registers[register] = at;
  }

  /** The groups come back to what they are now when one goes back behind this point. */
  #keepGroups(groups: readonly number[]): void {
    for (const group of groups) {
      for (const register of [2 * group, 2 * group + 1]) this.#push(RESTORE, register, this.#registers[register] ?? -1, 0);
    }
  }

  #push(kind: number, a: number, b: number, c: number): void {
    const stack = this.#stack;
    const top = this.#top;
    stack[top] = kind;
    stack[top + 1] = a;
    stack[top + 2] = b;
    stack[top + 3] = c;
    this.#top = top + 4;
  }

  #pushFailed(memo: number, at: number): void {
    if (this.#memory !== undefined && this.#behind === 0) this.#push(FAILED, memo, at, 0);
  }

  #pushFailedRun(memo: number, first: number, last: number): void {
    if (this.#memory !== undefined && this.#behind === 0) this.#push(FAILED_RUN, memo, first, last);
  }

  #hasFailed(memo: number, at: number): boolean {
    if (this.#memory === undefined && this.#left < this.#rememberAt) {
      this.#memory = new Uint32Array(Math.ceil((this.#memos * (this.text.length + 1)) / 32));
    }
    if (this.#memory === undefined || this.#behind > 0) return false;
    const bit = memo * (this.text.length + 1) + at;
    return (((this.#memory[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
  }

  #setFailed(memo: number, at: number): void {
    if (this.#memory === undefined || this.#behind > 0) return;
    const bit = memo * (this.text.length + 1) + at;
    this.#memory[bit >>> 5] = (this.#memory[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
}

/** A failure at a position holds for whoever comes there: the loop has no upper bound. */
function isShared({ min, max }: Extract<Instruction, { op: 'loop' }>): boolean {
  return max === Infinity && min <= 1;
}

function isWord(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95;
}
