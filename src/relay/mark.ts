/** Up to where a journal was published to a stream: the last publication's number, and the id of its last entry. */
export interface Mark {
  readonly number: bigint;
  readonly lastEntryId: string;
}

/** A mark as it stands beside the stream: it also names the last entry of the publication before. */
export interface FoundMark extends Mark {
  readonly previousEntryId: string;
  /** Something stands there that panier has not written: the mark itself is lost. */
  readonly isUnreadable?: true;
}

/** Nothing was published, or all of it is lost. */
export const NO_MARK: FoundMark = { number: 0n, lastEntryId: '', previousEntryId: '' };

export const isSameMark = (one: Mark, other: Mark): boolean =>
  one.number === other.number && one.lastEntryId === other.lastEntryId;

/** How the text of a mark beside the stream begins; the whole of it when there is none. */
export const formatMark = ({ number, lastEntryId }: Mark): string => (number === 0n ? '' : `${number}:${lastEntryId}`);

export const UNREADABLE_MARK: FoundMark = { ...NO_MARK, isUnreadable: true };

/** Numbers fit into a bigint of PostgreSQL, entry ids into what Redis takes for one. */
const MARK = /^([1-9]\d{0,17}):(\d{1,20}-\d{1,20}):(|\d{1,20}-\d{1,20})$/;

/**
 * `<number>:<last entry id>:<last entry id of the publication before>`; empty when there is no mark. What else stands there
 * is no mark of panier's: never thrown on, for it would stop the relay of every stream.
 */
export const parseMark = (text: string): FoundMark => {
  if (text === '') return NO_MARK;
  const [, number, lastEntryId, previousEntryId] = MARK.exec(text) ?? [];
  if (number === undefined || lastEntryId === undefined || previousEntryId === undefined) return UNREADABLE_MARK;
  return { number: BigInt(number), lastEntryId, previousEntryId };
};
