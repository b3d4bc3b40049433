import { describe, expect, it } from 'vitest';
import { type CommandEnded, Conflict, err, ok, SIGNALS, Unavailable } from '../platform/index.ts';
import type { CommandContext } from './context.ts';
import { countedEach } from './counted.ts';

type Command = (input: object, context: CommandContext) => Promise<unknown>;

const told = async (run: () => Promise<unknown> | undefined): Promise<readonly Omit<CommandEnded, 'tookMs'>[]> => {
  const heard: Omit<CommandEnded, 'tookMs'>[] = [];
  using _hearing = SIGNALS.commandEnded.hear(({ tookMs: _tookMs, ...rest }) => void heard.push(rest));
  await run()?.catch(() => undefined);
  return heard;
};

const CONTEXT = { idempotencyKey: null, traceparent: null, reach: 'Everything' } as const;

const failing = (error: Error) => async (): Promise<never> => {
  throw error;
};

describe('a command', () => {
  it.each([
    [async () => ok(1), 'done', ''],
    [async () => err({ code: 'NOT_FOUND' }), 'rejected', 'NOT_FOUND'],
    [failing(new Conflict('x')), 'conflict', ''],
    [failing(new Unavailable('x')), 'unavailable', ''],
    [failing(new Error('x')), 'failed', ''],
  ])('is told of by what became of it: %s', async (clearCart, outcome, code) => {
    const commands = countedEach<Record<string, Command>>({ clearCart });
    expect(await told(() => commands['clearCart']?.({}, CONTEXT))).toEqual([{ command: 'clearCart', outcome, code }]);
  });

  it('is told of by its own name where its method has another, and what is no command is not', async () => {
    const commands = countedEach<Record<string, Command>>(
      { checkOut: async () => ok(1), find: async () => 2 },
      { checkOut: 'checkout' },
    );
    expect(await told(() => commands['checkOut']?.({}, CONTEXT))).toEqual([
      { command: 'checkout', outcome: 'done', code: '' },
    ]);
    expect(await told(() => commands['find']?.({}, CONTEXT))).toEqual([]);
  });
});
