import { signal } from './signal.ts';

/** An operation as it is counted: its name is of a bounded set, and never what a client made up. */
export interface OperationLabel {
  readonly type: 'query' | 'mutation' | 'subscription';
  /** Of a trusted document its own name; else the field at its root, or `several`. */
  readonly name: string;
}

export interface OperationEnded extends OperationLabel {
  readonly outcome: 'ok' | 'error' | 'refused';
  /** Of a subscription: until it had begun, or was refused. */
  readonly tookMs: number;
}

export interface CommandEnded {
  readonly command: string;
  /** Done, refused by a rule, or broken off by an error of that kind. */
  readonly outcome: 'done' | 'rejected' | 'conflict' | 'unavailable' | 'failed';
  /** Of a rejection; else empty. */
  readonly code: string;
  readonly tookMs: number;
}

export interface BatchCommitted {
  readonly commands: number;
  /** How long the first of them had waited for its turn. */
  readonly waitedMs: number;
  readonly tookMs: number;
}

export interface EventsPublished {
  readonly journal: string;
  readonly events: number;
  /** Lost by Redis, and put back into the outbox. */
  readonly restored: number;
  readonly unreadable: number;
  readonly failedStreams: number;
}

export interface DeliveryHandled {
  readonly group: string;
  readonly entries: number;
  readonly tookMs: number;
}

export interface EntriesCounted {
  readonly group: string;
  readonly entries: number;
}

export interface ProviderAnswered {
  readonly call: 'kindOf' | 'charge' | 'status' | 'cancel' | 'refund';
  readonly result: 'succeeded' | 'declined' | 'pending' | 'action_required' | 'unreachable' | 'failed';
  readonly tookMs: number;
}

export interface SagaEnded {
  readonly orderId: string;
  readonly outcome: 'CONFIRMED' | 'REJECTED' | 'CANCELLED';
  /** Since the checkout, by the times of the events. */
  readonly tookMs: number;
  /** Of that, the time in which it was not its customer's turn to pay. */
  readonly activeMs: number;
  /** False when the end was told before, as of another time: more was said of it since. */
  readonly isFirst: boolean;
  /** W3C trace context of what was said last. */
  readonly traceparent: string | null;
}

export interface OperatorActed {
  /** As the API names it: `retryDeadLetter`. */
  readonly act: string;
  /** Whose token it was. */
  readonly by: string;
  /** The id of what it was about. */
  readonly on: string | null;
  /** `done`, or the code of the refusal. */
  readonly outcome: string;
}

export interface SpansCounted {
  /** Ended, it waits to be sent; lost is what the endpoint did not take. */
  readonly state: 'begun' | 'ended' | 'sent' | 'lost';
  readonly spans: number;
}

export interface InventoryAnswered {
  readonly call: 'reduce' | 'increase' | 'available';
  /** Away: no answer, or one of who cannot answer now; not_accepted: somebody has to put something right. */
  readonly result: 'done' | 'refused' | 'away' | 'not_accepted';
  readonly tookMs: number;
}

export interface WebhookAttempted {
  readonly outcome: 'delivered' | 'failed' | 'gone';
  readonly tookMs: number;
}

export interface StrangersFound {
  /** Who looks: one each for every user of Redis. */
  readonly by: object;
  /** Addresses, of nodes of another Redis Cluster; empty when there are none any more, null when it looks no more. */
  readonly nodes: readonly string[] | null;
}

/** All that a process tells of while it works. What each is heard for is not known here. */
export const SIGNALS = {
  requestAnswered: signal<{ readonly server: string; readonly status: number }>('request-answered'),
  operationEnded: signal<OperationEnded>('operation-ended'),
  commandEnded: signal<CommandEnded>('command-ended'),
  batchCommitted: signal<BatchCommitted>('batch-committed'),
  eventsPublished: signal<EventsPublished>('events-published'),
  deliveryHandled: signal<DeliveryHandled>('delivery-handled'),
  /** Taken over from members that left them. */
  entriesClaimed: signal<EntriesCounted>('entries-claimed'),
  /** Could not be handled, and will be delivered again. */
  entriesPutOff: signal<EntriesCounted>('entries-put-off'),
  entriesGivenUp: signal<EntriesCounted>('entries-given-up'),
  /** Events that the event store took in, by the names of their types. */
  eventsStored: signal<{ readonly types: readonly string[] }>('events-stored'),
  providerAnswered: signal<ProviderAnswered>('provider-answered'),
  sagaEnded: signal<SagaEnded>('saga-ended'),
  inventoryAnswered: signal<InventoryAnswered>('inventory-answered'),
  webhookAttempted: signal<WebhookAttempted>('webhook-attempted'),
  /** The payment provider called back. */
  noticeReceived: signal<{ readonly outcome: 'taken' | 'not_signed' | 'unreadable' | 'not_written' }>(
    'notice-received',
  ),
  upkeepEnded: signal<{ readonly kind: string; readonly outcome: string }>('upkeep-ended'),
  operatorActed: signal<OperatorActed>('operator-acted'),
  strangersFound: signal<StrangersFound>('strangers-found'),
  framePushed: signal<object>('frame-pushed'),
  /** A subscriber was told of a change before it had seen the one before: it sees both as one. */
  changeConflated: signal<object>('change-conflated'),
  /** Of traces that are recorded. */
  spansCounted: signal<SpansCounted>('spans-counted'),
  /** A connection was ended because it did not read. */
  readerCut: signal<{ readonly why: 'stalled' | 'behind' | 'memory' }>('reader-cut'),
} as const;
