import { expect, it } from 'vitest';
import { reach } from './reach.ts';

const SECRET = 's3cr3t';

it.each([
  [`postgres://panier:${SECRET}@db.example/shop`, 'postgres://panier:***@db.example/shop'],
  [`redis://panier:a@${SECRET}@cache.example:6379`, 'redis://panier:***@cache.example:6379'],
  [`postgres://db.example/shop?password=${SECRET}&user=panier`, 'postgres://db.example/shop?password=***&user=panier'],
  [
    `redis+sentinel://:${SECRET}@one,two/shop?sentinelPassword=${SECRET}&db=1`,
    'redis+sentinel://:***@one,two/shop?sentinelPassword=***&db=1',
  ],
])('a server that cannot be reached is named without its password: %s', async (url, told) => {
  const failing = reach('THE_URL', url, () => Promise.reject(new Error('nobody there')));
  await expect(failing).rejects.toThrow(`THE_URL (${told}) cannot be used: nobody there`);
});
