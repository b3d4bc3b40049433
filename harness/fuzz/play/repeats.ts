import type { GraphQLSchema } from 'graphql';
import type { Operation } from '../operation/operation.ts';
import type { Judged } from '../oracle/judge.ts';
import { differenceOf, keptOf } from '../oracle/kept.ts';
import { jsonOf, object } from '../value.ts';
import type { Player } from './player.ts';

interface Promised {
  readonly operation: Operation;
  readonly kept: readonly string[];
}

/** Answers that came meanwhile may have changed what a repeated command is about. */
const MAX_WAITING = 40;

const KEY = /"?idempotencyKey"?: ?"/;

const hasKey = ({ text, variables }: Operation): boolean => KEY.test(text) || KEY.test(jsonOf(object(variables)));

/** What they answer is how a run stands, or that another one is under way. */
const TELLING_NOW: ReadonlySet<string> = new Set(['Mutation.startReplay', 'Mutation.startVerification']);

/** Commands with a key that were answered; each is sent again later, by another lane, and answered alike. */
export class Repeats {
  readonly #schema: GraphQLSchema;
  readonly #player: Player;
  readonly #waiting: Promised[] = [];

  constructor(schema: GraphQLSchema, player: Player) {
    this.#schema = schema;
    this.#player = player;
  }

  promise(operation: Operation, { outcome, replies }: Judged): void {
    const { type, document, roots } = operation;
    const [reply] = replies;
    if (type !== 'mutation' || document === null || roots.length !== 1 || reply === undefined) return;
    if (outcome !== 'OK' || !hasKey(operation) || roots.some((root) => TELLING_NOW.has(root))) return;
    this.#waiting.push({ operation, kept: keptOf({ schema: this.#schema, document, reply }) });
  }

  /** Sends the oldest again when enough has happened since. */
  async repeatOne(): Promise<void> {
    if (this.#waiting.length > MAX_WAITING) await this.#repeat();
  }

  async repeatAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#repeat();
  }

  async #repeat(): Promise<void> {
    const promised = this.#waiting.shift();
    if (promised === undefined || promised.operation.document === null) return;
    const { operation, kept } = promised;
    const again: Operation = { ...operation, lane: operation.lane === 'post' ? 'ws' : 'post' };
    const { replies, outcome } = await this.#player.play(again);
    const [reply] = replies;
    if (reply === undefined || /CONFLICT|UNAVAILABLE/.test(outcome)) return;
    const now = keptOf({ schema: this.#schema, document: promised.operation.document, reply });
    const difference = differenceOf(kept, now);
    if (difference !== null)
      await this.#player.report(operation, { rule: 'two answers to one key', detail: difference });
  }
}
