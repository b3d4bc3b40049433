import { describe, expect, it } from 'vitest';
import { durabilityProblemsOf } from './check.ts';

const SOUND = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', synchronous_standby_names: '' };

const problemsOf = (changed: Partial<typeof SOUND>): readonly string[] =>
  durabilityProblemsOf(new Map(Object.entries({ ...SOUND, ...changed })));

describe('the settings of a server', () => {
  it.each([
    {},
    { synchronous_commit: 'local' },
    { synchronous_commit: 'remote_apply', synchronous_standby_names: 'a' },
  ])('lose nothing: %j', (changed) => expect(problemsOf(changed)).toEqual([]));

  it('lose what was acknowledged, where what is committed waits for no disk', () => {
    expect(problemsOf({ synchronous_commit: 'off', fsync: 'off' })).toEqual([
      'PostgreSQL runs with fsync = off, and would lose what it has acknowledged: set it to on.',
      'PostgreSQL runs with synchronous_commit = off, and would lose what it has acknowledged: set it to on.',
    ]);
  });

  it('lose it at a failover, where there are synchronous standbys and nobody waits for them', () => {
    expect(problemsOf({ synchronous_commit: 'local', synchronous_standby_names: 'ANY 1 (a, b)' })).toEqual([
      'PostgreSQL has synchronous standbys (ANY 1 (a, b)), but does not wait for them (synchronous_commit = local), and a failover would lose what it has acknowledged: set it to on.',
    ]);
  });
});
