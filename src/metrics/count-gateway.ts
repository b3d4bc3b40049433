import { type CommandEnded, SIGNALS } from '../platform/index.ts';
import { boundedLabel } from './bounded-label.ts';
import { type Registered, secondsOf } from './registered.ts';

/**
 * All fields at the schema's roots, so that nobody who asks for each of them takes the places of trusted documents, of which
 * there are half as many more. A histogram of each would not fit into a scrape of 100 kB.
 */
const OPERATIONS = 80;
const OPERATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const COMMAND_BUCKETS = [0.025, 0.1, 0.5, 2.5];
const FAULTS: readonly CommandEnded['outcome'][] = ['conflict', 'unavailable', 'failed'];
const CUT_FOR = ['stalled', 'behind', 'memory'] as const;

const countRequests = ({ counter }: Registered): Disposable => {
  const requests = counter({
    name: 'http_requests_total',
    help: 'Requests that were answered, by the server and the status of the answer.',
    labelNames: ['server', 'status'],
  });
  return SIGNALS.requestAnswered.hear(({ server, status }) => requests.inc({ server, status: String(status) }));
};

const countOperations = ({ counter, histogram }: Registered): Disposable => {
  const labelNames = ['type', 'operation'] as const;
  const operations = counter({
    name: 'operations_total',
    help: 'GraphQL operations that ran or were refused, by their outcome: ok, error, refused.',
    labelNames: [...labelNames, 'outcome'],
  });
  const seconds = counter({
    name: 'operation_seconds_total',
    help: 'How long all of these took together; subscriptions: to begin.',
    labelNames,
  });
  const durations = histogram(
    {
      name: 'operation_duration_seconds',
      help: 'How long operations of a type took; subscriptions: to begin.',
      labelNames: ['type'],
    },
    OPERATION_BUCKETS,
  );
  const nameOf = boundedLabel(OPERATIONS);
  return SIGNALS.operationEnded.hear(({ type, name, outcome, tookMs }) => {
    const operation = nameOf(name);
    operations.inc({ type, operation, outcome });
    seconds.inc({ type, operation }, secondsOf(tookMs));
    durations.observe({ type }, secondsOf(tookMs));
  });
};

const countCommands = ({ counter, histogram }: Registered, names: readonly string[]): Disposable => {
  const commands = counter({
    name: 'commands_total',
    help: 'Commands, by their outcome; of those that were rejected, by the code.',
    labelNames: ['command', 'outcome', 'code'],
  });
  const durations = histogram(
    { name: 'command_duration_seconds', help: 'From a command to its answer.', labelNames: ['command'] },
    COMMAND_BUCKETS,
  );
  // From the start on: a series that begins with its first fault shows no rise of it.
  for (const command of names) for (const outcome of FAULTS) commands.inc({ command, outcome, code: '' }, 0);
  return SIGNALS.commandEnded.hear(({ command, outcome, code, tookMs }) => {
    commands.inc({ command, outcome, code });
    durations.observe({ command }, secondsOf(tookMs));
  });
};

const countReaders = ({ counter }: Registered): Disposable => {
  const frames = counter({ name: 'frames_total', help: 'Values that subscriptions gave to their subscribers.' });
  const conflated = counter({
    name: 'changes_conflated_total',
    help: 'Changes that came before a subscriber had seen the one before: it sees the newest state.',
  });
  const cut = counter({
    name: 'readers_cut_total',
    help: 'Connections that were ended because they did not read: stalled, behind, or for the memory of the process.',
    labelNames: ['reason'],
  });
  for (const reason of CUT_FOR) cut.inc({ reason }, 0);
  const hearing = new DisposableStack();
  hearing.use(SIGNALS.framePushed.hear(() => frames.inc({})));
  hearing.use(SIGNALS.changeConflated.hear(() => conflated.inc({})));
  hearing.use(SIGNALS.readerCut.hear(({ why }) => cut.inc({ reason: why })));
  return hearing;
};

/** Counts what clients ask, and what they are sent. `commands`: those that the process may carry out. */
export const countGateway = (registered: Registered, commands: readonly string[]): Disposable => {
  const hearing = new DisposableStack();
  hearing.use(countCommands(registered, commands));
  for (const count of [countRequests, countOperations, countReaders]) hearing.use(count(registered));
  return hearing;
};
