import { Latencies, type LatencySummary, runClosedLoop } from '../measure/index.ts';
import { answerWith } from '../stage/answer.ts';
import { openPoster, type Poster } from './post.ts';

export interface Prepare {
  readonly type: 'prepare';
  readonly url: string;
  /** Sent one after the other, over and over. */
  readonly bodies: readonly string[];
  /** What each answer has in it, or else it is a failure. */
  readonly expected: string;
  readonly inFlight: number;
}

export interface Run {
  readonly type: 'run';
  readonly seconds: number;
}

export interface HttpRound {
  readonly operations: number;
  readonly seconds: number;
  readonly latencyMs: LatencySummary;
}

let poster: Poster | undefined;
let prepared: Prepare | undefined;
let next = 0;

const run = async ({ seconds }: Run): Promise<HttpRound> => {
  if (poster === undefined || prepared === undefined) throw new Error('Nothing is prepared.');
  const { bodies, expected, inFlight } = prepared;
  const { post } = poster;
  const latencies = new Latencies();
  const operate = async (): Promise<void> => {
    const body = bodies[next % bodies.length] ?? '';
    next += 1;
    const startedAt = performance.now();
    const answer = await post(body);
    if (!answer.includes(expected)) throw new Error(`Not the answer that was expected: ${answer.slice(0, 500)}`);
    latencies.record(performance.now() - startedAt);
  };
  return { ...(await runClosedLoop({ inFlight, seconds, operate })), latencyMs: latencies.summary() };
};

answerWith(async (question: Prepare | Run) => {
  if (question.type === 'run') return run(question);
  prepared = question;
  poster = openPoster(question.url, question.inFlight);
  return undefined;
});
