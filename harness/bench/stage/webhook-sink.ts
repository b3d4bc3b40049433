import { sleep } from '../../../src/platform/index.ts';
import type { Counted, SinkQuestion } from '../limits/webhook-sink.server.ts';
import { type Child, startChild } from './child.ts';

/** A receiver of webhooks in a process of its own. */
export interface Sink {
  readonly child: Child;
  readonly ask: <Answer>(type: SinkQuestion['type']) => Promise<Answer>;
}

export const openSink = (): Sink => {
  const child = startChild('limits/webhook-sink.server.ts');
  return { child, ask: (type) => child.ask({ type } satisfies SinkQuestion) };
};

const POLL_MS = 20;
const PATIENCE_MS = 120_000;

/** What it got once it has got so many. @throws when that takes too long */
export const untilCounted = async ({ ask }: Sink, events: number): Promise<Counted> => {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const counted = await ask<Counted>('count');
    if (counted.count >= events) return counted;
    if (performance.now() > deadline) throw new Error(`${counted.count} of ${events} were delivered.`);
    await sleep(POLL_MS);
  }
};

/** What a command answers. @throws when it was refused */
export const taken = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (result.ok) return result.value;
  throw new Error('The command was refused.');
};
