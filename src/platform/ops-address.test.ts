import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';
import { readOpsAddress } from './ops-address.ts';

const read = (env: Readonly<Record<string, string>>) => {
  const reader = readEnvironment(env);
  return { address: readOpsAddress(reader), problems: reader.problems };
};

describe('where metrics are read', () => {
  it.each([
    [{}, { host: '127.0.0.1', port: 4002 }],
    // What is open to clients is not open to strangers here.
    [{ HOST: '0.0.0.0' }, { host: '127.0.0.1', port: 4002 }],
    [
      { PANIER_OPS_PORT: '0', PANIER_OPS_HOST: '0.0.0.0' },
      { host: '0.0.0.0', port: 0 },
    ],
    [{ PANIER_OPS_PORT: 'off' }, null],
    [{ PANIER_OPS_PORT: 'OFF' }, null],
  ])('of %j is %j', (env, address) => {
    expect(read(env)).toEqual({ address, problems: [] });
  });

  it.each(['no', '-1', '65536', '4002.5'])('is no %s', (port) => {
    expect(read({ PANIER_OPS_PORT: port }).problems).toEqual([
      `PANIER_OPS_PORT is "${port}": set it to a whole number from 0 to 65535, or to off.`,
    ]);
  });
});
