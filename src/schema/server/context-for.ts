import type { Admission } from '../../access/index.ts';
import type { GatewayContext } from '../context.ts';

/** What resolvers are given for whoever was let in, with the `traceparent` of the request or of the upgrade. */
export type ContextFor = (admission: Admission, traceparent: unknown) => GatewayContext;
