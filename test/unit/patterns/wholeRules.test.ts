import { itHoldsInBoth } from './cases.ts';

describe('whole rules', () => {
  itHoldsInBoth('rules.txt');
  itHoldsInBoth('written.txt');
  itHoldsInBoth('collections.txt');
});

describe('taint rules', () => {
  itHoldsInBoth('taint.txt');
});

describe('options', () => {
  itHoldsInBoth('options.txt');
});

describe('conditions, and what code may write otherwise', () => {
  itHoldsInBoth('conditions.txt');
});

describe('types of members', () => {
  itHoldsInBoth('members.txt');
});
