import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EndedSpan } from './span-message.ts';
import { type Exported, type Send, SpanQueue } from './span-queue.ts';

const SPAN: EndedSpan = {
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  parent: null,
  start: { name: 'append' },
  later: null,
  links: [],
  failure: null,
  beganMs: 1_000,
  endedMs: 1_001,
};

/** Of a span alone. */
const BYTES = 58;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settled = () => vi.advanceTimersByTimeAsync(0);

interface Sent {
  readonly bytes: number;
  /** What it keeps from being free. */
  readonly heldBytes: number;
  readonly take: () => void;
  readonly refuse: (why: Error) => void;
}

/** A queue before an endpoint that takes a batch when it is told. */
const opened = (maxSpans: number, maxAtOnce: number) => {
  const told: Exported[] = [];
  const sent: Sent[] = [];
  const send: Send = ({ length, buffer }) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    sent.push({ bytes: length, heldBytes: buffer.byteLength, take: resolve, refuse: reject });
    return promise;
  };
  const limits = { delayMs: 5_000, exportTimeoutMs: 30_000, maxSpans, maxAtOnce };
  const queue = new SpanQueue(send, (outcome) => told.push(outcome), limits);
  const add = (spans: number): void => {
    for (let nth = 0; nth < spans; nth += 1) queue.add(SPAN);
  };
  return { queue, add, told, sent };
};

describe('spans that have ended', () => {
  it('are sent when there are enough', () => {
    const { add, sent } = opened(100, 10);
    add(9);
    expect(sent).toHaveLength(0);
    add(1);
    expect(sent.map(({ bytes }) => bytes)).toEqual([10 * BYTES]);
  });

  it('are sent after a while when there are not', async () => {
    const { add, sent } = opened(100, 10);
    add(1);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(sent).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent.map(({ bytes }) => bytes)).toEqual([BYTES]);
  });

  it('are sent at once when that is asked for, which is done when all were taken', async () => {
    const { queue, add, sent, told } = opened(100, 10);
    add(11);
    const flushed = queue.flush();
    sent[0]?.take();
    await settled();
    expect(told).toEqual([{ spans: 10 }]);
    sent[1]?.take();
    await flushed;
    expect(told).toEqual([{ spans: 10 }, { spans: 1 }]);
    await queue.flush();
    expect(sent).toHaveLength(2);
  });

  it('wait for the batch before them', async () => {
    const { add, sent } = opened(100, 10);
    add(20);
    expect(sent).toHaveLength(1);
    sent[0]?.take();
    await settled();
    expect(sent).toHaveLength(2);
  });

  it('hold little more than they are as they wait, also few after many', async () => {
    const { queue, add, sent } = opened(20_480, 2_048);
    add(2_048);
    for (let nth = 0; nth < 50; nth += 1) {
      add(1);
      void queue.flush();
    }
    for (let nth = 0; nth < 51; nth += 1) {
      sent[nth]?.take();
      await settled();
    }
    expect(sent.map(({ bytes }) => bytes)).toEqual([2_048 * BYTES, ...Array.from({ length: 50 }, () => BYTES)]);
    const heldBytes = sent.reduce((sum, { heldBytes: held }) => sum + held, 0);
    expect(heldBytes).toBeLessThan(2 * 2_098 * BYTES);
  });

  it('are lost where there is no room to wait, and leave room as they are sent', async () => {
    const { add, sent, told } = opened(20, 10);
    add(10 + 20 + 2);
    const message = expect.stringContaining('OTEL_BSP_MAX_QUEUE_SIZE') as string;
    const lost = { spans: 1, error: expect.objectContaining({ message }) as Error };
    expect(told).toEqual([lost, lost]);
    sent[0]?.take();
    await settled();
    add(11);
    expect(told).toEqual([lost, lost, { spans: 10 }, lost]);
  });

  it('are lost where the endpoint refuses them, and the next ones are sent all the same', async () => {
    const { add, sent, told } = opened(100, 10);
    const why = new Error('no');
    add(20);
    sent[0]?.refuse(why);
    await settled();
    expect(told).toEqual([{ spans: 10, error: why }]);
    sent[1]?.take();
    await settled();
    expect(told.at(-1)).toEqual({ spans: 10 });
  });

  it('are lost where they are given up, those that are being sent too, and that is told once', async () => {
    const { queue, add, sent, told } = opened(100, 10);
    const error = new Error('stopped');
    add(12);
    queue.giveUp(error);
    sent[0]?.take();
    await settled();
    queue.giveUp(error);
    expect(told).toEqual([{ spans: 12, error }]);
  });

  it('are lost where the endpoint says nothing to the end, whatever it says later', async () => {
    const { add, sent, told } = opened(100, 10);
    add(20);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    sent[0]?.take();
    await settled();
    const error = expect.objectContaining({
      message: 'the endpoint did not answer to the end within 30000 ms',
    }) as Error;
    expect(told).toEqual([{ spans: 10, error }]);
    expect(sent).toHaveLength(2);
  });
});
