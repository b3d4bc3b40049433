export type { BookEntry } from './control/books.ts';
export type { Controls, Tally } from './control/controls.ts';
export { type RemoteControls, reachFakeStripe } from './control/reach.ts';
export { type FakeStripe, type FakeStripeOptions, openFakeStripe } from './fake-stripe.ts';
export type { Fault, FaultPlan } from './faults/faults.ts';
