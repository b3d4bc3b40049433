// The only door into this folder from others.
export type { Admission } from './admission.ts';
export { type Access, openAccess } from './open-access.ts';
export { readReachOf, writeReachOf } from './reach.ts';
export type { Revocation, Revocations } from './revocations.ts';
export { TICKET_SECONDS, type Tickets } from './tickets.ts';
export { mayDo, NOBODY, SCOPES, type Scope, type Viewer } from './viewer.ts';
export { addVisitKey } from './visit-keys.ts';
export type { KnownVisit, Visit, Visits } from './visits.ts';
