/** The readers of one group and what they have. */
export interface GroupLeases {
  readonly untilMs: Map<string, number>;
  readonly heldBy: Map<string, string>;
}
