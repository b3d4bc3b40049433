type Labels<Label extends string> = Readonly<Partial<Record<Label, string>>>;

interface Sum<Label extends string> {
  readonly labels: Labels<Label>;
  by: number;
}

/**
 * What is counted until somebody looks: a counter of prom-client checks, sorts and joins its labels each time, which is dearer than
 * all else that is counted of a command.
 */
export class Tally<Label extends string> {
  readonly #names: readonly Label[];
  readonly #sums = new Map<string, Sum<Label>>();

  constructor(names: readonly Label[]) {
    this.#names = names;
  }

  inc(labels: Labels<Label>, by = 1): void {
    const key = this.#keyOf(labels);
    const sum = this.#sums.get(key);
    if (sum === undefined) this.#sums.set(key, { labels, by });
    else sum.by += by;
  }

  /** Tells each sum since it was last told, also one of 0: what was counted once is shown. */
  tell(to: (labels: Labels<Label>, by: number) => void): void {
    for (const sum of this.#sums.values()) {
      to(sum.labels, sum.by);
      sum.by = 0;
    }
  }

  #keyOf(labels: Labels<Label>): string {
    let key = '';
    for (const name of this.#names) key += `${labels[name]}\n`;
    return key;
  }
}
