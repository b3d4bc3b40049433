export { ask } from './ask.ts';
export { type Child, startChild } from './child.ts';
export { workOff } from './consume.ts';
export {
  CALLS_AT_ONCE,
  ELSEWHERE_PRODUCTS,
  ELSEWHERE_UNITS,
  openElsewhere,
  orderElsewhere,
  type StoreElsewhere,
} from './elsewhere.ts';
export { untilConsumed, untilLevel } from './level.ts';
export { PAID, placeOrder } from './orders.ts';
export { type OtlpSink, openOtlpSink } from './otlp-sink.ts';
export { type OwnStore, openOwnStore } from './own-store.ts';
export { type PanierProcess, startPanier } from './panier.ts';
export { divide, prefillPartitions } from './partitions.ts';
export { prefill } from './prefill.ts';
export { openProbes, type Probes } from './probes.ts';
export { openReaders, type Readers, type Reading } from './readers.ts';
export { makeDirectory, openServers, type Servers, verifyDurability } from './servers.ts';
export { BACKGROUND, openShop, PRODUCTS, type Shop, stockProducts, type Topology } from './shop.ts';
export { openSwitch, type Switch, type Telling } from './telling.ts';
export { openSink, type Sink, taken, untilCounted } from './webhook-sink.ts';
export { openWebhookStore, type WebhookStore } from './webhook-store.ts';
export { meterLog, verifyWritten } from './written.ts';
