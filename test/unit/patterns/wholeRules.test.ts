import { itHoldsInBoth } from './cases.ts';

describe('whole rules', () => {
  itHoldsInBoth('rules.txt');
});

describe('taint rules', () => {
  itHoldsInBoth('taint.txt');
});
