import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import { type Belonging, recentBelongings } from './belongings.ts';
import { ask, type Reply } from './client.ts';
import type { History } from './history.ts';
import { PRYINGS, type Prying } from './prying.ts';
import { subscribe } from './subscription.ts';

const MAX_PAUSE_MS = 500;
const FOLLOWED_MS = 3_000;
/** How often the owner asks the same: else nobody would notice that nothing is told to anybody. */
const BY_OWNER = 0.35;

/** What somebody was told who asked about a cart or an order. */
export interface Intrusion {
  readonly by: string;
  readonly what: string;
  readonly subject: Belonging;
  /** Null without an answer. */
  readonly reply: Reply | null;
}

interface IntruderOptions {
  readonly random: Random;
  readonly gateways: readonly string[];
  readonly history: History;
}

interface Attempt {
  readonly prying: Prying;
  readonly by: string;
  readonly id: string;
  readonly signal: AbortSignal;
}

/** Asks in the name of one customer with the ids of another. */
export class Intruder {
  readonly intrusions: Intrusion[] = [];
  readonly #options: IntruderOptions;

  constructor(options: IntruderOptions) {
    this.#options = options;
  }

  async pry(signal: AbortSignal): Promise<void> {
    const { random, history } = this.#options;
    while (!signal.aborted) {
      await sleep(random.between(0, MAX_PAUSE_MS), signal);
      const prying = random.pick(PRYINGS);
      const belongings = recentBelongings(history);
      const theirs = belongings.filter(({ kind }) => kind === prying.of);
      if (theirs.length > 0 && !signal.aborted) await this.#try(prying, random.pick(theirs), signal);
    }
  }

  async #try(prying: Prying, subject: Belonging, signal: AbortSignal): Promise<void> {
    const { random } = this.#options;
    const by = prying.type !== 'Mutate' && random.chance(BY_OWNER) ? subject.owner : `${subject.owner}_not`;
    const attempt = { prying, by, id: subject.id, signal };
    const reply = await (prying.type === 'Subscribe' ? this.#follow(attempt) : this.#ask(attempt));
    this.intrusions.push({ by, what: prying.name, subject, reply });
  }

  async #ask({ prying: { query, variables }, by, id, signal }: Attempt): Promise<Reply | null> {
    const { random, gateways } = this.#options;
    const key = `intrusion-${this.intrusions.length}`;
    const question = { url: random.pick(gateways), customerId: by, query, variables: variables(id, key), signal };
    return ask(question).catch(() => null);
  }

  async #follow({ prying: { query, variables }, by, id, signal }: Attempt): Promise<Reply | null> {
    const { random, gateways } = this.#options;
    let reply: Reply | null = null;
    await subscribe<Readonly<Record<string, unknown>>>({
      url: random.pick(gateways),
      customerId: by,
      query,
      variables: variables(id, ''),
      signal: AbortSignal.any([signal, AbortSignal.timeout(FOLLOWED_MS)]),
      hear: ({ payload }) => {
        reply = (payload ?? null) as Reply | null;
        return 'Leave';
      },
    });
    return reply;
  }
}
