/** What a row must know before it is opened. */
export interface Scale {
  readonly isQuick: boolean;
}
