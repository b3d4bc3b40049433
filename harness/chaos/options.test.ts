import { describe, expect, it } from 'vitest';
import { OptionsError } from '../support/command-line.ts';
import { readOptions } from './options.ts';

describe('the options of a run', () => {
  it('strike an inventory elsewhere only where there is one', () => {
    expect(readOptions([]).faults).not.toContain('inventory-kill');
    expect(readOptions(['--inventory', 'remote']).faults).toContain('inventory-kill');
  });

  it('strike what there is of Redis, one server or a cluster', () => {
    expect(readOptions([]).faults).not.toContain('cluster-kill');
    const { faults } = readOptions(['--cluster']);
    expect(faults).toContain('cluster-kill');
    expect(faults).not.toContain('failover');
  });

  it('strike one server of PostgreSQL only where there are several', () => {
    expect(readOptions([]).faults).not.toContain('audit-freeze');
    const { servers, faults } = readOptions(['--servers', '3', '--faults', 'servers']);
    expect(servers).toBe(3);
    expect(faults).toHaveLength(9);
    expect(readOptions(['--servers', '3']).faults).toEqual(expect.arrayContaining([...faults]));
  });

  it('change the number of partitions only where there are some', () => {
    expect(readOptions([]).partitions).toBe(1);
    expect(readOptions([]).faults).not.toContain('divide');
    const { partitions, faults } = readOptions(['--partitions', '4']);
    expect(partitions).toBe(4);
    expect(faults).toContain('divide');
  });

  it.each([
    [['--faults', 'saga-kill'], '"saga-kill" needs --servers 3.'],
    [['--servers', '2'], '--servers is 1 or 3, not "2".'],
    [['--faults', 'divide'], '"divide" needs --partitions 2 or more.'],
    [['--partitions', '65'], '--partitions is a whole number from 1 to 64, not "65".'],
    [['--partitions', '1.5'], '--partitions is a whole number from 1 to 64, not "1.5".'],
    [['--faults', 'kill,inventory-loses'], '"inventory-loses" needs --inventory remote.'],
    [['--faults', 'cluster-cut'], '"cluster-cut" needs --cluster.'],
    [['--cluster', '--faults', 'oom'], '"oom" needs a Redis that is no cluster.'],
    [['--inventory', 'cellar'], 'Unknown inventory "cellar".'],
    [['--inventory', 'remote', '--faults', 'inventory-flood'], 'Unknown fault "inventory-flood".'],
  ])('%j are refused', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(new OptionsError(message));
  });
});
