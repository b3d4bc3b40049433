import type { SentinelUrl, ServerAddress } from '../../platform/index.ts';
import { openAsked, reasonOf } from '../asked-redis.ts';
import type { MasterPlace } from './master-place.ts';
import { MasterUnknown } from './master-watch.ts';
import { accountAt } from './sentinel.ts';

const listIn = (answer: unknown): readonly unknown[] => {
  if (!Array.isArray(answer)) throw new Error('does not answer as a Sentinel does');
  return answer;
};

const valueIn = (answer: unknown, name: string): string => {
  const pairs = listIn(answer);
  const at = pairs.indexOf(name);
  if (at === -1) throw new Error(`does not answer as a Sentinel does: it tells no ${name}`);
  return String(pairs[at + 1]);
};

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** The same account and database at one server. */
const urlAt = ({ loginUrl, isTls }: SentinelUrl, answer: unknown): string => {
  const url = new URL(loginUrl);
  const account = url.password === '' ? '' : `${url.username}:${url.password}@`;
  const address = `${bracketed(valueIn(answer, 'ip'))}:${valueIn(answer, 'port')}`;
  return `${isTls ? 'rediss' : 'redis'}://${account}${address}${url.pathname}`;
};

export interface Members {
  readonly master: string;
  readonly replicas: readonly string[];
}

/** @throws with its name and a reason when it does not tell. */
const toldBy = async (address: ServerAddress, place: MasterPlace): Promise<Members> => {
  const { url } = place;
  let trouble = 'does not answer';
  const sentinel = openAsked(accountAt(address, place), ({ message }) => {
    trouble = message;
  });
  try {
    const master = await sentinel.call('SENTINEL', 'MASTER', url.master);
    const replicas = listIn(await sentinel.call('SENTINEL', 'REPLICAS', url.master));
    return { master: urlAt(url, master), replicas: replicas.map((each) => urlAt(url, each)) };
  } catch (error) {
    throw new Error(`${address.host}:${address.port}: ${reasonOf(error, trouble)}`, { cause: error });
  } finally {
    sentinel.disconnect();
  }
};

/** URLs of the servers behind Sentinels, be they away or not. @throws {MasterUnknown} */
export const membersOf = async (place: MasterPlace): Promise<Members> => {
  const { url } = place;
  const reasons: string[] = [];
  for (const address of url.sentinels) {
    try {
      return await toldBy(address, place);
    } catch (error) {
      // The next one may know.
      reasons.push((error as Error).message);
    }
  }
  throw new MasterUnknown(`No Sentinel says which servers are behind ${url.master}: ${reasons.join('; ')}`);
};
