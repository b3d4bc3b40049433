import { describe, expect, it } from 'vitest';
import { ServerExited } from './server-process.ts';
import { startOnFreePort } from './start-on-free-port.ts';

const failingOnce = (log: string) => {
  const ports: number[] = [];
  const start = async (port: number): Promise<readonly number[]> => {
    ports.push(port);
    if (ports.length === 1) throw new ServerExited('Redis', log, 'redis.log');
    return ports;
  };
  return start;
};

describe('a start on a free port', () => {
  it('is tried again when the port was taken in between', async () => {
    const ports = await startOnFreePort(failingOnce('bind: Address already in use'));
    expect(ports).toHaveLength(2);
  });

  it('is not tried again for any other reason', async () => {
    await expect(startOnFreePort(failingOnce('out of memory'))).rejects.toThrow('Redis did not start');
  });
});
