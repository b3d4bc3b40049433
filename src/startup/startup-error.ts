/** panier cannot start; the message says why, and what to do. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
