import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';
import { ROLES } from './roles.ts';
import { environmentOf, readServiceUrls } from './service-urls.ts';

const SAGA = 'postgres://panier_saga:secret@db.example/shop';
const ALL = 'postgres://shop:secret@db.example/shop';

const read = (env: Readonly<Record<string, string>>, roles = ROLES as readonly (typeof ROLES)[number][]) => {
  const reader = readEnvironment(env);
  const urls = readServiceUrls(reader, roles);
  return { ...urls, problems: reader.problems };
};

describe('the URLs of the services', () => {
  it('are none where none is given', () => {
    expect(read({ DATABASE_URL: ALL })).toEqual({
      databaseUrl: ALL,
      databaseUrls: {},
      databaseHomes: {},
      redisUrl: undefined,
      redisUrls: {},
      problems: [],
    });
  });

  it('are filled up from the one for all, the owner’s, too', () => {
    const { databaseUrls, problems } = read({ DATABASE_URL: ALL, DATABASE_URL_SAGA: SAGA });
    expect(databaseUrls).toEqual({
      owner: ALL,
      commands: ALL,
      saga: SAGA,
      audit: ALL,
      read: ALL,
      relay: ALL,
      webhooks: ALL,
    });
    expect(problems).toEqual([]);
  });

  it('may be those alone that the roles of the process need', () => {
    const { databaseUrl, databaseUrls, problems } = read({ DATABASE_URL_SAGA: SAGA }, ['saga']);
    expect({ databaseUrl, databaseUrls, problems }).toEqual({
      databaseUrl: SAGA,
      databaseUrls: { saga: SAGA },
      problems: [],
    });
  });

  it('that are missing are named', () => {
    const redis = { REDIS_URL_GATEWAY: 'redis://panier_gateway:secret@cache.example' };
    expect(read({ DATABASE_URL_SAGA: SAGA, ...redis }, ['gateway', 'saga']).problems).toEqual([
      'DATABASE_URL_COMMANDS, DATABASE_URL_READ: set it, too, or DATABASE_URL for all that have no URL of their own.',
      'REDIS_URL_SAGA: set it, too, or REDIS_URL for all that have no URL of their own.',
    ]);
  });

  it('are read as they are printed', () => {
    const databaseUrls = { owner: ALL, commands: ALL, saga: SAGA, audit: ALL, read: ALL, relay: ALL, webhooks: ALL };
    const url = 'redis://cache.example';
    const redisUrls = { gateway: url, payment: url, saga: url, audit: url, relay: url, webhooks: url, upkeep: url };
    expect(read(environmentOf({ databaseUrls, redisUrls }))).toMatchObject({ databaseUrls, redisUrls, problems: [] });
  });
});
