import { sleep } from '../../../src/platform/index.ts';
import { CANARY, subscribe } from '../shop/index.ts';
import { type Fault, type FaultContext } from './fault.ts';

const SOCKETS = 200;
const ROUNDS = 3;
const HELD_MS = 1_500;
const QUERY = 'subscription ($ids: [ID!]!) { stock(productIds: $ids) { id } }';

const holdAll = async ({ stage: { gateways }, random }: FaultContext): Promise<number> => {
  const signal = AbortSignal.timeout(HELD_MS);
  let received = 0;
  const connections = Array.from({ length: SOCKETS }, () =>
    subscribe({
      url: random.pick(gateways),
      customerId: null,
      query: QUERY,
      variables: { ids: [CANARY.id] },
      signal,
      receive: ({ type }) => {
        if (type === 'next') received += 1;
        return 'Stay';
      },
    }),
  );
  await Promise.all(connections);
  return received;
};

/** A crowd of subscribers comes at once, is gone at once without a word, and comes again. */
export const reconnects: Fault = {
  place: 'clients',
  strike: async (context) => {
    let received = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      received += await holdAll(context);
      await sleep(context.random.between(0, 300));
    }
    return received === 0
      ? null
      : `${ROUNDS} times ${SOCKETS} subscribers came and vanished, and received ${received} updates`;
  },
};
