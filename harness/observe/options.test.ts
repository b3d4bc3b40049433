import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/platform/index.ts';
import { readOptions } from './options.ts';
import { targetsOf } from './targets.ts';

describe('the options of npm run observe', () => {
  it('name any number of processes, by where their metrics are', () => {
    const args = ['--ops', 'http://127.0.0.1:4002/metrics', '--ops', 'http://shop.internal:4002', '--every', '15'];
    expect(readOptions(args)).toEqual({
      ops: ['http://127.0.0.1:4002', 'http://shop.internal:4002'],
      port: null,
      everySeconds: 15,
      help: false,
    });
  });

  it.each([
    [['--ops', '4002'], '--ops is "4002": say where the metrics are, such as http://127.0.0.1:4002.'],
    [['--port', '0'], '--port is "0": say a whole number from 1 to 65535.'],
    [['--every', 'often'], '--every is "often": say a whole number from 1 to 60.'],
    [['--grafana'], "Unknown option '--grafana'"],
  ])('that are wrong are refused with what would do: %s', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });

  it('lead to a panier that runs, or to how one is started', async () => {
    const config = readConfig({ PANIER_DATA_DIR: '/nowhere', PANIER_OPS_PORT: '9' });
    await expect(targetsOf([], config)).rejects.toThrow(
      'No panier shows metrics at http://127.0.0.1:9. Start panier first (npm start)',
    );
  });
});
