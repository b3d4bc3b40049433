import { about, backoff, type Clock, type Logger, Waker } from '../../platform/index.ts';
import type { Task } from '../journal/append-request.ts';
import { kindOf } from './kind-of.ts';
import type { ClaimedTask, TaskResult, TaskStore } from './task-store.ts';

export interface TaskWorkerOptions {
  readonly store: TaskStore;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Of what kinds the tasks are that it works off; one that takes long takes the room of these, and of no other. */
  readonly kinds: readonly string[];
  /** Does a task; it is put off when this throws, or says so. */
  readonly run: (task: ClaimedTask) => Promise<TaskResult>;
  /** The first pause before a task that failed is tried again. */
  readonly backoffMs: number;
}

/** Room for tasks that are being written as claimed. */
export interface ReservedRoom {
  /** They are written: begins them. */
  readonly begin: () => void;
  /** Lets anybody claim them, at once. */
  readonly giveBack: () => void;
  /** Ends the reservation, begun or not. */
  readonly release: () => void;
}

const POLL_MS = 200;
const MAX_AT_ONCE = 64;
/** With the pause between two looks, and what the answer takes, less than a minute: what nobody tells is found by then. */
const MAX_BACKOFF_MS = 50_000;

/** Works off the tasks of its kinds that are due. A task stays until it is done: one whose worker dies is claimed by another. */
export class TaskWorker implements AsyncDisposable {
  readonly #options: TaskWorkerOptions;
  readonly #pauseFor: (attempt: number) => number;
  readonly #stopping = new AbortController();
  readonly #waker = new Waker();
  readonly #running = new Set<Promise<void>>();
  /** Tasks that are being written as claimed. */
  #reserved = 0;
  readonly #finished: Promise<void>;

  constructor(options: TaskWorkerOptions) {
    this.#options = options;
    this.#pauseFor = backoff({ firstMs: options.backoffMs, maxMs: MAX_BACKOFF_MS });
    this.#finished = this.#loop();
  }

  /** A hint that a task may be due. */
  wake(): void {
    this.#waker.wake();
  }

  /** Keeps room for tasks that are about to be written; undefined where there are none, is not enough, or one is not its own. */
  reserve(tasks: readonly Task[]): ReservedRoom | undefined {
    if (tasks.length === 0 || tasks.length > this.#room || !tasks.every((task) => this.#isOwn(task))) return undefined;
    this.#reserved += tasks.length;
    const release = (): void => void (this.#reserved -= tasks.length);
    return { begin: () => this.#begin(tasks), giveBack: () => this.#giveBack(tasks), release };
  }

  #begin(tasks: readonly Task[]): void {
    if (this.#stopping.signal.aborted) return this.#giveBack(tasks);
    for (const task of tasks) this.#start({ ...task, earlierAttempts: 0, isJustWritten: true });
  }

  /** Should this fail, their lease ends by itself. */
  #giveBack(tasks: readonly Task[]): void {
    for (const task of tasks) void this.#options.store.postponeTask(task, 0).catch(() => {});
  }

  #isOwn(task: Task): boolean {
    return this.#options.kinds.includes(kindOf(task));
  }

  get #room(): number {
    return this.#stopping.signal.aborted ? 0 : MAX_AT_ONCE - this.#running.size - this.#reserved;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#finished;
    await Promise.all(this.#running);
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const woken = this.#waker.listen();
      const claimed = await this.#claim();
      for (const task of claimed) this.#start(task);
      if (claimed.length === 0) await this.#options.clock.sleep(POLL_MS, woken);
    }
  }

  async #claim(): Promise<readonly ClaimedTask[]> {
    const { store, kinds } = this.#options;
    if (this.#room <= 0) return [];
    try {
      return await store.claimDueTasks({ kinds, limit: this.#room });
    } catch (error) {
      this.#options.logger.warn({ error }, 'tasks cannot be read');
      return [];
    }
  }

  #start(task: ClaimedTask): void {
    const { kind, orderId } = task;
    const work = (): Promise<void> => this.#work(task);
    const running = about({ task: kind, orderId, correlationId: orderId }, work).finally(() =>
      this.#running.delete(running),
    );
    this.#running.add(running);
  }

  async #work(task: ClaimedTask): Promise<void> {
    try {
      if ((await this.#options.run(task)) === 'Later') await this.#putOff(task);
    } catch (error) {
      this.#options.logger.warn({ error }, 'task is put off');
      await this.#putOff(task);
    }
  }

  /** Should even this fail, the task's lease ends by itself. */
  async #putOff(task: ClaimedTask): Promise<void> {
    const delayMs = this.#pauseFor(task.earlierAttempts + 1);
    await this.#options.store.postponeTask(task, delayMs).catch(() => {});
  }
}
