/** A server cannot be started; the message says why and what to do, for the person at the terminal. */
export class ServersError extends Error {
  override readonly name = 'ServersError';
}
