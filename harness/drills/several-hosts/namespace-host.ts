import { execFileSync } from 'node:child_process';
import type { Servers } from '../panier/index.ts';
import type { Host } from './host.ts';
import { openStoreLinks } from './store-links.ts';

const ip = (...args: readonly string[]): void => void execFileSync('ip', [...args], { stdio: 'pipe' });

const tried = (work: () => void): boolean => {
  try {
    work();
    return true;
  } catch {
    return false;
  }
};

/** Addresses and names of ours alone, also beside another run. */
const netOf = (index: number): string => `10.${128 + (process.pid % 100)}.${index}`;
const nameOf = (index: number): string => `pnr${process.pid % 100_000}h${index}`;

/** Whether this machine lets us make network namespaces: Linux, as root, with iproute2. */
export const canMakeNamespaces = (): boolean => {
  const name = `${nameOf(0)}try`;
  return tried(() => ip('netns', 'add', name)) && tried(() => ip('netns', 'del', name));
};

const lay = (name: string, net: string): void => {
  ip('netns', 'add', name);
  ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
  ip('addr', 'add', `${net}.1/24`, 'dev', name);
  ip('link', 'set', name, 'up');
  ip('-n', name, 'addr', 'add', `${net}.2/24`, 'dev', 'eth0');
  ip('-n', name, 'link', 'set', 'eth0', 'up');
  ip('-n', name, 'link', 'set', 'lo', 'up');
  ip('-n', name, 'route', 'add', 'default', 'via', `${net}.1`);
};

/** A network namespace with a cable to this machine, which can be pulled. */
export const openNamespaceHost = async (index: number, servers: Servers): Promise<Host> => {
  await using opening = new AsyncDisposableStack();
  const [name, net] = [nameOf(index), netOf(index)];
  const remove = (): void => void tried(() => ip('netns', 'del', name));
  process.once('exit', remove);
  opening.defer(() => {
    process.off('exit', remove);
    remove();
  });
  lay(name, net);
  const { environment } = opening.use(await openStoreLinks(servers, `${net}.1`));
  const opened = opening.move();
  return {
    name: `host-${index}`,
    address: `${net}.2`,
    launcher: ['ip', 'netns', 'exec', name],
    environment,
    reach: async (url) => url,
    cutOff: () => ip('link', 'set', name, 'down'),
    rejoin: () => ip('link', 'set', name, 'up'),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
