/** The services that write panier's own events. Source: events.md. */
export const PRODUCERS = { api: 'ecommerce-api', saga: 'inventory-saga-consumer' } as const;
