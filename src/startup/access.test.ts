import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describePrivileges } from '../database/index.ts';
import { REDIS_SERVICES, type RedisService } from '../platform/index.ts';
import { freshAccess, userOf } from './access.ts';

const DOCUMENT = readFileSync('docs/privileges.md', 'utf8');

const words = (service: RedisService, sign: RegExp): string =>
  userOf({ prefix: 'panier', redisPrefix: '', service, password: 'x' })
    .rules.filter((rule) => sign.test(rule))
    .map((rule) => `\`${rule.slice(1).replace('|', '\\|')}\``)
    .join(', ');

const userRow = (service: RedisService): string =>
  `| ${service} | ${words(service, /^~/)} | ${words(service, /^&/)} | ${words(service, /^\+/)} |`;

const describeUsers = (): string =>
  ['| user | keys | channel | commands |', '| --- | --- | --- | --- |', ...REDIS_SERVICES.map(userRow)].join('\n');

describe('docs/privileges.md', () => {
  it('says of each role what it may do to each table', () => expect(DOCUMENT).toContain(`\n${describePrivileges()}\n`));

  it('says of each user what it may do with what', () => expect(DOCUMENT).toContain(`\n${describeUsers()}\n`));
});

describe('access to servers of panier’s own', () => {
  it('has a password for everybody, and none twice', () => {
    const { databaseUrls, redisUrls } = freshAccess();
    const urls = [
      ...Object.values(databaseUrls('postgres://admin:a@127.0.0.1:1/x')),
      ...Object.values(redisUrls('redis://default:b@127.0.0.1:2')),
      ...Object.values(freshAccess().redisUrls('redis://default:b@127.0.0.1:2')),
    ];
    const passwords = urls.map((url) => new URL(url).password);
    expect(new Set(passwords).size).toBe(21);
    for (const password of passwords) expect(password).toMatch(/^[0-9a-f]{48}$/);
  });

  it('tells Redis no password, but what it is known by', () => {
    const { redisUsers, redisUrls } = freshAccess();
    const passwords = Object.values(redisUrls('redis://127.0.0.1:2')).map((url) => new URL(url).password);
    for (const password of passwords) expect(redisUsers.join('\n')).not.toContain(password);
  });
});
