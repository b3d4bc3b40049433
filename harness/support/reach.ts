import type { Owner, Reach } from '../../src/events/index.ts';

/** As a customer reaches things. */
export const customerReach = (customerId: string): Owner => ({ kind: 'Customer', customerId });

/** As a visitor reaches things. */
export const visitorReach = (visitorId: string): Owner => ({ kind: 'Visitor', visitorId });

/** What everybody's things are asked for with who reaches them all. */
export const askedByAll = (...ids: readonly string[]): readonly { readonly id: string; readonly reach: Reach }[] =>
  ids.map((id) => ({ id, reach: 'Everything' }));
