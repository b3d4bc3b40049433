/** What one contestant did in one round. */
export interface Round {
  readonly operations: number;
  readonly seconds: number;
  /** User and system time by kind of process, in microseconds over the whole round: { gateway, postgres, redis, load }. */
  readonly cpuMicros: Readonly<Record<string, number>>;
  readonly latencyMs?: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Other figures of the round, by name with unit in it: { bytesPerSubscriber: 38000 }. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** Panier or a limit; opened once, asked for a round at a time, by turns with the others of its row. */
export interface Contestant extends AsyncDisposable {
  readonly name: string;
  round(seconds: number): Promise<Round>;
  /** What was done must be right: throws, naming what is wrong. Called once, after the last round. */
  verify(): Promise<void>;
}

export interface Row {
  readonly id: string;
  readonly title: string;
  /** In words, as in performance.md. */
  readonly goal: string;
  /** Whether it runs only when it is asked for: it compares panier with itself, and needs long rounds for that. */
  readonly isOnlyByName?: true;
  /** Of each contestant, where it has to be warmer than for others. */
  readonly warmUpSeconds?: number;
  /** Panier first, limits after. */
  readonly contestants: readonly (() => Promise<Contestant>)[];
  /** From all rounds of each contestant, the verdict. */
  judge(results: ReadonlyMap<string, readonly Round[]>): Verdict;
}

export interface Verdict {
  readonly measured: string;
  readonly limit: string;
  readonly ratio: number | null;
  readonly met: boolean;
}
