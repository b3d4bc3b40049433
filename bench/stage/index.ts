export { ask } from './ask.ts';
export { type Child, startChild } from './child.ts';
export { untilLevel } from './level.ts';
export { PAID, placeOrder } from './orders.ts';
export { startPanier } from './panier.ts';
export { makeDirectory, type Servers, verifyDurability } from './servers.ts';
export { openShop, PRODUCTS, type Shop, type Topology } from './shop.ts';
