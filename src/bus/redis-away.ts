/** A command was given up, for there is no connection; the message says why. */
export class RedisAway extends Error {
  override readonly name = 'RedisAway';
}

/** Whoever it was asked by has left it. */
export const leftRedis = (): RedisAway => new RedisAway('Redis is away: the connection was closed');
