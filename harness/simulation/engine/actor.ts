/** Whoever waits for something: a process, a session of the database, a shopper. The dead wait for nothing. */
export class Actor {
  readonly name: string;
  readonly #died = Promise.withResolvers<never>();
  readonly #lastWills: (() => void)[] = [];
  isAlive = true;
  /** Until then nothing of the actor goes on. */
  frozenUntilMs = 0;

  constructor(name: string) {
    this.name = name;
    this.#died.promise.catch(() => {});
  }

  /** Rejects when the actor dies. */
  get death(): Promise<never> {
    return this.#died.promise;
  }

  /** What others notice when the actor dies. */
  atDeath(will: () => void): void {
    this.#lastWills.push(will);
  }

  die(): void {
    this.isAlive = false;
    this.#died.reject(new Error(`${this.name} died`));
    for (const will of this.#lastWills) will();
  }
}
