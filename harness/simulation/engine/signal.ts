/** Something that others wait for, to look again. */
export class Signal {
  #waiting: (() => void)[] = [];

  wait(wake: () => void): void {
    this.#waiting.push(wake);
  }

  notify(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
