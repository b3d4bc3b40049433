// The only door into this folder from others.
export { readBody } from './body.ts';
export { type Answering, carefulListener } from './careful-listener.ts';
export { bodyComplaintOf, UNREADABLE_TARGET } from './complaint.ts';
export { Connections } from './connections.ts';
export { Draining } from './draining.ts';
export { FULL_HEADERS, fullOf } from './full.ts';
export { answerHealth, type Health, isAboutHealth, isAboutProcess, type Probed, type Readiness } from './health.ts';
export { OTHER_HOST, servedHosts } from './hosts.ts';
export { type Address, ListenError, listen } from './listen.ts';
export { type NodeServer, openNodeServer } from './node-server.ts';
export { type Closing, OpenByKey } from './open-by-key.ts';
export type { Proxies } from './proxies.ts';
export { defectRefusal, type Refusal, type Refuse, refuseUpgrade } from './refusal.ts';
export { targetOf } from './request-target.ts';
export { stopListening } from './stop-listening.ts';
export { openSurface, PLAIN_PAST_PROXIES, type Surface } from './surface.ts';
export { type Certificate, readCertificate, watchCertificate } from './tls-files.ts';
export { traceparentOf } from './traceparent.ts';
