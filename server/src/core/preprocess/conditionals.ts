import { ifdefCondition, readCondition, type Condition } from './conditions.ts';
import type { Directive, Tokens } from './tokens.ts';

/** One `#if` ... `#endif` with its arms. */
export interface Group {
  readonly arms: readonly Arm[];
  /** Index of the `#endif` in the directives; -1 when there is none. */
  readonly end: number;
  /** Code tokens before the `#if` and before the `#endif`. */
  readonly from: number;
  readonly to: number;
}

export interface Arm {
  /** Index of the `#if`, `#elif` or `#else`. */
  readonly directive: number;
  /** Undefined for `#else`. */
  readonly condition: Condition | undefined;
  /** Code tokens of the arm. */
  readonly from: number;
  readonly to: number;
  /** Offsets of its text, between the lines around it. */
  readonly start: number;
  readonly stop: number;
  readonly groups: readonly Group[];
  /** The arms before it, all of which must not hold. */
  readonly before: readonly Arm[];
  readonly outer: Arm | undefined;
}

export interface Conditionals {
  readonly groups: readonly Group[];
  /** Indices of `#else`, `#elif` and `#endif` without an `#if`. */
  readonly strays: readonly number[];
}

/** Groups nested deeper than this are strays: their lines are masked and all arms stay. */
const MAX_DEPTH = 200;
/** Further `#elif` are strays. */
const MAX_ARMS = 200;

const OPENING: ReadonlySet<string> = new Set(['if', 'ifdef', 'ifndef']);
const NEXT: ReadonlySet<string> = new Set(['elif', 'else', 'elifdef', 'elifndef']);

interface MutableArm {
  directive: number;
  condition: Condition | undefined;
  from: number;
  to: number;
  start: number;
  stop: number;
  groups: Group[];
  before: Arm[];
  outer: Arm | undefined;
}

interface OpenGroup {
  readonly arms: MutableArm[];
  readonly into: Group[];
}

/** The conditional groups of a text, nested as they are. */
export function conditionalsOf(text: string, { count, directives }: Tokens): Conditionals {
  const groups: Group[] = [];
  const strays: number[] = [];
  const open: OpenGroup[] = [];
  const armAt = (index: number, directive: Directive, before: readonly Arm[]): MutableArm => ({
    directive: index,
    condition: conditionOf(text, directive),
    from: directive.tokensBefore,
    to: count,
    start: directive.end,
    stop: text.length,
    groups: [],
    before: [...before],
    outer: open.at(-1)?.arms.at(-1),
  });
  const close = (group: OpenGroup, end: number): void => {
    const [first] = group.arms;
    if (first)
      group.into.push({
        arms: group.arms,
        end,
        from: first.from,
        to: directives[end]?.tokensBefore ?? count,
      });
  };
  const endArm = (group: OpenGroup, directive: Directive): void => {
    const last = group.arms.at(-1);
    if (!last) return;
    last.to = directive.tokensBefore;
    last.stop = directive.start;
  };
  directives.forEach((directive, index) => {
    const { name } = directive;
    if (OPENING.has(name)) {
      if (open.length >= MAX_DEPTH) {
        strays.push(index);
        return;
      }
      const into = open.at(-1)?.arms.at(-1)?.groups ?? groups;
      const arm = armAt(index, directive, []);
      open.push({ arms: [arm], into });
    } else if (NEXT.has(name)) {
      const group = open.at(-1);
      if (!group || group.arms.length >= MAX_ARMS) {
        strays.push(index);
        return;
      }
      endArm(group, directive);
      const outer = group.arms[0]?.outer;
      group.arms.push({ ...armAt(index, directive, group.arms), outer });
    } else if (name === 'endif') {
      const group = open.pop();
      if (!group) {
        strays.push(index);
        return;
      }
      endArm(group, directive);
      close(group, index);
    }
  });
  for (let group = open.pop(); group; group = open.pop()) close(group, -1);
  return { groups, strays };
}

function conditionOf(text: string, directive: Directive): Condition | undefined {
  const body = text.slice(directive.bodyStart, directive.end).replaceAll(/\\\r?\n/g, ' ');
  switch (directive.name) {
    case 'if':
    case 'elif':
      return readCondition(body);
    case 'ifdef':
    case 'elifdef':
      return ifdefCondition(body, true);
    case 'ifndef':
    case 'elifndef':
      return ifdefCondition(body, false);
    default:
      return undefined;
  }
}
