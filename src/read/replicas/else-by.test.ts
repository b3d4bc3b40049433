import { expect, it } from 'vitest';
import { elseBy } from './else-by.ts';

const fails = async (): Promise<string> => Promise.reject(new Error('away'));

const refuses = async (asked: string): Promise<string> => Promise.reject(new Error(`no ${asked}`));

it('asks the second what the first cannot answer', async () => {
  const second = { one: async () => 'second', other: async () => 'second' };
  const either = elseBy({ one: fails, other: async () => 'first' }, second);
  expect([await either.one(), await either.other()]).toEqual(['second', 'first']);
});

it('hands on what was asked, and what the second refuses', async () => {
  const either = elseBy<{ ask: typeof refuses }>({ ask: fails }, { ask: refuses });
  await expect(either.ask('bread')).rejects.toThrow('no bread');
});
