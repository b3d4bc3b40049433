import { createHash, createSecretKey } from 'node:crypto';
import type { Redis } from 'ioredis';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { ownMs } from '../../harness/support/own-time.ts';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { startProxy } from '../../harness/support/tcp-proxy.ts';
import { openRedis } from '../bus/index.ts';
import { type Database, migrate, openDatabase } from '../database/index.ts';
import { openLogger, Unavailable } from '../platform/index.ts';
import { type Access, type Admission, addVisitKey, openAccess } from './index.ts';
import { KnownRevocations } from './revocations.ts';

const KNOWN_WITHIN_MS = 1_000;
const SILENT = openLogger('silent');

let opened: AsyncDisposableStack;
let testDb: TestDatabase;
let redis: TestRedis;
let database: Database;
const disposable = (connection: Redis) => ({ redis: connection, [Symbol.dispose]: () => connection.disconnect() });

/** Two gateways' worth. */
let one: Access;
let other: Access;

const open = async (): Promise<Access> => {
  const ofProcess = opened.use(openDatabase({ url: testDb.url, name: 'access', maxConnections: 2 }));
  const connection = opened.adopt(openRedis(redis.url), (each) => each.disconnect());
  return opened.use(await openAccess({ database: ofProcess, redis: connection, logger: SILENT }));
};

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  [testDb, redis] = [opened.use(await testDatabase()), opened.use(await testRedis())];
  database = opened.use(openDatabase({ url: testDb.url, name: 'test', maxConnections: 2 }));
  await migrate(database.db);
  [one, other] = await Promise.all([open(), open()]);
});
afterAll(() => opened.disposeAsync());

const kids = async (): Promise<readonly string[]> =>
  (await database.db.selectFrom('access.visit_key').select('kid').orderBy('number').execute()).map(({ kid }) => kid);

const keyFor = async (kid: string) => {
  const row = await database.db
    .selectFrom('access.visit_key')
    .select('secret')
    .where('kid', '=', kid)
    .executeTakeFirst();
  return createSecretKey(row?.secret ?? '', 'base64url');
};

const CLAIMS = { iss: 'panier', aud: 'panier:visitor', sub: 'visit_1' };

/** A token as panier signs them, but for what is said otherwise. */
const signed = async (claims: object, { alg = 'HS256', key = undefined as Uint8Array | undefined } = {}) => {
  const [kid = ''] = await kids();
  const nowSeconds = Math.floor(Date.now() / 1_000);
  return new SignJWT({ ...CLAIMS, iat: nowSeconds, exp: nowSeconds + 60, ...claims })
    .setProtectedHeader({ alg, kid })
    .sign(key ?? (await keyFor(kid)));
};

const age = (interval: string) =>
  sql`update access.visit_key set created_at = now() - ${interval}::interval`.execute(database.db);

const signerOf = async (visits: Access['visits']) => decodeProtectedHeader((await visits.start()).token)['kid'];

describe('the keys of visits', () => {
  it('begin with one, however many processes start at the same time', async () => {
    expect(await kids()).toHaveLength(1);
    await sql`truncate access.visit_key`.execute(database.db);
    await Promise.all(Array.from({ length: 5 }, open));
    expect(await kids()).toHaveLength(1);
    const newest = await kids();
    for (const { visits } of [one, other])
      await eventually(async () => expect([await signerOf(visits)]).toEqual(newest));
  });

  it('are rotated without a visitor noticing: the new one signs once all processes know it, the old one goes on', async () => {
    const { token: old } = await one.visits.start();
    const addedMs = performance.now();
    const kid = await addVisitKey(database);
    const before = await one.visits.start();
    expect(decodeProtectedHeader(before.token)['kid']).not.toBe(kid);
    const signsAnew = async () => {
      const { token } = await one.visits.start();
      expect(await other.visits.verify(token)).not.toBeNull();
      expect(decodeProtectedHeader(token)['kid']).toBe(kid);
    };
    await eventually(signsAnew, 8_000);
    // Long enough for every process to have asked for it.
    expect(performance.now() - addedMs).toBeGreaterThan(4_500);
    for (const token of [old, before.token]) expect(await other.visits.verify(token)).not.toBeNull();
    expect(await kids()).toHaveLength(2);
  });

  it('are forgotten when their last tokens are over, and not before', async () => {
    await age('30 days');
    await open();
    expect(await kids()).toHaveLength(2);
    await age('31 days');
    const [, newest] = await kids();
    await open();
    expect(await kids()).toEqual([newest]);
  });
});

describe("a visitor's token", () => {
  it('says who it is, for thirty days, to every process', async () => {
    const { visitorId, token, expiresAtMs } = await one.visits.start();
    expect(visitorId).toMatch(/^visit_[0-9a-z]{26}$/);
    const { iat = 0, ...claims } = decodeJwt(token);
    expect(claims).toEqual({ iss: 'panier', aud: 'panier:visitor', sub: visitorId, exp: iat + 30 * 86_400 });
    expect(await other.visits.verify(token)).toEqual({ visitorId, issuedAtSeconds: iat, expiresAtMs });
  });

  const nowSeconds = Math.floor(Date.now() / 1_000);
  it.each([
    ['of another issuer', { iss: 'else' }],
    ['for somebody else', { aud: 'panier' }],
    ['of a customer', { sub: 'ada' }],
    ['without a subject', { sub: undefined }],
    ['that never expires', { exp: undefined }],
    ['that has expired', { exp: nowSeconds - 31 }],
    ['of no time', { iat: undefined }],
    ['of the future', { iat: nowSeconds + 600 }],
  ])('is none: %s', async (_what, claims) => {
    expect(await one.visits.verify(await signed({}))).not.toBeNull();
    expect(await one.visits.verify(await signed(claims))).toBeNull();
  });

  it('is none when another key, another algorithm or nobody signed it', async () => {
    const [head = '', body = ''] = (await signed({})).split('.');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', kid: (await kids())[0] })).toString('base64url');
    const forged = [
      await signed({}, { key: Buffer.alloc(32, 1) }),
      await signed({}, { alg: 'HS512' }).catch(() => ''),
      `${unsigned}.${body}.`,
      `${head}.${body}.`,
      'nonsense',
      '',
    ];
    expect(await Promise.all(forged.map((token) => one.visits.verify(token)))).toEqual(forged.map(() => null));
  });
});

const revoked = async (): Promise<readonly string[]> => {
  const rows = await database.db.selectFrom('access.revocation').select('subject').orderBy('number').execute();
  return rows.map(({ subject }) => subject);
};

describe('revocations', () => {
  it('are known to every process within a second, and to this one at once', async () => {
    const told = Promise.withResolvers<void>();
    using _ = other.revocations.onRevoked(() => told.resolve());
    const tookMs = await ownMs(async () => {
      await one.revocations.revoke({ subject: 'ada', issuedBeforeMs: 5_000 });
      expect(one.revocations.isRevoked('ada', 4)).toBe(true);
      await told.promise;
    });
    expect(tookMs).toBeLessThan(KNOWN_WITHIN_MS);
    expect([3, 4, 5, 6].map((issued) => other.revocations.isRevoked('ada', issued))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(other.revocations.isRevoked('bob', 4)).toBe(false);
  });

  it('only grow', async () => {
    expect(await one.revocations.revoke({ subject: 'eve', issuedBeforeMs: 9_000 })).toEqual({
      subject: 'eve',
      issuedBeforeMs: 9_000,
    });
    expect((await other.revocations.revoke({ subject: 'eve', issuedBeforeMs: 3_000 })).issuedBeforeMs).toBe(9_000);
    expect(other.revocations.isRevoked('eve', 8)).toBe(true);
  });

  it('are all known to all, though many come from everywhere at the same time', async () => {
    const subjects = Array.from({ length: 200 }, (_, index) => `many-${index}`);
    await Promise.all(
      subjects.map((subject, index) => {
        const { revocations } = index % 2 === 0 ? one : other;
        return revocations.revoke({ subject, issuedBeforeMs: 2_000 });
      }),
    );
    const areKnown = () => {
      for (const { revocations } of [one, other])
        expect(subjects.filter((subject) => !revocations.isRevoked(subject, 1))).toEqual([]);
    };
    expect(await ownMs(() => eventually(areKnown))).toBeLessThan(KNOWN_WITHIN_MS);
  });

  it('are known to a process that starts', async () => {
    await one.revocations.revoke({ subject: 'late', issuedBeforeMs: 2_000 });
    expect((await open()).revocations.isRevoked('late', 1)).toBe(true);
  });

  it('are found though a backup has taken the numbers back, and what is known stays in force', async () => {
    await eventually(async () => expect(other.revocations.isRevoked('late', 1)).toBe(true));
    await sql`truncate access.revocation`.execute(database.db);
    await one.revocations.revoke({ subject: 'restored', issuedBeforeMs: 2_000 });
    await eventually(async () => expect(other.revocations.isRevoked('restored', 1)).toBe(true));
    expect(other.revocations.isRevoked('late', 1)).toBe(true);
  });

  it('of visits are forgotten when no such token can be left; those of others never', async () => {
    const monthAgoMs = Date.now() - 31 * 86_400_000;
    for (const subject of ['visit_old', 'carl', 'visit_older', 'last'])
      await one.revocations.revoke({ subject, issuedBeforeMs: monthAgoMs });
    await one.revocations.revoke({ subject: 'visit_new', issuedBeforeMs: Date.now() });
    await one.revocations.revoke({ subject: 'visit_last', issuedBeforeMs: monthAgoMs });
    await open();
    expect((await revoked()).slice(-4)).toEqual(['carl', 'last', 'visit_new', 'visit_last']);
  });
});

describe('of a process, revocations', () => {
  it('of visits are forgotten as those of the database are, for each claim adds one', async () => {
    const known = new KnownRevocations(database);
    const monthAgoMs = Date.now() - 31 * 86_400_000;
    for (const subject of ['visit_past', 'dan']) await known.revoke({ subject, issuedBeforeMs: monthAgoMs });
    await known.revoke({ subject: 'visit_present', issuedBeforeMs: Date.now() });
    const inForce = () => ['visit_past', 'visit_present', 'dan'].filter((subject) => known.isRevoked(subject, 1));
    expect(inForce()).toEqual(['visit_past', 'visit_present', 'dan']);
    await known.forget();
    expect(inForce()).toEqual(['visit_present', 'dan']);
  });
});

describe('while the database is away', () => {
  it('what is known of keys and revocations stays in force, and what is new is known when it is back', async () => {
    await using proxy = await startProxy(testDb.url);
    await using behind = openDatabase({ url: proxy.url, name: 'access', maxConnections: 2, unansweredMs: 1_000 });
    using connection = disposable(openRedis(redis.url));
    await using access = await openAccess({ database: behind, redis: connection.redis, logger: SILENT });
    await one.revocations.revoke({ subject: 'before', issuedBeforeMs: 2_000 });
    await eventually(() => expect(access.revocations.isRevoked('before', 1)).toBe(true));
    proxy.openHole();
    const revoking = access.revocations.revoke({ subject: 'in vain', issuedBeforeMs: 2_000 });
    await expect(revoking).rejects.toBeInstanceOf(Unavailable);
    await one.revocations.revoke({ subject: 'meanwhile', issuedBeforeMs: 2_000 });
    expect(['before', 'meanwhile'].map((subject) => access.revocations.isRevoked(subject, 1))).toEqual([true, false]);
    expect(await access.visits.verify((await one.visits.start()).token)).not.toBeNull();
    proxy.healHole();
    await eventually(() => expect(access.revocations.isRevoked('meanwhile', 1)).toBe(true));
  });
});

const nextMinute = Date.now() + 60_000;
const ADMISSION: Admission = {
  viewer: { kind: 'Operator', subject: 'olga', scopes: new Set(['events:read', 'repair']) },
  expiresAtMs: nextMinute,
  subject: 'olga',
  issuedAtSeconds: 1,
};

const placeOf = (ticket: string) => `panier:ticket:${createHash('sha256').update(ticket).digest('base64url')}`;

describe('a ticket', () => {
  it('is good once, in any process, for who asked for it', async () => {
    const ticket = await one.tickets.issue(ADMISSION);
    expect(ticket).toMatch(/^[\w-]{43}$/);
    expect(await other.tickets.redeem(ticket)).toEqual(ADMISSION);
    expect(await other.tickets.redeem(ticket)).toBeNull();
    expect(await one.tickets.redeem(ticket)).toBeNull();
  });

  it('is good once, however many come with it at the same time', async () => {
    const ticket = await one.tickets.issue(ADMISSION);
    const redeemed = await Promise.all(Array.from({ length: 20 }, () => other.tickets.redeem(ticket)));
    expect(redeemed.filter((admission) => admission !== null)).toHaveLength(1);
  });

  it('is none when somebody else wrote it, or gave it the place of another', async () => {
    using connection = disposable(openRedis(redis.url));
    const [mine, others] = ['m'.repeat(43), await one.tickets.issue(ADMISSION)];
    const kept = (await connection.redis.get(placeOf(others))) ?? '';
    for (const written of [kept, kept.replace(/"olga"/g, '"otto"'), kept.replace(/^\S+ \S+/, 'visits-0 x'), '{}', ''])
      for (const ticket of written === kept ? [mine] : [mine, others]) {
        await connection.redis.set(placeOf(ticket), written);
        expect(await other.tickets.redeem(ticket)).toBeNull();
      }
    await connection.redis.set(placeOf(others), kept);
    expect(await other.tickets.redeem(others)).toEqual(ADMISSION);
  });

  it('is good for a minute, and Redis does not know it', async () => {
    const ticket = await one.tickets.issue(ADMISSION);
    using connection = disposable(openRedis(redis.url));
    const keys = await connection.redis.keys('panier:ticket:*');
    expect(keys).toHaveLength(1);
    expect(keys.join()).not.toContain(ticket);
    const lastsMs = await connection.redis.pttl(keys[0] ?? '');
    expect(lastsMs).toBeGreaterThan(50_000);
    expect(lastsMs).toBeLessThanOrEqual(60_000);
    await connection.redis.pexpire(keys[0] ?? '', 1);
    await eventually(async () => expect(await connection.redis.exists(keys[0] ?? '')).toBe(0));
    expect(await other.tickets.redeem(ticket)).toBeNull();
  });

  it.each(['', 'x', '*', 'ä'.repeat(43)])('is none: %j', async (nonsense) => {
    expect(await one.tickets.redeem(nonsense)).toBeNull();
  });

  it('leaves a mark, by which its stream is taken up in any process, as the same viewer', async () => {
    const shown = { ticket: await one.tickets.issue(ADMISSION), stream: '/graphql?query=a' };
    const mark = one.tickets.mark(ADMISSION, shown);
    expect(mark).toMatch(/^[\w-]{50,600}$/);
    expect(other.tickets.resume(mark, shown)).toEqual(ADMISSION);
    expect(other.tickets.resume(mark, shown)).toEqual(ADMISSION);
  });

  it('is not replaced by a mark of another stream or ticket, by one that is forged, or by what Redis keeps', async () => {
    using connection = disposable(openRedis(redis.url));
    const shown = { ticket: await one.tickets.issue(ADMISSION), stream: '/graphql?query=a' };
    const mark = one.tickets.mark(ADMISSION, shown);
    expect(other.tickets.resume(mark, { ...shown, stream: '/graphql?query=b' })).toBeNull();
    expect(other.tickets.resume(mark, { ...shown, ticket: 'm'.repeat(43) })).toBeNull();
    const read = Buffer.from(mark, 'base64url').toString();
    const kept = (await connection.redis.get(placeOf(shown.ticket))) ?? '';
    // As many characters as a signature has, and more bytes.
    const wide = read.replace(/ \S+ /, ` ${'ä'.repeat(43)} `);
    for (const forged of [read.replace(/"olga"/g, '"otto"'), wide, kept, '{}', ''])
      expect(other.tickets.resume(Buffer.from(forged).toString('base64url'), shown)).toBeNull();
    await connection.redis.set(placeOf(shown.ticket), read);
    expect(await other.tickets.redeem(shown.ticket)).toBeNull();
  });

  it('is unavailable while Redis is away', async () => {
    await redis.kill();
    await expect(one.tickets.issue(ADMISSION)).rejects.toBeInstanceOf(Unavailable);
    await expect(one.tickets.redeem('x'.repeat(43))).rejects.toBeInstanceOf(Unavailable);
    await redis.restart();
  });
});
