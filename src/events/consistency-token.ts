import { countPart, idPart, tokenOf } from './token.ts';

/**
 * What an answer must at least know. `Version`: the aggregate's first `version` events by the service that owns it.
 * `Revision`: the first `revision` steps that the read side took in.
 */
export interface ConsistencyPoint {
  readonly aggregateId: string;
  readonly measure: 'Version' | 'Revision';
  readonly reached: number;
}

const TOKENS = {
  Version: tokenOf('v', [countPart, idPart]),
  Revision: tokenOf('r', [countPart, idPart]),
} as const satisfies Record<ConsistencyPoint['measure'], unknown>;

/** An opaque token for clients to hand back as `consistentWith`. */
export const encodeConsistencyToken = ({ aggregateId, measure, reached }: ConsistencyPoint): string =>
  TOKENS[measure].encode(reached, aggregateId);

/** The point that a token stands for; null when panier did not make the token. */
export const decodeConsistencyToken = (token: string): ConsistencyPoint | null => {
  for (const measure of ['Version', 'Revision'] as const) {
    const values = TOKENS[measure].decode(token);
    if (values !== null) return { measure, reached: values[0], aggregateId: values[1] };
  }
  return null;
};
