import { freePort } from '../../src/servers/index.ts';
import { openStage as openProcesses, type Stage as Processes } from '../chaos/stage/index.ts';
import type { Random } from '../support/random.ts';
import { type Counted, countedAt } from './counted.ts';
import { openSink, type Sink, SpanStore } from './sink/index.ts';

/** How long a span that ended waits to be sent, at most; what a killed process had to lose. */
export const EXPORT_DELAY_MS = 500;

/** As many as chaos has, and more. */
const MAX_PROCESSES = 12;

/** Processes and servers as of chaos, and a receiver of all their spans. */
export interface Stage extends AsyncDisposable {
  readonly processes: Processes;
  readonly sink: Sink;
  readonly spans: SpanStore;
  /** What each process that runs says of its spans. */
  readonly counted: () => Promise<readonly Counted[]>;
}

/** A port for the metrics of each process, whatever they are called. */
const openPorts = async () => {
  const free = await Promise.all(Array.from({ length: MAX_PROCESSES }, freePort));
  const taken = new Map<string, number>();
  return (name: string): number => {
    const port = taken.get(name) ?? free.pop();
    if (port === undefined) throw new Error(`There is no port for ${name}.`);
    taken.set(name, port);
    return port;
  };
};

/** Every trace is recorded, and none is left out for want of room. */
const tracingTo = ({ url }: Sink, name: string, port: number): Readonly<Record<string, string>> => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${name}`,
  OTEL_BSP_SCHEDULE_DELAY: String(EXPORT_DELAY_MS),
  OTEL_BSP_MAX_QUEUE_SIZE: '200000',
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '2048',
  PANIER_OPS_PORT: String(port),
});

export interface StageOptions {
  readonly random: Random;
  readonly keep: boolean;
  readonly project: string | null;
}

/** Resolves when every process runs. */
export const openStage = async (options: StageOptions): Promise<Stage> => {
  await using opening = new AsyncDisposableStack();
  const spans = new SpanStore();
  const sink = opening.use(await openSink({ take: (span) => spans.add(span), keeps: true }));
  const portOf = await openPorts();
  const settings = (name: string) => tracingTo(sink, name, portOf(name));
  const processes = opening.use(await openProcesses({ ...options, inventory: 'ledger', settings }));
  const opened = opening.move();
  const counted = () =>
    Promise.all(processes.members.map(({ name }) => countedAt(name, `http://127.0.0.1:${portOf(name)}`)));
  return { processes, sink, spans, counted, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

/** Ends every process as an operator does, which sends what it has not sent. */
export const endProcesses = async ({ processes: { members } }: Stage): Promise<void> => {
  await Promise.all(members.map((member) => member.stop()));
};
