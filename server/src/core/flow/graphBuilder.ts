import type { Block, Instruction } from './cfg.ts';

/** A control-flow graph while it is built: instructions go into the current block. */
export class GraphBuilder {
  readonly blocks: Block[] = [];
  /** Where an exception leads to, of each block that is made from here on. */
  handlers: readonly number[] = [];
  current: Block = this.block();
  exit: Block = this.block();

  block(): Block {
    const id = this.blocks.length;
    const block: Block = { id, instructions: [], next: [], handlers: this.handlers, branch: undefined };
    this.blocks.push(block);
    return block;
  }

  emit(instruction: Instruction): void {
    this.current.instructions.push(instruction);
  }

  edge(from: Block, to: Block): void {
    if (!from.next.includes(to.id)) from.next.push(to.id);
  }

  goto(to: Block): void {
    this.edge(this.current, to);
  }

  /** Goes on in a new block that the current one leads to. */
  begin(block: Block = this.block()): Block {
    this.goto(block);
    this.current = block;
    return block;
  }

  /** What follows is reached by jumps alone. */
  cut(): void {
    this.current = this.block();
  }
}
