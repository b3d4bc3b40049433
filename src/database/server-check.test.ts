import { describe, expect, it } from 'vitest';
import { problemsOf, type ServerRow } from './server-check.ts';

const GOOD: ServerRow = {
  version: 18,
  name: '18.1',
  encoding: 'UTF8',
  is_standby: false,
  replication_role: 'origin',
  transaction_limit_ms: 0,
  connections: 97,
  may_create: true,
  is_migrated: false,
  owner: 'shop',
};
const NEEDED = { connections: 33 };

describe('a PostgreSQL that is not as it must be', () => {
  it('is taken when it is', () => {
    expect(problemsOf(GOOD, NEEDED)).toEqual([]);
    expect(problemsOf({ ...GOOD, is_migrated: true, may_create: false }, NEEDED)).toEqual([]);
  });

  it('a version that is too old', () => {
    expect(problemsOf({ ...GOOD, version: 13, name: '13.9' }, NEEDED)).toEqual([
      'PostgreSQL 13.9 is too old: panier needs 14 or newer. Upgrade it, or set DATABASE_URL to another one.',
    ]);
  });

  it('a standby', () => {
    expect(problemsOf({ ...GOOD, is_standby: true }, NEEDED)).toEqual([
      'PostgreSQL is a standby, or still recovering, and takes no writes: set DATABASE_URL to the primary, or promote this one.',
    ]);
  });

  it('tells all at once', () => {
    expect(problemsOf({ ...GOOD, encoding: 'LATIN1', connections: 3, replication_role: 'local' }, NEEDED)).toHaveLength(
      3,
    );
  });
});
