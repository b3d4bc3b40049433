import { sleep } from '../../../src/platform/index.ts';
import { AS_OPERATOR } from '../../support/tokens.ts';
import type { Attack } from './attack.ts';
import { document, params, value } from './junk.ts';

const WATCHES = [
  'subscription { events { cursor } }',
  'subscription { stock(productIds: ["prod_1"]) { id } }',
  'subscription { cart(id: "cart_x") { id } }',
];

/** A stream of server-sent events that is opened and left, or that never should have been. */
export const openEventStream: Attack = async ({ url }, random) => {
  const leaving = new AbortController();
  const headers = {
    ...AS_OPERATOR,
    accept: random.pick(['text/event-stream', 'text/event-stream, */*']),
    'content-type': 'application/json',
  };
  const query = random.pick([...WATCHES, document(random)]);
  const body = random.chance(0.7) ? JSON.stringify({ query, variables: value(random) }) : params(random);
  const asked = fetch(`${url}/graphql`, { method: 'POST', headers, body, signal: leaving.signal }).then((response) =>
    response.text(),
  );
  const left = sleep(random.integer(0, 100)).then(() => leaving.abort());
  await Promise.allSettled([asked, left]);
  return 'left';
};
