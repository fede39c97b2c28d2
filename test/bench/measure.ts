/** Runs programs cold and measures what they take; shared by the benchmarks that compare programs. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Cost {
  /** In milliseconds. */
  readonly wall: number;
  readonly cpu: number;
  readonly out: string;
}

/** Where the program runs, and how it may end. */
export interface RunOptions {
  readonly cwd: string;
  readonly isFine?: (status: number | null) => boolean;
}

/** @throws Error when the program ends in another way than it may */
export function run(
  program: string,
  args: readonly string[],
  { cwd, isFine = (status) => status === 0 }: RunOptions,
): Cost {
  const before = childCpu();
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1_000_000_000,
  });
  const wall = performance.now() - start;
  if (!isFine(status)) throw new Error(`${program} ended with ${String(status)}: ${stderr.slice(0, 2000)}`);
  return { wall, cpu: childCpu() - before, out: stdout };
}

/** CPU time of all children so far, in milliseconds; NaN where the system does not tell. */
function childCpu(): number {
  if (process.platform !== 'linux') return Number.NaN;
  // Fields 16 and 17 of proc(5), in ticks of 10 ms; the name before them may hold blanks.
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** The medians of wall and CPU time, each for itself. */
export function median(runs: number, measure: () => Cost): Cost {
  const costs = Array.from({ length: runs }, measure);
  const middle = (of: (cost: Cost) => number): number =>
    costs.map(of).sort((a, b) => a - b)[Math.floor(costs.length / 2)] ?? Number.NaN;
  return { wall: middle(({ wall }) => wall), cpu: middle(({ cpu }) => cpu), out: costs[0]?.out ?? '' };
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
