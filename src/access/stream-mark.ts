const SEPARATOR = '~';

/** The id of an event: behind which update its client goes on and, of a stream that a ticket opened, its mark. */
export const markedId = (cursor: string | null, mark: string | null): string | null =>
  mark === null ? cursor : `${cursor ?? ''}${SEPARATOR}${mark}`;

/** A text that may be an id, without its mark. */
export const withoutMark = (id: string): string => id.split(SEPARATOR, 1)[0] ?? '';

/** The cursor of {@link markedId}; null where there is none. */
export const cursorIn = (id: string | null | undefined): string | null => withoutMark(id ?? '') || null;

/** The mark of {@link markedId}; null where there is none. */
export const markIn = (id: string | null | undefined): string | null => id?.split(SEPARATOR, 2)[1] ?? null;
