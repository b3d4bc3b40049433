/** What a member of a group reads of the group's streams, which may change at any time. Disposal gives it back. */
export interface Share extends AsyncDisposable {
  /** The streams that it is to read now. The list is another one only when it has changed. */
  readonly streams: () => readonly string[];
  /** Whether nobody else of the group reads them: then whatever is pending there for others is nobody's. */
  readonly isExclusive: () => boolean;
  /** A read may wait so many milliseconds for entries: what has changed meanwhile is seen after it. */
  readonly maxBlockMs: () => number;
  /** The member may be given entries of these from now on, and has settled what it was given of all others. */
  readonly reads: (streams: readonly string[]) => void;
  /** The member cannot read now, or not handle what it was given. While that lasts, others may come to read in its place. */
  readonly pause: () => void;
  /** It tries again. Takes part once `reach` can reach a stream. @throws what `reach` throws */
  readonly resume: (reach: (stream: string) => Promise<void>) => Promise<void>;
  /** Resolves when the streams may have changed since they were last asked for, or when the signal aborts. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
}
