/** Up to where a journal was published to a stream: the last publication's number, and the id of its last entry. */
export interface Mark {
  readonly number: bigint;
  readonly lastEntryId: string;
}

/** A mark as it stands beside the stream: it also names the last entry of the publication before. */
export interface FoundMark extends Mark {
  readonly previousEntryId: string;
}

/** Nothing was published, or all of it is lost. */
export const NO_MARK: FoundMark = { number: 0n, lastEntryId: '', previousEntryId: '' };

export const isSameMark = (one: Mark, other: Mark): boolean =>
  one.number === other.number && one.lastEntryId === other.lastEntryId;

/** How the text of a mark beside the stream begins; the whole of it when there is none. */
export const formatMark = ({ number, lastEntryId }: Mark): string => (number === 0n ? '' : `${number}:${lastEntryId}`);

/** `<number>:<last entry id>:<last entry id of the publication before>`; empty when there is no mark. */
export const parseMark = (text: string): FoundMark => {
  const [number = '', lastEntryId = '', previousEntryId = ''] = text.split(':');
  return number === '' ? NO_MARK : { number: BigInt(number), lastEntryId, previousEntryId };
};
