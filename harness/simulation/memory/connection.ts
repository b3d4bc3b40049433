import { Actor } from '../engine/actor.ts';
import type { Blocked, Link, Scheduler } from '../engine/scheduler.ts';
import type { MemoryDatabase } from './database.ts';
import type { Transaction } from './transaction.ts';

type Defer = (answer: Promise<unknown>) => void;

const server = new Actor('postgres');

/** The commit comes behind what was deferred, and fails with it. */
const deferToCommit: Defer = (answer) => void answer.catch(() => {});

/** The way of one process to the database. When the process dies, so do its transactions, a little later. */
export class Connection {
  readonly actor: Actor;
  readonly database: MemoryDatabase;
  readonly #scheduler: Scheduler;
  readonly #link: Link;
  readonly #open = new Set<Transaction>();
  readonly #ends: (() => void)[] = [];
  readonly #last = new WeakMap<Transaction, Promise<unknown>>();

  constructor(parts: {
    readonly actor: Actor;
    readonly database: MemoryDatabase;
    readonly scheduler: Scheduler;
    readonly link: Link;
  }) {
    this.actor = parts.actor;
    this.database = parts.database;
    this.#scheduler = parts.scheduler;
    this.#link = parts.link;
    this.actor.atDeath(() => this.lose());
  }

  /** One statement that takes effect at one moment. */
  readonly query = <T>(label: string, effect: () => T | Blocked): Promise<T> =>
    this.#scheduler.request({ actor: this.actor, label, link: this.#link, effect });

  /** A statement of a transaction: it takes effect when all that were asked for before it have, and fails when they do. */
  queryIn<T>(tx: Transaction, label: string, effect: () => T | Blocked): Promise<T> {
    const answer = (this.#last.get(tx) ?? Promise.resolve()).then(() => this.query(label, effect));
    answer.catch(() => {});
    this.#last.set(tx, answer);
    return answer;
  }

  /** One statement of several moments; the server goes through with it, whether or not the process lives to hear of it. */
  async statement<T>(label: string, run: (moment: Moment, tx: Transaction) => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const fault = this.#link.fault();
    const settle = (settled: () => void): void =>
      this.#scheduler.enqueue({
        actor: this.actor,
        label: `${label} ←`,
        run: fault === null ? settled : () => reject(this.#link.failure()),
      });
    const start = (): void => {
      if (fault === 'LostRequest') return settle(() => {});
      const tx = this.database.begin();
      const moment: Moment = (name, effect) =>
        this.#scheduler.request({ actor: server, label: `${label}: ${name}`, effect });
      run(moment, tx).then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => {
          tx.rollBack();
          settle(() => reject(error instanceof Error ? error : new Error(String(error))));
        },
      );
    };
    this.#scheduler.enqueue({ actor: this.actor, label, run: start });
    return promise;
  }

  /** A transaction that the process leads statement by statement. */
  async transaction<Tx, T>(over: (tx: Transaction) => Tx, work: (tx: Tx, defer: Defer) => Promise<T>): Promise<T> {
    const tx = this.database.begin();
    this.#open.add(tx);
    try {
      const result = await work(over(tx), deferToCommit);
      await this.queryIn(tx, 'commit', () => tx.commit());
      return result;
    } finally {
      tx.rollBack();
      this.#open.delete(tx);
    }
  }

  /** What else ends when the connection is lost. */
  atLoss(end: () => void): void {
    this.#ends.push(end);
  }

  /** Ends what is open on it; the server notices a little later. */
  lose(): void {
    for (const end of this.#ends.splice(0)) {
      this.#scheduler.enqueue({ actor: server, label: 'end session', run: end });
    }
    for (const tx of this.#open) {
      this.#scheduler.enqueue({ actor: server, label: 'roll back', run: () => tx.rollBack() });
    }
  }
}

export type Moment = <T>(name: string, effect: () => T | Blocked) => Promise<T>;
