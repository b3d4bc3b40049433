import { describe, expect, it } from 'vitest';
import { SCOPES, type Scope, type Viewer } from '../../access/index.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { at, customer, run } from '../testing/run.ts';

const NOBODY: Viewer = { kind: 'Nobody' };

const operatorWith = (...scopes: readonly Scope[]): Viewer => ({
  kind: 'Operator',
  subject: 'olga',
  scopes: new Set(scopes),
});

const START =
  'mutation { startVisit { ... on Visit { visitorId token expiresAt } ... on UserError { code message } } }';

describe('startVisit', () => {
  it.each([NOBODY, customer('ada')])('makes a visitor of $kind', async (viewer) => {
    const { data } = await run(memoryModules(), { document: START, viewer });
    expect(data?.['startVisit']).toMatchObject({ token: 'signed' });
    expect(at(data, 'startVisit', 'visitorId')).toMatch(/^visit_[0-9a-z]{26}$/);
    expect(at(data, 'startVisit', 'expiresAt')).toMatch(/Z$/);
  });
});

const revoke = (sub: string, before?: string) => `mutation {
  revokeTokens(sub: ${JSON.stringify(sub)}${before === undefined ? '' : `, before: "${before}"`}) {
    ... on RevokedTokens { sub before }
    ... on UserError { code message }
  }
}`;

describe('revokeTokens', () => {
  it('revokes what was issued before an instant, or now', async () => {
    const modules = memoryModules();
    const { data } = await run(modules, { document: revoke('ada', '2026-01-01T01:00:00+01:00') });
    expect(data?.['revokeTokens']).toEqual({ sub: 'ada', before: '2026-01-01T00:00:00.000Z' });
    const { isRevoked } = modules.access.revocations;
    const instant = Date.UTC(2026, 0, 1) / 1_000;
    expect([instant - 1, instant].map((issued) => isRevoked('ada', issued))).toEqual([true, false]);
    const issuedNow = Math.floor(Date.now() / 1_000);
    await run(modules, { document: revoke('ada') });
    expect(isRevoked('ada', issuedNow)).toBe(true);
  });

  it('refuses an instant that is to come, for it would refuse tokens that are yet to be issued', async () => {
    const inAMinute = new Date(Date.now() + 60_000).toISOString();
    const { data } = await run(memoryModules(), { document: revoke('ada', inAMinute) });
    expect(data?.['revokeTokens']).toMatchObject({ code: 'INVALID_INPUT' });
    expect(at(data, 'revokeTokens', 'message')).toContain('tokens that are yet to be issued: say at most');
  });

  it.each(['', 'two words', 'ä', 'x'.repeat(201)])('refuses a subject that no token can have: %j', async (sub) => {
    const { data } = await run(memoryModules(), { document: revoke(sub) });
    expect(data?.['revokeTokens']).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it.each([NOBODY, customer('ada'), operatorWith(...SCOPES.filter((scope) => scope !== 'repair'))])(
    'is for operators with the scope repair, and not for $kind',
    async (viewer) => {
      const modules = memoryModules();
      const { errors } = await run(modules, { document: revoke('bob'), viewer });
      expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
      expect(modules.access.revocations.isRevoked('bob', 0)).toBe(false);
    },
  );

  it('takes the scope repair', async () => {
    const { data } = await run(memoryModules(), { document: revoke('bob'), viewer: operatorWith('repair') });
    expect(data?.['revokeTokens']).toMatchObject({ sub: 'bob' });
  });
});
