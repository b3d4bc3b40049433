import { describe, expect, it } from 'vitest';
import { databaseAddresses, databaseUrlOf } from './database-homes.ts';
import { readEnvironment } from './environment.ts';
import { readAdministratorUrls, readServiceUrls } from './service-urls.ts';

const ALL = 'postgres://shop:secret@db.example/shop';
const STORE = 'postgres://other:hidden@store.example:6432/events?sslmode=require';

const read = (env: Readonly<Record<string, string>>) => {
  const reader = readEnvironment(env);
  const { databaseHomes } = readServiceUrls(reader, ['gateway']);
  return { databaseHomes, problems: reader.problems };
};

describe('where a service finds a home', () => {
  it('is one place for all, unless a home has a server of its own', () => {
    expect(databaseAddresses({ databaseUrl: ALL, databaseHomes: { audit: STORE } }, 'owner')).toEqual({
      shared: ALL,
      write: ALL,
      saga: ALL,
      audit: STORE,
    });
  });

  it('is said by the home, and as whom it comes there by the service', () => {
    const databaseUrls = { saga: 'postgres://panier_saga:own@db.example/shop' };
    const urls = { databaseUrl: ALL, databaseUrls, databaseHomes: { audit: STORE } };
    expect(databaseUrlOf(urls, 'saga', 'shared')).toBe(databaseUrls.saga);
    expect(databaseUrlOf(urls, 'saga', 'audit')).toBe(
      'postgres://panier_saga:own@store.example:6432/events?sslmode=require',
    );
    // A service that this process does not play has no user of its own here.
    expect(databaseUrlOf(urls, 'audit', 'audit')).toBe(
      'postgres://shop:secret@store.example:6432/events?sslmode=require',
    );
  });
});

describe('the variables of the homes', () => {
  it('are those of three, and what they do not say stays where all is', () => {
    expect(read({ DATABASE_URL: ALL, PANIER_AUDIT_DATABASE_URL: STORE })).toEqual({
      databaseHomes: { audit: STORE },
      problems: [],
    });
  });

  it('do not stand alone: what has no home would be left to a server that panier brings itself', () => {
    expect(read({ PANIER_SAGA_DATABASE_URL: STORE }).problems).toEqual([
      'PANIER_SAGA_DATABASE_URL is set, and DATABASE_URL is not: set it, too. What all services share is there, and whatever has no server of its own.',
    ]);
  });

  it('say what kind of URL they need', () => {
    expect(read({ DATABASE_URL: ALL, PANIER_WRITE_DATABASE_URL: 'mysql://there' }).problems).toHaveLength(1);
  });

  it('have their like for the administrators', () => {
    const reader = readEnvironment({ DATABASE_ADMIN_URL_WRITE: ALL });
    expect(readAdministratorUrls(reader).databaseHomes).toEqual({ write: ALL });
    expect(reader.problems.join('\n')).toContain('DATABASE_ADMIN_URL_WRITE is set, and DATABASE_ADMIN_URL is not');
  });
});
