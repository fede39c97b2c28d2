import type { Cell, Memory, Zone } from './state.ts';

const MAX_ZONES = 24;

/** Whether some cell has bytes of a stretch. */
export function overlaps(cells: ReadonlyMap<number, Cell>, at: number, size: number): boolean {
  for (let from = at - 15; from < at + size; from++) {
    const cell = cells.get(from);
    if (cell !== undefined && from + cell.size > at) return true;
  }
  return false;
}

/**
 * Parts of cells that stand beyond a stretch which is written anew: they hold bytes of numbers that are no longer known as a whole, and are not what was
 * there before these were written.
 */
export function withRemains(
  zones: readonly Zone[],
  cells: ReadonlyMap<number, Cell>,
  from: number,
  to: number,
): readonly Zone[] | undefined {
  if (cells.size === 0) return zones;
  let all: readonly Zone[] | undefined = zones;
  for (const [at, { size }] of cells) {
    const end = at + size;
    if (end <= from || at >= to || (at >= from && end <= to)) continue;
    all = all && addZone(all, { from: at, to: end, fill: { is: 'unknown' } });
  }
  return all;
}

/** A cell, over all that had bytes of it. */
export function withCell(
  cells: ReadonlyMap<number, Cell>,
  at: number,
  cell: Cell,
): ReadonlyMap<number, Cell> {
  const next = new Map(cells);
  // Most objects are variables with one cell.
  if (cells.size === 0 || (cells.size === 1 && cells.has(at))) return next.set(at, cell);
  for (let from = at - 15; from < at + cell.size; from++) {
    const other = cells.get(from);
    if (other !== undefined && from !== at && from + other.size > at) next.delete(from);
  }
  next.set(at, cell);
  return next;
}

/** A zone over all before it; undefined when there are too many to tell them apart. */
export function addZone(zones: readonly Zone[], zone: Zone): readonly Zone[] | undefined {
  const left = zones.filter(({ from, to }) => from < zone.from || to > zone.to);
  return left.length >= MAX_ZONES ? undefined : [...left, zone];
}

/** A stretch that comes from outside as a whole. */
export function isAllInput({ fill, zones }: Memory, from: number, to: number): boolean {
  for (let index = zones.length - 1; index >= 0; index--) {
    const zone = zones[index];
    if (zone === undefined || zone.to <= from || zone.from >= to) continue;
    return zone.fill.is === 'input' && zone.from <= from && zone.to >= to;
  }
  return fill.is === 'input';
}
