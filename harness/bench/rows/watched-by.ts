import { type Contestant, type Round, spreadOf, systemCpuOf, type Verdict } from '../measure/index.ts';
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
  const costs = WAYS.flatMap(({ name, compared }) =>
    compared === null ? [] : [{ name, ...compared, percent: moreThan(results, name, compared.with) }],
  );
  return {
    measured: costs.map(({ name, percent }) => `${name.replace('panier, ', '')} ${percent.toFixed(1)} %`).join('; '),
    limit: '–',
    ratio: null,
    met: costs.every(({ percent, atMost }) => percent <= atMost),
  };
};
