import type { Admission } from '../../access/index.ts';
import type { GatewayContext } from '../context.ts';

/** What of a request's headers, or of an upgrade's, resolvers are given. */
export interface AskedWith {
  readonly traceparent: unknown;
  /** Of a request for an event stream. */
  readonly lastEventId?: string | null;
}

/** What resolvers are given for whoever was let in. */
export type ContextFor = (admission: Admission, asked: AskedWith) => GatewayContext;
