import { describe, expect, it } from 'vitest';
import { OptionsError } from '../support/command-line.ts';
import { readOptions } from './options.ts';

describe('the options of a run', () => {
  it('strike an inventory elsewhere only where there is one', () => {
    expect(readOptions([]).faults).not.toContain('inventory-kill');
    expect(readOptions(['--inventory', 'remote']).faults).toContain('inventory-kill');
  });

  it.each([
    [['--faults', 'kill,inventory-loses'], '"inventory-loses" needs --inventory remote.'],
    [['--inventory', 'cellar'], 'Unknown inventory "cellar".'],
    [['--inventory', 'remote', '--faults', 'inventory-flood'], 'Unknown fault "inventory-flood".'],
  ])('%j are refused', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(new OptionsError(message));
  });
});
