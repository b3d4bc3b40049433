import { cursorIn } from '../../access/index.ts';
import { traceparentOf } from '../../http/index.ts';
import type { Limits } from '../../platform/index.ts';
import { createBatches } from '../batches.ts';
import type { Modules } from '../context.ts';
import { answerDeadline } from '../in-time.ts';
import { OwnWrites } from '../own-writes.ts';
import { takingTurns } from '../reading.ts';
import { schema } from '../schema.ts';
import { subgraph } from '../subgraph/subgraph.ts';
import type { LiveStreams } from '../subscriptions/live-streams.ts';
import { AddressStreams } from './address-streams.ts';
import { Admitted } from './admitted.ts';
import { admitting } from './admitting.ts';
import type { Answering, AnsweringTo } from './answering.ts';
import type { ContextFor } from './context-for.ts';
import type { DocumentsPolicy } from './documents.ts';
import { EventStreams } from './event-streams.ts';
import { type Graph, openGraph, type Place } from './graph.ts';
import type { ServerParts } from './server-parts.ts';
import type { Surface } from './surface.ts';
import { ViewerConnections } from './viewer-connections.ts';

/** What every lane answers with. */
export interface Gateway {
  readonly http: Answering;
  /** The plain one, at /graphql, comes first. */
  readonly graphs: readonly [Graph, ...Graph[]];
  readonly contextFor: ContextFor;
  readonly eventStreams: EventStreams;
  readonly admitted: Admitted;
  readonly perAddress: AddressStreams;
  readonly perViewer: ViewerConnections;
}

const modulesOf = ({
  write,
  saga,
  operations,
  audit,
  read,
  access,
  webhooks,
  monitoring,
  upkeep,
}: ServerParts): Modules => ({
  write,
  saga,
  operations,
  audit,
  read,
  access,
  webhooks,
  monitoring,
  upkeep,
});

const contextFactory = (parts: ServerParts, live: LiveStreams, limits: Limits): ContextFor => {
  const shared = {
    ...modulesOf(parts),
    batches: createBatches(parts.read, parts.audit),
    nextCopy: parts.copies === undefined ? null : takingTurns(parts.copies),
    live,
    limits,
    ownWrites: new OwnWrites(),
  };
  return (admission, { traceparent, lastEventId }) => ({
    ...shared,
    admission,
    viewer: admission.viewer,
    traceparent: traceparentOf(traceparent),
    deadline: answerDeadline(limits),
    excess: { fields: 0 },
    resumption: { lastEventId: cursorIn(lastEventId), cursor: null },
  });
};

const PLAIN: Place = { path: '/graphql', schema, hasPage: true };
const subgraphPlace = (): Place => ({ path: '/subgraph', schema: subgraph().schema, hasPage: false });

interface Within extends DocumentsPolicy {
  readonly surface: Surface;
  /** Whether the schema is also served as a subgraph. */
  readonly isFederated: boolean;
}

/** Whatever is at nobody's path is the plain one's to refuse. */
export const graphAt = ([plain, ...others]: Gateway['graphs'], path: string | undefined): Graph =>
  others.find((graph) => graph.path === path) ?? plain;

/** The URL is a path and a query by now. */
const byPath =
  (graphs: Gateway['graphs']): AnsweringTo =>
  (request, response, asked) =>
    graphAt(graphs, request.url?.split('?', 1)[0]).http(request, response, asked);

/** All graphs that this process serves: behind one gate, and counted together. */
export const openGateway = (parts: ServerParts, live: LiveStreams, within: Within): Gateway => {
  const { limits, surface, isFederated } = within;
  const contextFor = contextFactory(parts, live, limits);
  const admitted = new Admitted(parts.access.revocations);
  const perAddress = new AddressStreams(limits.streamsPerAddress, surface.proxies.addressOf);
  const eventStreams = new EventStreams(limits.eventStreams, { admitted, perAddress });
  const perViewer = new ViewerConnections(limits);
  const sharing = { ...within, parts, contextFor, eventStreams, perViewer };
  const others = isFederated ? [openGraph(subgraphPlace(), sharing)] : [];
  const graphs = [openGraph(PLAIN, sharing), ...others] as const;
  const http = admitting(parts, byPath(graphs));
  return { http, graphs, contextFor, eventStreams, admitted, perAddress, perViewer };
};
