import type { OrderRule } from './evidence.ts';

/** What an order's trace has to hold besides, where such an event is among its events. */
const DEMANDED: Readonly<Record<string, readonly string[]>> = {
  OrderCreated: ['mutation checkout', 'command checkout'],
  StockReserved: ['decide StockReserved'],
  StockReservationFailed: ['decide StockReservationFailed'],
  StockCompensated: ['decide StockCompensated'],
  PaymentSucceeded: ['provider charge'],
  PaymentRefunded: ['provider refund'],
};

/** Whatever happened to the order has its span. */
export const allIsThere: OrderRule = function* ({ events, isWatched }, { spans }) {
  const names = new Set([...spans.values()].map(({ name }) => name));
  const demanded = new Set(events.flatMap(({ type }) => DEMANDED[type] ?? []));
  for (const name of demanded) if (!names.has(name)) yield `there is no ${name}`;
  if (isWatched && !names.has('push orderStatus')) yield 'it was watched, and there is no push orderStatus';
};

/** A later command is in the order's trace, and tells of the operation that it came with. */
export const laterCommands: OrderRule = function* ({ commands }, { spans }, evidence) {
  for (const command of new Set(commands)) {
    const given = [...spans.values()].filter(({ name }) => name === `command ${command}`);
    if (given.length === 0) yield `there is no command ${command}`;
    for (const { links } of given)
      if (!links.some((link) => evidence.spans.find(link)?.name === `mutation ${command}`))
        yield `command ${command} is linked to no mutation ${command}`;
  }
};
