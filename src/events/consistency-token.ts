/**
 * What an answer must at least know. `Version`: the aggregate's first `version` events by the service that owns it.
 * `Revision`: the first `revision` steps that the read side took in.
 */
export interface ConsistencyPoint {
  readonly aggregateId: string;
  readonly measure: 'Version' | 'Revision';
  readonly reached: number;
}

/** An opaque token for clients to hand back as `consistentWith`. */
export const encodeConsistencyToken = ({ aggregateId, measure, reached }: ConsistencyPoint): string =>
  Buffer.from(`${measure === 'Version' ? 'v' : 'r'}${reached}.${aggregateId}`).toString('base64url');

/** The point that a token stands for; null when panier did not make the token. */
export const decodeConsistencyToken = (token: string): ConsistencyPoint | null => {
  const match = /^([vr])(\d{1,9})\.([\w.:-]{1,100})$/.exec(Buffer.from(token, 'base64url').toString());
  if (match === null) return null;
  const [, letter, reached = '0', aggregateId = ''] = match;
  return { aggregateId, measure: letter === 'v' ? 'Version' : 'Revision', reached: Number(reached) };
};
