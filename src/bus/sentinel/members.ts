import { Redis, ReplyError } from 'ioredis';
import { guarded, ignored, type SentinelUrl } from '../../platform/index.ts';
import type { MasterPlace } from './master-place.ts';
import { MasterUnknown } from './master-watch.ts';
import { accountAt } from './sentinel.ts';

type Pairs = readonly string[];

const valueOf = (pairs: Pairs, name: string): string => pairs[pairs.indexOf(name) + 1] ?? '';

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** The same account and database at one server. */
const urlAt = ({ loginUrl, isTls }: SentinelUrl, pairs: Pairs): string => {
  const url = new URL(loginUrl);
  const account = url.password === '' ? '' : `${url.username}:${url.password}@`;
  const address = `${bracketed(valueOf(pairs, 'ip'))}:${valueOf(pairs, 'port')}`;
  return `${isTls ? 'rediss' : 'redis'}://${account}${address}${url.pathname}`;
};

export interface Members {
  readonly master: string;
  readonly replicas: readonly string[];
}

/** URLs of the servers behind Sentinels, be they away or not. @throws {MasterUnknown} */
export const membersOf = async (place: MasterPlace): Promise<Members> => {
  const { url } = place;
  const reasons: string[] = [];
  for (const address of url.sentinels) {
    const sentinel = new Redis({ ...accountAt(address, place), lazyConnect: true, retryStrategy: () => null });
    sentinel.on(
      'error',
      guarded((error: Error) => reasons.push(`${address.host}:${address.port}: ${error.message}`), ignored),
    );
    try {
      const master = (await sentinel.call('SENTINEL', 'MASTER', url.master)) as Pairs;
      const replicas = (await sentinel.call('SENTINEL', 'REPLICAS', url.master)) as readonly Pairs[];
      return { master: urlAt(url, master), replicas: replicas.map((pairs) => urlAt(url, pairs)) };
    } catch (error) {
      // The next one may know. Of a connection that failed, it told itself.
      if (error instanceof ReplyError) reasons.push(`${address.host}:${address.port}: ${(error as Error).message}`);
    } finally {
      sentinel.disconnect();
    }
  }
  throw new MasterUnknown(
    `No Sentinel says which servers are behind ${url.master}: ${[...new Set(reasons)].join('; ')}`,
  );
};
