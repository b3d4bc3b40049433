import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import { ask, type Reply } from './client.ts';
import type { History } from './history.ts';
import { type Owned, recentlyOwned } from './owned.ts';
import { PROBES, type Probe } from './probe.ts';
import { subscribe } from './subscription.ts';

const MAX_PAUSE_MS = 500;
const FOLLOWED_MS = 3_000;
/** How often the owner asks the same: else nobody would notice that nothing is told to anybody. */
const BY_OWNER = 0.35;

/** What somebody was told who asked about a cart or an order. */
export interface Probed {
  readonly by: string;
  readonly what: string;
  readonly subject: Owned;
  /** Null without an answer. */
  readonly reply: Reply | null;
}

interface ProberOptions {
  readonly random: Random;
  readonly gateways: readonly string[];
  readonly history: History;
}

interface Attempt {
  readonly probe: Probe;
  readonly by: string;
  readonly id: string;
  readonly signal: AbortSignal;
}

/** Asks in the name of one customer with the ids of another. */
export class Prober {
  readonly probed: Probed[] = [];
  readonly #options: ProberOptions;

  constructor(options: ProberOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { random, history } = this.#options;
    while (!signal.aborted) {
      await sleep(random.between(0, MAX_PAUSE_MS), signal);
      const probe = random.pick(PROBES);
      const owned = recentlyOwned(history);
      const theirs = owned.filter(({ kind }) => kind === probe.of);
      if (theirs.length > 0 && !signal.aborted) await this.#try(probe, random.pick(theirs), signal);
    }
  }

  async #try(probe: Probe, subject: Owned, signal: AbortSignal): Promise<void> {
    const { random } = this.#options;
    const by = probe.type !== 'Mutate' && random.chance(BY_OWNER) ? subject.owner : `${subject.owner}_not`;
    const attempt = { probe, by, id: subject.id, signal };
    const reply = await (probe.type === 'Subscribe' ? this.#follow(attempt) : this.#ask(attempt));
    this.probed.push({ by, what: probe.name, subject, reply });
  }

  async #ask({ probe: { query, variables }, by, id, signal }: Attempt): Promise<Reply | null> {
    const { random, gateways } = this.#options;
    const key = `probe-${this.probed.length}`;
    const question = { url: random.pick(gateways), customerId: by, query, variables: variables(id, key), signal };
    return ask(question).catch(() => null);
  }

  async #follow({ probe: { query, variables }, by, id, signal }: Attempt): Promise<Reply | null> {
    const { random, gateways } = this.#options;
    let reply: Reply | null = null;
    await subscribe<Readonly<Record<string, unknown>>>({
      url: random.pick(gateways),
      customerId: by,
      query,
      variables: variables(id, ''),
      signal: AbortSignal.any([signal, AbortSignal.timeout(FOLLOWED_MS)]),
      receive: ({ payload }) => {
        reply = (payload ?? null) as Reply | null;
        return 'Leave';
      },
    });
    return reply;
  }
}
