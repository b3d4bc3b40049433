import { type Database, type Db, orUnavailable, type Runner, runTransaction } from '../database/index.ts';
import { newId, type Positions, type Rejection } from '../events/index.ts';
import { Conflict, err, ok, type Result } from '../platform/index.ts';
import { countFollowing } from '../projection/index.ts';
import type { TargetRules } from './connector.ts';
import { type WebhookEndpoint, type WebhookFormat } from './endpoint.ts';
import { readEventTypes, readUrl } from './endpoint-request.ts';
import {
  allEndpoints,
  deleteEndpoint,
  endpointById,
  insertEndpoint,
  type KeptEndpoint,
  savePlace,
  saveSettings,
} from './endpoint-rows.ts';
import { FULL, MAX_OVERLAP_HOURS, NO_OVERLAP, UNKNOWN } from './refusals.ts';
import { replaceSecret } from './rotation.ts';
import { newSecret } from './secret.ts';

export interface EndpointRequest {
  readonly url: string;
  /** Null: all. */
  readonly eventTypes: readonly string[] | null;
  readonly format: WebhookFormat;
  /** Events of the event store behind what was seen so far are sent. */
  readonly after: Positions;
}

/** What is left out stays as it is. */
export interface EndpointChange {
  readonly url?: string | undefined;
  readonly eventTypes?: readonly string[] | null | undefined;
  readonly format?: WebhookFormat | undefined;
}

/** The secret is told this once. */
export interface EndpointWithSecret {
  readonly endpoint: WebhookEndpoint;
  readonly secret: string;
}

type Answer<T> = Promise<Result<T, Rejection>>;

/** What operators do with webhook endpoints. All throw `Unavailable` while the database is away. */
export interface WebhookEndpoints {
  readonly create: (request: EndpointRequest) => Answer<EndpointWithSecret>;
  readonly update: (id: string, change: EndpointChange) => Answer<WebhookEndpoint>;
  /** The secret before signs beside the new one for so many hours, 0 to 168. */
  readonly rotateSecret: (id: string, overlapHours: number) => Answer<EndpointWithSecret>;
  readonly remove: (id: string) => Answer<{ readonly id: string }>;
  /** From where it stood. */
  readonly resume: (id: string) => Answer<WebhookEndpoint>;
  /** Sends what is behind what was seen so far, again or for the first time. */
  readonly redeliver: (id: string, after: Positions) => Answer<WebhookEndpoint>;
  /** In the order in which they were made; 1,000 at most. */
  readonly all: () => Promise<readonly WebhookEndpoint[]>;
  readonly find: (id: string) => Promise<WebhookEndpoint | null>;
  /** How many events wait to be delivered, counted among the next 10,000 of the event store. */
  readonly behind: (endpoint: WebhookEndpoint) => Promise<number>;
}

export interface EndpointsParts {
  readonly commands: Database;
  readonly queries: Database;
  /** Where the event store is, unless it is with the endpoints. */
  readonly events?: Db;
  readonly rules: TargetRules;
}

const COUNTED = 10_000;
const ATTEMPTS = 5;

/** What to make of an endpoint, and which part of it that is. */
interface Change {
  readonly of: (endpoint: KeptEndpoint) => Result<KeptEndpoint, Rejection>;
  readonly save: (runner: Runner, endpoint: KeptEndpoint) => Promise<KeptEndpoint | null>;
}

const changedOnce = async (
  runner: Runner,
  id: string,
  change: Change,
): Promise<Result<KeptEndpoint, Rejection> | null> => {
  const found = await endpointById(runner, id);
  if (found === null) return err(UNKNOWN);
  const changed = change.of(found);
  if (!changed.ok) return changed;
  const kept = await change.save(runner, changed.value);
  return kept === null ? null : ok(kept);
};

/** Two operators may change one endpoint at once: the later one changes what the earlier one made of it. */
const changed = async (runner: Runner, id: string, change: Change): Answer<KeptEndpoint> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const result = await changedOnce(runner, id, change);
    if (result !== null) return result;
  }
  throw new Conflict('The endpoint is being changed by others.');
};

const create = async ({ commands, rules }: EndpointsParts, request: EndpointRequest): Answer<EndpointWithSecret> => {
  const url = readUrl(request.url, rules);
  if (!url.ok) return url;
  const eventTypes = readEventTypes(request.eventTypes);
  if (!eventTypes.ok) return eventTypes;
  const secret = newSecret();
  const id = newId('WebhookEndpoint');
  const wanted = {
    id,
    url: url.value,
    eventTypes: eventTypes.value,
    format: request.format,
    head: request.after,
    secret,
  };
  const endpoint = await insertEndpoint(commands.db, wanted);
  if (endpoint !== null) return ok({ endpoint, secret });
  return err(FULL);
};

const applied = (rules: TargetRules, { url, eventTypes, format }: EndpointChange): Change => ({
  save: saveSettings,
  of: (endpoint) => {
    const newUrl = url === undefined ? ok(endpoint.url) : readUrl(url, rules);
    if (!newUrl.ok) return newUrl;
    const types = eventTypes === undefined ? ok(endpoint.eventTypes) : readEventTypes(eventTypes);
    if (!types.ok) return types;
    return ok({ ...endpoint, url: newUrl.value, eventTypes: types.value, format: format ?? endpoint.format });
  },
});

/** The three days begin anew. */
const RESUMED: Change = {
  save: savePlace,
  of: (endpoint) =>
    ok({ ...endpoint, status: 'ACTIVE', owed: endpoint.owed.map((each) => ({ ...each, attempts: 0, since: null })) }),
};

const placed = (head: Positions): Change => ({
  save: savePlace,
  of: (endpoint) => ok({ ...endpoint, head, owed: [] }),
});

/** What it is signed with does not stand in its row. */
const TOUCHED: Change = { save: saveSettings, of: ok };

const rotated = async ({ commands }: EndpointsParts, id: string, overlapHours: number): Answer<EndpointWithSecret> => {
  if (overlapHours < 0 || overlapHours > MAX_OVERLAP_HOURS) return err(NO_OVERLAP);
  const secret = newSecret();
  return runTransaction(commands.pool, async (tx) => {
    // Changes the endpoint first: so rotations come one after the other, and whoever signs learns of it.
    const endpoint = await changed(tx, id, TOUCHED);
    if (!endpoint.ok) return endpoint;
    await replaceSecret(tx, id, { secret, overlapHours });
    return ok({ endpoint: endpoint.value, secret });
  });
};

const behind = async ({ queries, events = queries.db }: EndpointsParts, { id }: WebhookEndpoint): Promise<number> => {
  const endpoint = await endpointById(queries.db, id);
  if (endpoint === null) return 0;
  const { head: after, eventTypes: types, owed } = endpoint;
  return owed.length + (await countFollowing(events, { after, types, limit: COUNTED }));
};

/** Opens no connection of its own. */
export const openWebhookEndpoints = (parts: EndpointsParts): WebhookEndpoints => {
  const { commands, queries, rules } = parts;
  const change = orUnavailable((id: string, by: Change) => changed(commands.db, id, by));
  return {
    create: orUnavailable((request: EndpointRequest) => create(parts, request)),
    update: (id, given) => change(id, applied(rules, given)),
    rotateSecret: orUnavailable((id: string, hours: number) => rotated(parts, id, hours)),
    remove: orUnavailable(async (id: string) => ((await deleteEndpoint(commands.db, id)) ? ok({ id }) : err(UNKNOWN))),
    resume: (id) => change(id, RESUMED),
    redeliver: (id, after) => change(id, placed(after)),
    all: orUnavailable(() => allEndpoints(queries.db)),
    find: orUnavailable((id: string) => endpointById(queries.db, id)),
    behind: orUnavailable((endpoint: WebhookEndpoint) => behind(parts, endpoint)),
  };
};
