import { Command, Redis, type RedisOptions } from 'ioredis';
import { gather, guarded, ignored, systemClock } from '../platform/index.ts';
import { adopt, claim, foundIn, type Holding, IDENTITY_KEY, look, type Script } from './claim.ts';
import { placed } from './cluster/slots.ts';
import { belongsToAnother, ForeignRedis, type FoundPublication, type Ownership } from './ownership.ts';
import { RedisAway } from './redis-away.ts';

export type OwnedOptions = RedisOptions & { readonly replyMapping?: 'legacy' };
type Sent = Parameters<Redis['sendCommand']>;

/** A connection, of one server or of several, that can tell whose Redis it is. */
export interface OwnedRedis extends Redis {
  /**
   * Looks whose this Redis is, and whether what was published there, by one journal or by all, can have come from here. What
   * of one journal's is with a master of a cluster that is away, is looked at before the next command to that one.
   * @throws {ForeignRedis}
   */
  readonly examine: (journal?: string) => Promise<void>;
}

/** A node of a cluster is asked for what it has, and not for all that there is. */
export interface HoldingsOfNode {
  /** Null: somebody else has asked. */
  readonly holdingOf: (command: Command) => Holding | null;
  /** After a doubt that is over for one of them. */
  readonly examineAll: () => Promise<void>;
}

export interface OwnedParts {
  readonly ownership: Ownership;
  /** Of a connection to one node of a cluster. */
  readonly ofNode?: HoldingsOfNode;
}

/** What a connection says before it is ready, or of itself: none of it reads or writes what is kept. */
const OF_THE_CONNECTION = ['auth', 'hello', 'select', 'client', 'info', 'readonly', 'quit', 'subscribe', 'unsubscribe'];
/** After so long a connection asks again: the Redis behind it may have been emptied, and taken by another. */
const SURE_FOR_MS = 2_000;

const ofJournal = (found: readonly FoundPublication[], { journal }: Holding): readonly FoundPublication[] =>
  journal === undefined ? found : found.filter((publication) => publication.journal === journal);

const CLOSED = 'it closed the connection';

/**
 * A connection that sends nothing to a Redis before it has seen there that it is this database's: after each connect, after
 * each refusal, and every two seconds. By the one door that all commands go through, so that none can go round it.
 */
export class OwnedConnection extends Redis implements OwnedRedis {
  readonly #ownership: Ownership;
  readonly #ofNode: HoldingsOfNode | undefined;
  readonly #questions = new WeakSet<Command>();
  readonly #sureUntil = new Map<string, number>();
  readonly #asking = new Map<string, Promise<void>>();
  #trouble = CLOSED;

  constructor(url: string, options: OwnedOptions, { ownership, ofNode }: OwnedParts) {
    super(url, options);
    this.#ownership = ownership;
    this.#ofNode = ofNode;
    const doubt = guarded(() => this.#sureUntil.clear(), ignored);
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
    const holding = this.#toBeSureOf(command);
    if (holding === null || this.#isSureOf(holding)) return this.#pass(sent);
    this.#asked(holding).then(
      // Its failure is the command's own: here, nobody would hear of it, and the process would end.
      () => void this.#pass(sent),
      (error: Error) => command.reject(error),
    );
    return command.promise;
  }

  #pass(sent: Sent): unknown {
    // There is none yet while it connects for the first time.
    if (this.status === 'ready') gather(this.stream);
    return super.sendCommand(...sent);
  }

  /** As it is sent to a node that is taking a slot over: each command is let in by a word before it. */
  sendAsked(command: Command): void {
    const holding = this.#ofNode?.holdingOf(command) ?? null;
    this.#tellWhy(command);
    const asked = holding === null ? Promise.resolve() : this.#ask(holding, { isAsked: true });
    asked.then(
      () => this.#send(command, { isAsked: true }),
      (error: Error) => command.reject(error),
    );
  }

  examine = async (journal?: string): Promise<void> => {
    await this.examineHolding({ ...this.#whole, journal });
    if (journal === undefined) this.#ownership.clear();
  };

  /** The same for a part of it. */
  async examineHolding(holding: Holding, how: { readonly isAsked?: boolean } = {}): Promise<void> {
    const { databaseId, objection } = this.#ownership.parts;
    const owner = await this.#run(claim(databaseId, holding), how);
    const isNobodys = owner === '';
    if (!isNobodys) this.#refuseUnless(owner === databaseId, owner);
    const found = foundIn(holding, await this.#run(look(holding), how));
    // What is nobody's is taken for all journals.
    const problem = await objection(isNobodys ? found : ofJournal(found, holding));
    if (problem !== null) this.#refuse(problem);
    if (isNobodys) await this.#adopt(holding, how);
  }

  async #adopt(holding: Holding, how: { readonly isAsked?: boolean }): Promise<void> {
    const { databaseId } = this.#ownership.parts;
    const owner = await this.#run(adopt(databaseId, holding), how);
    this.#refuseUnless(owner === databaseId, owner);
  }

  #refuseUnless(isOurs: boolean, owner: unknown): void {
    if (!isOurs) this.#refuse(belongsToAnother(String(owner), this.#ownership.parts.databaseId));
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
  #toBeSureOf(command: Command): Holding | null {
    if (!(#ownership in this) || this.#questions.has(command) || OF_THE_CONNECTION.includes(command.name)) return null;
    return this.#ofNode === undefined ? this.#whole : this.#ofNode.holdingOf(command);
  }

  get #whole(): Holding {
    return { identityKey: IDENTITY_KEY, marks: this.#ownership.parts.marks };
  }

  #isSureOf({ identityKey }: Holding): boolean {
    return this.#ownership.problem === null && systemClock.nowMs() < (this.#sureUntil.get(identityKey) ?? 0);
  }

  #asked(holding: Holding): Promise<void> {
    const { identityKey } = holding;
    const asking =
      this.#asking.get(identityKey) ?? this.#ask(holding).finally(() => void this.#asking.delete(identityKey));
    this.#asking.set(identityKey, asking);
    return asking;
  }

  async #ask(holding: Holding, how: { readonly isAsked?: boolean } = {}): Promise<void> {
    const { databaseId } = this.#ownership.parts;
    const owner = await this.#run(claim(databaseId, holding), how);
    if (owner !== databaseId) await this.examineHolding(holding, how);
    if (this.#ownership.problem !== null) await (this.#ofNode?.examineAll ?? this.examine)();
    // Of what is on its way to it, a node says nothing that it would still say afterwards.
    if (how.isAsked !== true) this.#sureUntil.set(holding.identityKey, systemClock.nowMs() + SURE_FOR_MS);
  }

  #refuse(problem: string): never {
    this.#ownership.note(problem);
    this.#sureUntil.clear();
    // Connected anew, it may find the right one: the name may lead elsewhere by now.
    if (this.status === 'ready') this.disconnect(true);
    throw new ForeignRedis(problem);
  }

  #run(script: Script, how: { readonly isAsked?: boolean } = {}): Promise<unknown> {
    const keyPrefix = this.options.keyPrefix ?? '';
    const command = new Command('eval', [...script], { replyEncoding: 'utf8', keyPrefix });
    if (this.#ofNode !== undefined) placed(command, keyPrefix);
    this.#tellWhy(command);
    this.#send(command, how);
    return command.promise;
  }

  #send(command: Command, { isAsked }: { readonly isAsked?: boolean }): void {
    this.#questions.add(command);
    if (isAsked === true) {
      const asking = new Command('asking');
      this.#questions.add(asking);
      asking.promise.catch(ignored);
      super.sendCommand(asking);
    }
    super.sendCommand(command);
  }
}
