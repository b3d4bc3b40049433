import type { Attack } from './attack.ts';
import { bytes, value } from './junk.ts';

/** Where read models announce what changed. Anybody may publish there, so its name is no secret to strangers. */
const CHANNEL = 'ecommerce.read.changes';

const part = { after: '0', position: '1', part: 1, parts: 1, carts: [], orders: [], products: [] };

/** An announcement that is none, or that lies. */
export const announce: Attack = async ({ redis }, random) => {
  const message = random.pick<() => string | Buffer>([
    () => 'no json',
    () => '',
    () => bytes(random, 100),
    () => JSON.stringify(value(random)) ?? '',
    () => '['.repeat(50_000),
    () => JSON.stringify({ ...part, position: '9'.repeat(30) }),
    () => JSON.stringify({ ...part, position: value(random) }),
    () => JSON.stringify({ ...part, after: '-5', parts: 1e9 }),
    () => JSON.stringify({ ...part, carts: value(random), orders: [value(random)], products: 'x' }),
    () => JSON.stringify({ ...part, orders: Array.from({ length: 50_000 }, (_, nth) => `order_${nth}`) }),
    () => JSON.stringify({ version: 99 }),
  ])();
  await redis.publish(CHANNEL, message).catch(() => undefined);
  return 'announced';
};
