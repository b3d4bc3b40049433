import type { ErrorObject } from '../http/refusal.ts';
import type { Behaviour } from './methods.ts';

export interface Method {
  readonly id: string;
  /** The test method that it was made of. */
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly created: number;
  /** The intent that it has paid: without a customer that it belongs to, it pays no other. */
  paid: string | null;
}

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'succeeded'
  | 'canceled';

export interface Intent {
  readonly id: string;
  readonly clientSecret: string;
  readonly created: number;
  readonly madeAtMs: number;
  readonly amount: number;
  readonly currency: string;
  /** Which kinds of payment methods it takes; any when it chooses by itself. */
  readonly kinds: readonly string[] | null;
  /** Whether it may send the customer to another page. */
  readonly redirects: boolean;
  /** Of the requests that made and confirmed it. */
  readonly keys: string[];
  /** Another system of the same account made it. */
  readonly isForeign: boolean;
  metadata: Readonly<Record<string, string>>;
  description: string | null;
  status: IntentStatus;
  method: Method | null;
  lastError: ErrorObject | null;
  latestCharge: string | null;
  canceledAt: number | null;
  cancellationReason: string | null;
}

export interface Charge {
  readonly id: string;
  readonly intent: Intent;
  readonly method: Method;
  readonly created: number;
  readonly amount: number;
  readonly refunds: Refund[];
  dispute: Dispute | null;
  /** When the money had moved, by its own clock; null while it has not. */
  paidAtMs: number | null;
  status: 'succeeded' | 'pending' | 'failed';
  decline: { readonly code: string; readonly message: string } | null;
}

export interface Refund {
  readonly id: string;
  readonly charge: Charge;
  readonly created: number;
  readonly amount: number;
  readonly reason: string | null;
  readonly key: string | null;
  metadata: Readonly<Record<string, string>>;
  status: 'pending' | 'succeeded' | 'failed';
}

export interface Dispute {
  readonly id: string;
  readonly charge: Charge;
  readonly created: number;
  readonly reason: string;
  status: 'needs_response' | 'won' | 'lost';
}

/** Whatever the API has an object of. */
export type Happening = Intent | Charge | Refund | Dispute | Method;

export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  /** The object's id. */
  readonly about: string;
  /** About what another system of the same account does. */
  readonly isForeign: boolean;
  /** As it is sent, and stays. */
  readonly body: object;
}
