import { type Contestant, cpuOf, type Round, spreadOf, systemCpuOf, type Verdict } from '../measure/index.ts';
import { type OtlpSink, openOtlpSink, openSwitch, type Switch, type Telling } from '../stage/index.ts';

/** How a panier is told to tell of itself. */
interface Way extends Omit<Telling, 'url'> {
  readonly name: string;
  /** What it may cost beside the one that it is compared with, in hundredths of the processor time. */
  readonly compared: { readonly with: string; readonly atMost: number } | null;
}

const PLAIN = 'panier, metrics';
const BARE = 'panier, no metrics';

/** By turns with the one that traces nothing, which is compared with the one that counts nothing either. */
const WAYS: readonly Way[] = [
  { name: PLAIN, traced: null, metrics: true, compared: { with: BARE, atMost: 1 } },
  { name: BARE, traced: null, metrics: false, compared: null },
  { name: 'panier, metrics, 1 % traced', traced: 0.01, metrics: true, compared: { with: PLAIN, atMost: 3 } },
  { name: 'panier, metrics, 100 % traced', traced: 1, metrics: true, compared: { with: PLAIN, atMost: 20 } },
];

type Settings = Readonly<Record<string, string>>;
type Open = (name: string, settings: Settings) => Promise<Contestant>;

interface Watched extends AsyncDisposable {
  readonly contestant: Contestant;
  readonly sink: OtlpSink;
  readonly switched: Switch;
  readonly url: string;
}

const openWatched = async (open: Open): Promise<Watched> => {
  await using opening = new AsyncDisposableStack();
  const sink = opening.use(openOtlpSink());
  const switched = opening.use(openSwitch());
  const contestant = opening.use(await open('panier', switched.settings));
  const url = await sink.url();
  const opened = opening.move();
  return { contestant, sink, switched, url, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

/** Of an operation: those of a round before may still have been under way. */
const LEFT_BYTES = 50;

/** @throws when spans came of which none were to come, or none of which all were. One in a hundred may be none in a short run. */
const verifySent = ({ name, traced }: Way, traceBytes: number): void => {
  if (traced === 1 && traceBytes < LEFT_BYTES) throw new Error(`${name}: no spans came.`);
  if (traced === null && traceBytes > LEFT_BYTES) throw new Error(`${name}: spans came.`);
};

/** Bytes of spans for each operation: what has ended is sent before another way begins. */
const roundOf = async ({ contestant, sink, switched, url }: Watched, way: Way, seconds: number): Promise<Round> => {
  await switched.to({ ...way, url });
  const before = await sink.sent();
  const round = await contestant.round(seconds);
  const { bytes } = await sink.sent();
  const traceBytes = (bytes - before.bytes) / Math.max(1, round.operations);
  verifySent(way, traceBytes);
  return { ...round, figures: { ...round.figures, traceBytes } };
};

/** One panier that tells of itself in each way by turns: two of one build would differ by more than the ways do. */
export const watchedContestants = (open: Open): readonly (() => Promise<Contestant>)[] => {
  let watched: Promise<Watched> | undefined;
  return WAYS.map((way) => async () => {
    const isFirst = watched === undefined;
    watched ??= openWatched(open);
    const one = await watched;
    return {
      name: way.name,
      round: (seconds) => roundOf(one, way, seconds),
      verify: async () => (isFirst ? one.contestant.verify() : undefined),
      [Symbol.asyncDispose]: async () => (isFirst ? one[Symbol.asyncDispose]() : undefined),
    };
  });
};

type Results = ReadonlyMap<string, readonly Round[]>;
type Cpu = (round: Round) => number;

const SYSTEM: Cpu = (round) => systemCpuOf([round]).median;
const OWN: Cpu = (round) => cpuOf([round], 'gateway').median + cpuOf([round], 'background').median;

/** Of medians beside means of as many values that are spread normally. */
const MEDIAN_ERROR = 1.2533;
/** From the median of deviations to the standard deviation of values that are spread normally. */
const DEVIATION = 1.4826;

interface More {
  readonly percent: number;
  /** The standard error of it. */
  readonly error: number;
}

/** The median of values, and how far it may be off. */
const medianOf = (values: readonly number[]): More => {
  const { median } = spreadOf(values);
  const deviation = DEVIATION * spreadOf(values.map((value) => Math.abs(value - median))).median;
  return { percent: median * 100, error: (MEDIAN_ERROR * deviation * 100) / Math.sqrt(Math.max(1, values.length)) };
};

/** What one needs more than the other in turns of the same round, beside all that the other's system needs. */
const moreThan = (results: Results, [name, other]: readonly [string, string], cpu: Cpu): More => {
  const [mine, others] = [results.get(name) ?? [], results.get(other) ?? []];
  return medianOf(
    mine.flatMap((round, index) => {
      const beside = others[index];
      return beside === undefined ? [] : [(cpu(round) - cpu(beside)) / SYSTEM(beside)];
    }),
  );
};

/** A process is half as fast again in its second minute as in its first. */
export const WATCHED_WARM_UP_SECONDS = 15;

export const WATCHED_GOAL =
  'processor time of the whole system: metrics ≤ 1 % more, 1 % traced ≤ 3 % more, 100 % traced ≤ 20 % more';

const inWords = ({ percent, error }: More): string => `${percent.toFixed(1)} ± ${error.toFixed(1)} %`;

export const judgeWatched = (results: Results): Verdict => {
  const costs = WAYS.flatMap(({ name, compared }) => {
    if (compared === null) return [];
    const pair = [name, compared.with] as const;
    return [{ name, ...compared, system: moreThan(results, pair, SYSTEM), own: moreThan(results, pair, OWN) }];
  });
  const told = costs.map(
    ({ name, system, own }) =>
      `${name.replace('panier, ', '')} ${inWords(system)} (by panier's own processes ${inWords(own)})`,
  );
  return {
    measured: told.join('; '),
    limit: '–',
    ratio: null,
    met: costs.every(({ system, atMost }) => system.percent <= atMost),
  };
};
