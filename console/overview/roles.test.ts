import { describe, expect, it } from 'vitest';
import { isFrozen, missingRoles } from './roles.ts';

describe('the processes', () => {
  it('lack a role that none of them plays', () => {
    expect(missingRoles([{ roles: ['gateway', 'relay'] }, { roles: ['audit', 'payment'] }])).toEqual(['saga']);
    expect(missingRoles([{ roles: ['gateway', 'relay', 'saga', 'payment', 'audit'] }])).toEqual([]);
  });

  it('are frozen when a heartbeat is missing', () => {
    expect([4.9, 7.1].map((silentSeconds) => isFrozen({ silentSeconds }))).toEqual([false, true]);
  });
});
