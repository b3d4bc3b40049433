import { SharedEntries } from './bus/index.ts';
import { OWN_DOCUMENTS } from './cli/client.ts';
import {
  BACKGROUND_ROLES,
  Hints,
  isListening,
  LISTENING_ROLES,
  type ListeningRole,
  openDoorOnce,
  openModules,
  type Parts,
  readinessOf,
  type Seen,
  startOpsOf,
  tellOfProcess,
} from './roles/index.ts';
import type { Saga } from './saga/index.ts';
import { openTracing } from './tracing/index.ts';
import type { Write } from './write/index.ts';

/** One running process of panier, in the roles that its configuration names. */
export interface Panier extends AsyncDisposable {
  /** Where its roles answer that do; those that it does not play are missing. */
  readonly urls: Readonly<Partial<Record<ListeningRole, string>>>;
  /** Where its metrics are read; null: nowhere. */
  readonly opsUrl: string | null;
  readonly write: Write;
  readonly saga: Saga;
}

/** Starts the roles of this process; disposing stops them in reverse. @throws with a message for the operator. */
export const start = async (given: Omit<Parts, 'ownDocuments'>): Promise<Panier> => {
  await using starting = new AsyncDisposableStack();
  const { roles, traces } = given.config;
  // First, and so ended last: what others do while they stop is still told.
  const tracing = starting.use(await openTracing({ traces, roles, logger: given.logger }));
  const parts = { ...given, ownDocuments: OWN_DOCUMENTS };
  const hints = new Hints();
  const modules = await openModules(parts, hints);
  const seen: Seen = { phase: 'starting', gateway: undefined };
  const probed = readinessOf(parts, seen);
  const ops = await startOpsOf({ ...parts, modules, seen, probed, started: starting });
  const door = openDoorOnce({ ...parts, probed }, starting);
  const context = { ...parts, modules, hints, entries: new SharedEntries(), door, seen, started: starting };
  for (const role of roles) if (!isListening(role)) await BACKGROUND_ROLES[role](context);
  const urls: Partial<Record<ListeningRole, string>> = {};
  // Whoever asks is let in once all that answers is there.
  for (const role of roles.filter(isListening)) urls[role] = await LISTENING_ROLES[role](context);
  tellOfProcess(context);
  seen.phase = 'running';
  starting.defer(() => {
    seen.phase = 'stopping';
    ops?.sayGoodbye();
    tracing.sendNow();
  });
  const started = starting.move();
  const { write, saga } = modules;
  return { urls, opsUrl: ops?.url ?? null, write, saga, [Symbol.asyncDispose]: () => started.disposeAsync() };
};
