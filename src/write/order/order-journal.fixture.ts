import { recorded } from '../../../harness/support/recorded.ts';
import type { DomainEvent, OrderFacts, Recorded } from '../../events/index.ts';
import { advance, type Decision, emptyAggregate, type Loaded } from '../execution/aggregate.ts';
import type { Task } from '../journal/append-request.ts';
import { receive } from './decide.ts';
import { orderAggregate } from './order.ts';

/** An order with what its decisions have written so far: the tasks that stand, and all that were ever scheduled. */
export interface OrderJournal {
  readonly order: Loaded<OrderFacts>;
  readonly own: readonly DomainEvent[];
  readonly tasks: ReadonlyMap<string, Task>;
  readonly scheduled: readonly string[];
}

export const emptyJournal: OrderJournal = {
  order: emptyAggregate('order_1', orderAggregate),
  own: [],
  tasks: new Map(),
  scheduled: [],
};

const tasksAfter = (tasks: OrderJournal['tasks'], { schedule = [], unschedule = [] }: Decision) => {
  const kept = new Map([...tasks, ...schedule.map((task) => [task.kind, task] as const)]);
  for (const { kind } of unschedule) {
    if (schedule.some((task) => task.kind === kind)) throw new Error(`${kind} is scheduled and unscheduled at once`);
    kept.delete(kind);
  }
  return kept;
};

/** The journal after a decision was written to it, as the database would. */
export const write = (
  journal: OrderJournal,
  decision: Decision,
  occurredAt = new Date().toISOString(),
): OrderJournal => {
  const received = decision.receives === undefined ? [] : [{ ...decision.receives, received: true }];
  const own = decision.events.map((event) => ({ ...recorded(event, { occurredAt }), received: false }));
  return {
    order: [...received, ...own].reduce((order, entry) => advance(order, orderAggregate, entry), journal.order),
    own: [...journal.own, ...decision.events],
    tasks: tasksAfter(journal.tasks, decision),
    scheduled: [...journal.scheduled, ...(decision.schedule ?? []).map(({ kind }) => kind)],
  };
};

export const journalOf = (...own: readonly DomainEvent[]): OrderJournal =>
  own.reduce((journal, event) => write(journal, { events: [event] }), emptyJournal);

export const receiveAll = (journal: OrderJournal, told: readonly Recorded[]): OrderJournal =>
  told.reduce((known, event) => write(known, receive(known.order, event)), journal);
