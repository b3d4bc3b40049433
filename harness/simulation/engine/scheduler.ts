import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Random } from '../../support/random.ts';
import type { Actor } from './actor.ts';
import type { Signal } from './signal.ts';
import { Timers } from './timers.ts';
import type { Trace } from './trace.ts';

interface Continuation {
  readonly actor: Actor;
  readonly label: string;
  readonly run: () => void;
}

/** What a request comes to when it cannot be answered yet: look again after the signal, or after a while. */
export interface Blocked {
  readonly until: Signal;
}

export const isBlocked = (answer: unknown): answer is Blocked =>
  typeof answer === 'object' && answer !== null && 'until' in answer;

/** How the way to a server fails. */
export type LinkFault = 'LostRequest' | 'LostReply' | null;

export interface Link {
  readonly fault: () => LinkFault;
  readonly failure: () => Error;
}

export interface Request<T> {
  readonly actor: Actor;
  readonly label: string;
  readonly link?: Link;
  /** Done by the server at one moment. */
  readonly effect: () => T | Blocked;
  /** How long it may be blocked, and what is answered then. */
  readonly timeout?: { readonly ms: number; readonly answer: T };
}

const STEP_MS = 0.25;
const CHANCE_OF_TIMER_FIRST = 0.02;
const CHANCE_OF_PROMPT_REPLY = 0.5;

/**
 * Decides what goes on next. Whatever waits for a server or for time waits here, as a continuation; at each step one of
 * those that may go on is drawn, and the program runs until everything waits again. The seed is all that decides.
 */
export class Scheduler {
  readonly #random: Random;
  readonly #trace: Trace;
  readonly #timers = new Timers();
  readonly #ready: Continuation[] = [];
  #nowMs = 0;

  constructor(random: Random, trace: Trace) {
    this.#random = random;
    this.#trace = trace;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Something that happens by itself. */
  enqueue(continuation: Continuation): void {
    this.#ready.push(continuation);
  }

  /** At a time, unless the actor has died by then. */
  at(atMs: number, continuation: Continuation): { readonly cancel: () => void } {
    const timer = this.#timers.add(atMs, () => this.enqueue(continuation));
    return { cancel: () => void (timer.isCancelled = true) };
  }

  sleep(actor: Actor, ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const wake = (): void => {
        timer.cancel();
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const onAbort = (): void => this.enqueue({ actor, label: 'woken', run: wake });
      const timer = this.at(this.#nowMs + ms, { actor, label: 'slept', run: wake });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Asks a server: the request, its effect and the reply are steps of their own, so that a crash may come between any two. */
  request<T>(request: Request<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const { actor, label, link } = request;
    const fault = link?.fault() ?? null;
    const settle = (run: () => void): void => {
      if (this.#random.chance(CHANCE_OF_PROMPT_REPLY)) return run();
      this.enqueue({ actor, label: `${label} ←`, run });
    };
    const fail = (): void => settle(() => reject(link?.failure() ?? new Error(label)));
    const attempt = this.#attempt(request, (answer) =>
      fault === 'LostReply' ? fail() : settle(() => ('error' in answer ? reject(answer.error) : resolve(answer.value))),
    );
    this.enqueue({ actor, label, run: fault === 'LostRequest' ? fail : attempt });
    return promise;
  }

  /** Runs until `isDone`. @throws when nothing can go on any more. */
  async run(isDone: () => boolean): Promise<void> {
    for (;;) {
      await nextTurn();
      if (isDone()) return;
      this.#step();
    }
  }

  #attempt<T>(
    { actor, label, effect, timeout }: Request<T>,
    answered: (answer: { readonly value: T } | { readonly error: Error }) => void,
  ): () => void {
    let isOver = false;
    const end = (answer: { readonly value: T } | { readonly error: Error }): void => {
      isOver = true;
      timer?.cancel();
      answered(answer);
    };
    const run = (): void => (isOver || timeout === undefined ? undefined : end({ value: timeout.answer }));
    const timer =
      timeout === undefined ? null : this.at(this.#nowMs + timeout.ms, { actor, label: `${label} timed out`, run });
    const attempt = (): void => {
      if (isOver) return;
      try {
        const answer = effect();
        if (!isBlocked(answer)) return end({ value: answer });
        answer.until.wait(() => this.enqueue({ actor, label: `${label} again`, run: attempt }));
      } catch (error) {
        end({ error: error instanceof Error ? error : new Error(String(error)) });
      }
    };
    return attempt;
  }

  #step(): void {
    this.#nowMs += STEP_MS;
    const continuation = this.#draw();
    this.#trace.add(this.#nowMs, continuation.actor.name, continuation.label);
    continuation.run();
  }

  #draw(): Continuation {
    for (;;) {
      this.#timers.fireDue(this.#nowMs);
      if (!this.#random.chance(CHANCE_OF_TIMER_FIRST)) {
        const continuation = this.#drawReady();
        if (continuation !== null) return continuation;
      }
      this.#skipTime();
    }
  }

  #drawReady(): Continuation | null {
    for (let tries = this.#ready.length; tries > 0; tries -= 1) {
      const index = this.#random.integer(0, this.#ready.length - 1);
      const continuation = this.#ready[index];
      const last = this.#ready.pop();
      if (continuation === undefined || last === undefined) return null;
      if (index < this.#ready.length) this.#ready[index] = last;
      const { actor } = continuation;
      if (!actor.isAlive) continue;
      if (actor.frozenUntilMs <= this.#nowMs) return continuation;
      this.at(actor.frozenUntilMs, continuation);
    }
    return null;
  }

  #skipTime(): void {
    const nextAtMs = this.#timers.nextAtMs();
    if (nextAtMs === Number.POSITIVE_INFINITY) {
      if (this.#ready.length === 0) throw new Error('Nothing can go on: everybody waits for ever.');
      return;
    }
    this.#nowMs = Math.max(this.#nowMs, nextAtMs);
  }
}
