import { backoff, type Clock, type Deadline, type Logger, Waker } from '../../platform/index.ts';
import type { GroupCommit } from '../journal/group-commit.ts';
import type { AppendOutcome, Task, Unit } from '../journal/unit.ts';
import type { TASKS } from '../order/progress.ts';
import type { WriteStore } from '../write-store.ts';
import type { ClaimedTask } from './tasks.ts';

export interface TaskWorkerOptions {
  readonly store: Pick<WriteStore, 'claimDueTasks' | 'postponeTask' | 'leaseMs'>;
  readonly journal: Pick<GroupCommit, 'append'>;
  readonly logger: Logger;
  readonly clock: Clock;
  /** What to do for each kind of task; a kind's variants are named `kind:…`. */
  readonly run: Readonly<Record<keyof typeof TASKS, (task: ClaimedTask) => Promise<void>>>;
  /** The first pause before a task that failed is tried again. */
  readonly backoffMs: number;
}

const POLL_MS = 200;
const MAX_AT_ONCE = 64;
const MAX_BACKOFF_MS = 60_000;

const isForNow = ({ due }: Task): boolean => 'afterMs' in due && due.afterMs === 0;

/** Works off the tasks that are due. A task stays until it is done: one whose worker dies is taken on by another. */
export class TaskWorker implements AsyncDisposable {
  readonly #options: TaskWorkerOptions;
  readonly #pauseFor: (attempt: number) => number;
  readonly #stopping = new AbortController();
  readonly #waker = new Waker();
  readonly #running = new Set<Promise<void>>();
  /** Tasks that are being written down as taken on. */
  #taking = 0;
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

  /**
   * Appends a unit. Its tasks for now are written down as taken on, where there is room for them, and begun as soon as they
   * stand: nobody has to look for them.
   */
  async append(unit: Unit, deadline?: Deadline): Promise<AppendOutcome> {
    const { journal, store } = this.#options;
    const forNow = unit.schedule.filter(isForNow);
    if (forNow.length === 0 || forNow.length > this.#room) return journal.append(unit, deadline);
    const due = { takenForMs: store.leaseMs };
    const schedule = unit.schedule.map((task) => (isForNow(task) ? { ...task, due } : task));
    this.#taking += forNow.length;
    try {
      const outcome = await journal.append({ ...unit, schedule }, deadline);
      if (outcome.type === 'Appended') this.#begin(forNow);
      return outcome;
    } catch (error) {
      // Perhaps they stand.
      this.#giveBack(forNow);
      throw error;
    } finally {
      this.#taking -= forNow.length;
    }
  }

  #begin(tasks: readonly Task[]): void {
    if (this.#stopping.signal.aborted) return this.#giveBack(tasks);
    for (const task of tasks) this.#start({ ...task, earlierAttempts: 0, isJustWritten: true });
  }

  /** Lets anybody take them on, at once. Should this fail, their lease ends by itself. */
  #giveBack(tasks: readonly Task[]): void {
    for (const task of tasks) void this.#options.store.postponeTask(task, 0).catch(() => {});
  }

  get #room(): number {
    return this.#stopping.signal.aborted ? 0 : MAX_AT_ONCE - this.#running.size - this.#taking;
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
    if (this.#room <= 0) return [];
    try {
      return await this.#options.store.claimDueTasks(this.#room);
    } catch (error) {
      this.#options.logger.warn({ error }, 'tasks cannot be read');
      return [];
    }
  }

  #start(task: ClaimedTask): void {
    const running = this.#work(task).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #work(task: ClaimedTask): Promise<void> {
    const kind = task.kind.split(':')[0] as keyof typeof TASKS;
    try {
      await this.#options.run[kind](task);
    } catch (error) {
      await this.#putOff(task, error);
    }
  }

  /** Should even this fail, the task's lease ends by itself. */
  async #putOff(task: ClaimedTask, error: unknown): Promise<void> {
    const delayMs = this.#pauseFor(task.earlierAttempts + 1);
    const { logger, store } = this.#options;
    logger.info({ error, kind: task.kind, orderId: task.orderId, delayMs }, 'task is put off');
    await store.postponeTask(task, delayMs).catch(() => {});
  }
}
