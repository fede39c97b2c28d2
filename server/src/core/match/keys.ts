import type { Node } from '../ast/node.ts';
import type { Names } from '../resolve/names.ts';
import { KEY_END as END } from './bindings.ts';

/**
 * Keys of code: two pieces of code have the same key exactly when they are the same tree, whatever their layout, comments and
 * parentheses. Strictly, names must also mean the same declaration: a shadowed name is another one.
 *
 * Each key is made once from those of its children, and long ones are replaced by a number, so that deeply nested code does not
 * cost its size times its depth.
 */
export class KeyMaker {
  readonly #names: Names;
  readonly #loose = new Map<Node, string>();
  readonly #strict = new Map<Node, string>();
  readonly #numbers = new Map<string, string>();

  constructor(names: Names) {
    this.#names = names;
  }

  keyOf(node: Node, strictly: boolean): string {
    const keys = strictly ? this.#strict : this.#loose;
    const known = keys.get(node);
    if (known !== undefined) return known;
    const { children } = node;
    const key =
      children.length === 0
        ? this.#leafKey(node, strictly)
        : this.#numberOf(
            node.kind +
              END +
              node.text +
              children.map((child) => `${child.role}=${this.keyOf(child, strictly)}`).join(END),
          );
    keys.set(node, key);
    return key;
  }

  #leafKey(node: Node, strictly: boolean): string {
    if (node.kind !== 'identifier') return `${node.kind}:${node.text}`;
    const declared = strictly ? this.#names.declarationOf(node) : undefined;
    return declared === undefined ? node.text : `${node.text}${END}${declared.identifier.index}`;
  }

  #numberOf(key: string): string {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = `${END}${this.#numbers.size}`;
      this.#numbers.set(key, number);
    }
    return number;
  }
}
