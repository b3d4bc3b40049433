import { expect, it } from 'vitest';
import { openLogger, SIGNALS } from '../platform/index.ts';
import { logStrangers } from './log-strangers.ts';

const tell = (by: object, ...nodes: readonly string[]): void => SIGNALS.strangersFound.tell({ by, nodes });

const nodesOf = (line: string): unknown => (JSON.parse(line) as { readonly nodes: unknown }).nodes;

it('nodes of another cluster are told of once per change, by however many they are found, and that there are none any more', () => {
  const lines: string[] = [];
  const logger = openLogger('warn', { destination: { write: (line: string) => void lines.push(line) } });
  using _logging = logStrangers(logger);
  const [one, other] = [{}, {}];
  tell(one, 'a:1');
  tell(other, 'a:1');
  tell(one, 'a:1', 'b:2');
  tell(other, 'a:1', 'b:2');
  tell(one);
  expect(lines.map(nodesOf)).toEqual([['a:1'], ['a:1', 'b:2']]);
  tell(other);
  expect(lines).toHaveLength(3);
  expect(lines[2]).toContain('no other Redis Cluster answers');
  tell(one, 'a:1');
  SIGNALS.strangersFound.tell({ by: one, nodes: null });
  expect(lines).toHaveLength(4);
  tell(other, 'a:1');
  expect(lines).toHaveLength(5);
});
