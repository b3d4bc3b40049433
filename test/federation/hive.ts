import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import http from '@graphql-mesh/transport-http';
import ws from '@graphql-mesh/transport-ws';

/** How the gateway subscribes at panier. */
export type SubscribesBy = 'server-sent events' | 'WebSocket';

/** A request of the gateway to a subgraph. */
export interface Sent {
  readonly url: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Hive extends AsyncDisposable {
  readonly url: string;
  /** What it asked of others over HTTP, whoever they are. */
  readonly sent: Sent[];
}

interface Federating {
  readonly supergraph: string;
  readonly subscribesBy: SubscribesBy;
}

const OVER_WEB_SOCKET = {
  panier: {
    options: {
      subscriptions: {
        kind: 'ws',
        location: '/subgraph',
        options: { connectionParams: { authorization: '{context.headers.authorization}' } },
      },
    },
  },
};

/** A subscription is asked for by a URL, all else in a body. */
const sentIn = (url: string, body: unknown): Sent => {
  const { origin, pathname, searchParams } = new URL(url);
  const read =
    typeof body === 'string' ? (JSON.parse(body) as Partial<Sent>) : { query: searchParams.get('query') ?? '' };
  return { query: '', variables: {}, ...read, url: origin + pathname };
};

/** Hive Gateway, as its users run it: each client's token goes on to the subgraphs. It asks nobody else. */
export const startHive = async ({ supergraph, subscribesBy }: Federating): Promise<Hive> => {
  const sent: Sent[] = [];
  const runtime = createGatewayRuntime({
    supergraph,
    logging: false,
    transports: { http, ws },
    ...(subscribesBy === 'WebSocket' && { transportEntries: OVER_WEB_SOCKET }),
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') }),
    },
    plugins: () => [{ onFetch: ({ url, options }) => void sent.push(sentIn(url, options.body)) }],
  });
  const server = createServer((request, response) => void runtime(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    sent,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
      await runtime[Symbol.asyncDispose]();
    },
  };
};
