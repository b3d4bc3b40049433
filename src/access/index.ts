// The only door into this folder from others.
export { ADMITTED_AS_NOBODY, type Admission } from './admission.ts';
export { TOKEN_ROLES, type TokenRole } from './claims.ts';
export { type Credentials, credentialsIn, credentialsSaid } from './credentials.ts';
export { Gate, type GateOptions } from './gate.ts';
export { isRenewal } from './is-renewal.ts';
export { type Access, openAccess } from './open-access.ts';
export { type PageSignIn, pageSignInOf } from './page-sign-in.ts';
export { addressKey } from './rates/address-key.ts';
export { openRates, type Rates, type Weight } from './rates/open-rates.ts';
export { readReachOf, writeReachOf } from './reach.ts';
export type { Revocation, Revocations } from './revocations.ts';
export { signToken, type TokenGrant } from './sign-token.ts';
export { TICKET_SECONDS, type Tickets } from './tickets.ts';
export { Unauthenticated } from './unauthenticated.ts';
export { mayDo, NOBODY, SCOPES, type Scope, type Viewer } from './viewer.ts';
export { viewerKey } from './viewer-key.ts';
export { addVisitKey } from './visit-keys.ts';
export type { KnownVisit, Visit, Visits } from './visits.ts';
