/** A quantity has a few digits. */
export const MAX_BODY_BYTES = 1_024;
