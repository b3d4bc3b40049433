/** What the customers saw. */
export interface ClientFigures {
  /** Commands, however often each was sent. */
  readonly commands: number;
  /** Not answered, though sent again with the same key for as long as a client has patience. */
  readonly failed: number;
  /** Answered with a business "no". */
  readonly refused: number;
  /** Sent more than once before they were answered. */
  readonly repeated: number;
  /** Between two answers, whoever got them. */
  readonly longestGapMs: number;
  /** Until the command was answered that waited longest. */
  readonly longestWaitMs: number;
  readonly subscriptions: number;
  /** Connections of subscriptions that ended before their order. */
  readonly broken: number;
  /** Of those, how many went on where they were. */
  readonly resumed: number;
}
