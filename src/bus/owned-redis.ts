import { Command, Redis, type RedisOptions } from 'ioredis';
import { guarded, ignored, systemClock } from '../platform/index.ts';
import { adopt, claim, foundIn, look, type Script } from './claim.ts';
import { belongsToAnother, ForeignRedis, type Ownership } from './ownership.ts';

export type OwnedOptions = RedisOptions & { readonly replyMapping?: 'legacy' };
type Sent = Parameters<Redis['sendCommand']>;

/** What a connection says before it is ready, or of itself: none of it reads or writes what is kept. */
const OF_THE_CONNECTION = ['auth', 'hello', 'select', 'client', 'info', 'readonly', 'quit', 'subscribe', 'unsubscribe'];
/** After so long a connection asks again: the Redis behind it may have been emptied, and taken by another. */
const SURE_FOR_MS = 2_000;

const CLOSED = 'it closed the connection';

/** A command was given up, for there is no connection; the message says why. */
class RedisAway extends Error {
  override readonly name = 'RedisAway';
}

/**
 * A connection that sends nothing to a Redis before it has seen there that it is this database's: after each connect, after
 * each refusal, and every two seconds. By the one door that all commands go through, so that none can go round it.
 */
export class OwnedRedis extends Redis {
  readonly #ownership: Ownership;
  readonly #questions = new WeakSet<Command>();
  #sureUntil = 0;
  #asking: Promise<void> | null = null;
  #trouble = CLOSED;

  constructor(url: string, options: OwnedOptions, ownership: Ownership) {
    super(url, options);
    this.#ownership = ownership;
    const doubt = guarded(() => {
      this.#sureUntil = 0;
    }, ignored);
    this.on('close', doubt);
    const remember = guarded((error: Error) => {
      this.#trouble = error.message;
    }, ignored);
    this.on('error', remember);
    const forget = guarded(() => {
      this.#trouble = CLOSED;
    }, ignored);
    this.on('ready', forget);
  }

  override sendCommand(...sent: Sent): unknown {
    const [command] = sent;
    if (#ownership in this) this.#tellWhy(command);
    if (this.#isFree(command) || this.#isSure) return super.sendCommand(...sent);
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    this.#asking.then(
      // Its failure is the command's own: here, nobody would hear of it, and the process would end.
      () => void super.sendCommand(...sent),
      (error: Error) => command.reject(error),
    );
    return command.promise;
  }

  /** Looks whose this Redis is, and whether what was published there can have come from here. @throws {ForeignRedis} */
  async examine(): Promise<void> {
    const { databaseId, marks, objection } = this.#ownership.parts;
    const owner = await this.#run(claim(databaseId, marks));
    const isNobodys = owner === '';
    if (!isNobodys) this.#refuseUnless(owner === databaseId, owner);
    this.#settle(await objection(foundIn(marks, await this.#run(look(marks)))));
    if (isNobodys) await this.#adopt(databaseId);
  }

  async #adopt(databaseId: string): Promise<void> {
    const owner = await this.#run(adopt(databaseId));
    this.#refuseUnless(owner === databaseId, owner);
  }

  #refuseUnless(isOurs: boolean, owner: unknown): void {
    if (!isOurs) this.#settle(belongsToAnother(String(owner), this.#ownership.parts.databaseId));
  }

  // The client only says that it gave up; the connection knows why.
  #tellWhy(command: Command): void {
    const { reject } = command;
    command.reject = (error) => {
      const isAway = error.name === 'MaxRetriesPerRequestError';
      reject(isAway ? new RedisAway(`Redis is away: ${this.#trouble}`, { cause: error }) : error);
    };
  }

  // The parent's constructor may send before ours has run. What waited for a connection is sent through here once more.
  #isFree(command: Command): boolean {
    return !(#ownership in this) || this.#questions.has(command) || OF_THE_CONNECTION.includes(command.name);
  }

  get #isSure(): boolean {
    return this.#ownership.problem === null && systemClock.nowMs() < this.#sureUntil;
  }

  async #ask(): Promise<void> {
    const { databaseId, marks } = this.#ownership.parts;
    const owner = await this.#run(claim(databaseId, marks));
    if (owner !== databaseId || this.#ownership.problem !== null) await this.examine();
    this.#sureUntil = systemClock.nowMs() + SURE_FOR_MS;
  }

  #settle(problem: string | null): void {
    this.#ownership.note(problem);
    if (problem === null) return;
    this.#sureUntil = 0;
    // Connected anew, it may find the right one: the name may lead elsewhere by now.
    if (this.status === 'ready') this.disconnect(true);
    throw new ForeignRedis(problem);
  }

  #run(script: Script): Promise<unknown> {
    const keyPrefix = this.options.keyPrefix ?? '';
    const command = new Command('eval', [...script], { replyEncoding: 'utf8', keyPrefix });
    this.#questions.add(command);
    return super.sendCommand(command) as Promise<unknown>;
  }
}
