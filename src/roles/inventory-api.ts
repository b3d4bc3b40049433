import { startInventoryApi as startServer } from '../inventory/index.ts';
import type { Start } from './start.ts';

/** @returns where it answers */
export const startInventoryApi = async ({ config, logger, modules, started, door }: Start): Promise<string> => {
  const { gate, rates, ready } = await door();
  const { host, hosts, inventoryPort: port, limits } = config;
  const parts = { inventory: modules.saga, gate, rates, ready, logger };
  return started.use(await startServer(parts, { host, port, hosts, limits, exposure: config })).url;
};
