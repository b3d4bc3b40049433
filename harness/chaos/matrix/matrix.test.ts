import { describe, expect, it } from 'vitest';
import { OptionsError } from '../../support/command-line.ts';
import { FAULT_KINDS } from '../faults/index.ts';
import { readMatrixOptions } from './options.ts';
import { setsFrom } from './sets.ts';
import { matrixTable } from './table.ts';

describe('the matrix', () => {
  it('has every kind of fault in a set that is not all of them', () => {
    const kinds = setsFrom(1).flatMap(({ faults }) => (typeof faults === 'string' ? [] : faults));
    expect(kinds.toSorted()).toEqual(FAULT_KINDS.toSorted());
  });

  it('gives each set a seed of its own, and the workloads in turn', () => {
    const sets = setsFrom(7);
    expect(sets.map(({ seed }) => seed)).toEqual(sets.map((_, index) => 7 + index));
    expect(sets.slice(0, 3).map(({ workload }) => workload)).toEqual(['storm', 'race', 'storm']);
  });

  it('refuses a set that it does not know', () => {
    expect(() => readMatrixOptions(['--only', 'kill,earthquake'])).toThrow(OptionsError);
  });

  it('keeps a row for a set that ended without a result', () => {
    const [set] = setsFrom(1);
    if (set === undefined) throw new Error('no set');
    const [head, , row] = matrixTable([{ set, result: null }]).split('\n');
    expect(row).toContain('no result');
    expect(row?.split('|').length).toBe(head?.split('|').length);
  });
});
