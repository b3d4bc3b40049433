import { sleep } from '../../../src/platform/index.ts';
import { type Contestant, type Round, spreadOf, systemCpuOf, type Verdict } from '../measure/index.ts';
import { type OtlpSink, openOtlpSink } from '../stage/index.ts';

/** What of itself a panier tells, and how that is asked for. */
interface Telling {
  readonly name: string;
  /** The share of traces that is recorded; null traces nothing. */
  readonly traced: number | null;
  readonly metrics: boolean;
  /** What it may cost beside the one that it is compared with, in hundredths of the processor time. */
  readonly compared: { readonly with: string; readonly atMost: number } | null;
}

const PLAIN = 'panier, metrics';
const BARE = 'panier, no metrics';

/** By turns with the one that traces nothing, which is compared with the one that counts nothing either. */
const TELLINGS: readonly Telling[] = [
  { name: PLAIN, traced: null, metrics: true, compared: { with: BARE, atMost: 1 } },
  { name: BARE, traced: null, metrics: false, compared: null },
  { name: 'panier, metrics, 1 % traced', traced: 0.01, metrics: true, compared: { with: PLAIN, atMost: 3 } },
  { name: 'panier, metrics, 100 % traced', traced: 1, metrics: true, compared: { with: PLAIN, atMost: 20 } },
];

type Settings = Readonly<Record<string, string>>;

const settingsOf = ({ traced, metrics }: Telling, url: string): Settings => ({
  ...(!metrics && { PANIER_OPS_PORT: 'off' }),
  ...(traced !== null && {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    // Few spans wait for others, and would be sent in somebody else's turn.
    OTEL_BSP_SCHEDULE_DELAY: '500',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: String(traced),
  }),
});

/** Bytes of spans for each operation, until the round's end: those that still wait are told in the next one. */
const figuresOf = async (sink: OtlpSink, before: number, round: Round): Promise<Round['figures']> => {
  const { bytes } = await sink.sent();
  return { ...round.figures, traceBytes: (bytes - before) / Math.max(1, round.operations) };
};

/** Spans wait for as long to be sent, and longer where the machine is busy. */
const PATIENCE_MS = 20_000;
const POLL_MS = 100;

const areSpansSent = async (sink: OtlpSink): Promise<boolean> => (await sink.sent()).lookedInto.spans > 0;

/** @throws when spans came of which none were to come, or none of which all were. One in a hundred may be none in a short run. */
const verifySent = async (sink: OtlpSink, { name, traced }: Telling): Promise<void> => {
  const deadline = performance.now() + (traced === 1 ? PATIENCE_MS : 0);
  while (!(await areSpansSent(sink)) && performance.now() < deadline) await sleep(POLL_MS);
  const areThere = await areSpansSent(sink);
  if (traced === 1 && !areThere) throw new Error(`${name}: no spans came.`);
  if (traced === null && areThere) throw new Error(`${name}: spans came.`);
};

const toldBy = async (telling: Telling, open: Open): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const sink = opening.use(openOtlpSink());
  const contestant = opening.use(await open(telling.name, settingsOf(telling, await sink.url())));
  const opened = opening.move();
  return {
    name: telling.name,
    round: async (seconds) => {
      const { bytes } = await sink.sent();
      const round = await contestant.round(seconds);
      const figures = await figuresOf(sink, bytes, round);
      return { ...round, ...(figures && { figures }) };
    },
    verify: async () => {
      await contestant.verify();
      await verifySent(sink, telling);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

type Open = (name: string, settings: Settings) => Promise<Contestant>;

/** The same panier as many times as there are ways to look at it, each with servers of its own. */
export const watchedContestants = (open: Open): readonly (() => Promise<Contestant>)[] =>
  TELLINGS.map((telling) => () => toldBy(telling, open));

/** What one needs more than the other, in hundredths: the median of rounds that were each other's neighbours. */
const moreThan = (results: ReadonlyMap<string, readonly Round[]>, name: string, other: string): number => {
  const [mine, others] = [results.get(name) ?? [], results.get(other) ?? []];
  const ratios = mine.flatMap((round, index) => {
    const beside = others[index];
    return beside === undefined ? [] : [systemCpuOf([round]).median / systemCpuOf([beside]).median];
  });
  return (spreadOf(ratios).median - 1) * 100;
};

export const WATCHED_GOAL =
  'processor time of the whole system: metrics ≤ 1 % more, 1 % traced ≤ 3 % more, 100 % traced ≤ 20 % more';

export const judgeWatched = (results: ReadonlyMap<string, readonly Round[]>): Verdict => {
  const costs = TELLINGS.flatMap(({ name, compared }) =>
    compared === null ? [] : [{ name, ...compared, percent: moreThan(results, name, compared.with) }],
  );
  return {
    measured: costs.map(({ name, percent }) => `${name.replace('panier, ', '')} ${percent.toFixed(1)} %`).join('; '),
    limit: '–',
    ratio: null,
    met: costs.every(({ percent, atMost }) => percent <= atMost),
  };
};
