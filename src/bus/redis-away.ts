/** A command was given up, for there is no connection; the message says why. */
export class RedisAway extends Error {
  override readonly name = 'RedisAway';
}
