/**
 * Schedules a batch of DataLoader's for the end of the turn of the event loop. Left to itself, it closes a batch before the event
 * loop comes to the next request: each would ask alone.
 */
export const atEndOfTurn = (dispatch: () => void): void => void setImmediate(dispatch);
