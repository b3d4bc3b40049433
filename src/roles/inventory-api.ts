import { startInventoryApi as startServer } from '../inventory/index.ts';
import type { Start } from './start.ts';

/** @returns where it answers */
export const startInventoryApi = async ({ config, logger, modules, started, door }: Start): Promise<string> => {
  const { gate, rates, ready, servesAs } = await door();
  const { host, hosts, inventoryPort: port, limits } = config;
  const serving = () => servesAs(['inventory-api']);
  const parts = { inventory: modules.saga, gate, rates, ready, serving, logger };
  return started.use(await startServer(parts, { host, port, hosts, limits, exposure: config })).url;
};
