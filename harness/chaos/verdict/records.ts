import type { Entry } from '../../inventory/index.ts';

/** What an inventory elsewhere has, and all that ever happened there. */
export interface Foreign {
  readonly levels: Readonly<Record<string, number>>;
  readonly history: readonly Entry[];
}

/** An event as a journal or the event store keeps it. */
export interface Event {
  readonly position: number;
  readonly event_id: string;
  readonly type: string;
  readonly stream: string;
  readonly aggregate_id: string;
  readonly version: number;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly producer: string;
  readonly data: Data;
  /** Of the event store. */
  readonly partition?: number;
  /** When the event store got it; a journal does not tell. */
  readonly recorded_at_ms?: number;
}

/** How the event store is divided at the end. */
export interface Division {
  readonly partitions: number;
  /** So many there have been at most. */
  readonly most: number;
  readonly changed_at_ms: number;
}

export interface Line {
  readonly product_id: string;
  readonly quantity: number;
  readonly unit_price?: string;
}

/** The fields of `data` that the checks look at; which of them are there, the type says. Source: events.md. */
export interface Data {
  readonly order_id?: string;
  readonly cart_id?: string;
  readonly cart_item_id?: string;
  readonly product_id?: string;
  readonly quantity?: number;
  readonly unit_price?: string;
  readonly total_amount?: string;
  readonly amount?: string;
  readonly payment_id?: string;
  readonly delta?: number;
  readonly reason?: string;
  readonly lines?: readonly Line[];
  readonly shortages?: readonly Shortage[];
}

export interface Shortage {
  readonly product_id: string;
  readonly requested: number;
  readonly available: number;
}

export interface Charge {
  readonly idempotency_key: string;
  readonly order_id: string;
  readonly payment_id: string;
  readonly amount: string;
  readonly outcome: string;
  /** Of the method that it was asked with; `unknown` of none that the provider knows. */
  readonly behaviour: string;
  readonly refunded: boolean;
}

export interface Stock {
  readonly product_id: string;
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
}

export interface DeadLetter {
  readonly consumer_group: string;
  readonly stream: string;
  readonly entry_id: string;
  readonly error: string;
  readonly fields: readonly (readonly [string, string])[];
}
