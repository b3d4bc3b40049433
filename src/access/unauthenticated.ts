/** Whoever asks is not let in; the message is for them, and tells nothing of any key. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
}

export const notValid = (cause?: unknown): Unauthenticated =>
  new Unauthenticated('The token is not valid: get a new one.', { cause });

export const expired = (): Unauthenticated => new Unauthenticated('The token has expired: get a new one.');
