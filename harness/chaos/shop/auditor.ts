import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import { ask } from './client.ts';
import { type Message, subscribe } from './subscription.ts';

const QUERY = 'subscription ($after: String) { events(after: $after) { cursor node { eventId } } }';
const FIRST = 'query { events(first: 1) { edges { cursor node { eventId } } } }';
const DROP = 0.002;
const MAX_PAUSE_MS = 2_000;

interface Edge {
  readonly cursor: string;
  readonly node: { readonly eventId: string };
}

interface AuditorOptions {
  readonly random: Random;
  readonly gateways: readonly string[];
  /** Where it begins: the first event of all. */
  readonly first: Edge;
  /** How often an event is the last before the connection is dropped. */
  readonly drop: number;
}

/** An operator who follows the whole event store, dropping the connection now and then and resuming where it was. */
export class Auditor {
  readonly eventIds: string[];
  readonly errors: string[] = [];
  readonly #options: AuditorOptions;
  #cursor: string;

  constructor(options: AuditorOptions) {
    this.#options = options;
    this.#cursor = options.first.cursor;
    this.eventIds = [options.first.node.eventId];
  }

  async follow(signal: AbortSignal): Promise<void> {
    const { random, gateways } = this.#options;
    while (!signal.aborted) {
      const variables = { after: this.#cursor };
      const receive = (message: Message<{ readonly events: Edge }>) => this.#receive(message);
      await subscribe({ url: random.pick(gateways), customerId: null, query: QUERY, variables, signal, receive });
      await sleep(random.between(0, MAX_PAUSE_MS), signal);
    }
  }

  #receive({ type, payload }: Message<{ readonly events: Edge }>): 'Stay' | 'Leave' {
    const edge = payload?.data?.events;
    if (type !== 'next' || edge === undefined) {
      const code = payload?.errors?.[0]?.extensions?.code;
      if (type !== 'complete' && code !== 'UNAVAILABLE') this.errors.push(JSON.stringify(payload).slice(0, 300));
      return 'Leave';
    }
    this.#cursor = edge.cursor;
    this.eventIds.push(edge.node.eventId);
    return this.#options.random.chance(this.#options.drop) ? 'Leave' : 'Stay';
  }
}

type Opening = Pick<AuditorOptions, 'random' | 'gateways'> & Partial<Pick<AuditorOptions, 'drop'>>;

/** Begins with the first event of all. @throws when there is none, or no answer */
export const openAuditor = async ({ random, gateways, drop = DROP }: Opening): Promise<Auditor> => {
  const { data } = await ask({ url: random.pick(gateways), customerId: null, query: FIRST });
  const events = data?.['events'] as { readonly edges: readonly Edge[] } | undefined;
  const first = events?.edges[0];
  if (first === undefined) throw new Error('The event store is empty.');
  return new Auditor({ random, gateways, first, drop });
};
