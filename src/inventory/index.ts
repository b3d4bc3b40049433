// The only door into this folder from others.
export { openApi } from './open-api.ts';
export { type InventoryApi, startInventoryApi } from './start-inventory-api.ts';
