import { Proxy } from '../../chaos/stage/index.ts';
import type { Servers } from '../panier/index.ts';
import type { Host } from './host.ts';
import { openStoreLinks } from './store-links.ts';

const cut = (link: Proxy): void => link.become({ type: 'BlackHole' });

/** An address of its own on this machine; every connection to it, and from it to the servers, goes through a link that can fail. */
export const openAddressHost = async (index: number, servers: Servers): Promise<Host> => {
  await using opening = new AsyncDisposableStack();
  const stores = opening.use(await openStoreLinks(servers, '127.0.0.1'));
  const links = [...stores.links];
  const opened = opening.move();
  return {
    name: `host-${index}`,
    address: '127.0.0.1',
    launcher: [],
    environment: stores.environment,
    reach: async (url) => {
      const link = opened.use(await Proxy.open(() => Number(new URL(url).port)));
      links.push(link);
      return `http://127.0.0.1:${link.port}/graphql`;
    },
    cutOff: () => links.forEach(cut),
    rejoin: () => links.forEach((link) => link.heal()),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
