import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../events/index.ts';
import { systemClock } from '../platform/index.ts';
import type { LedgerStore, LedgerTransaction } from './ledger-store.ts';
import { postgresLedger } from './postgres-ledger.ts';
import { cancelled, confirmed, created } from './received.fixture.ts';
import { describe as inCatalogue, productWith, type SagaAtWork, sagaAtWork, WRITER } from './saga.fixture.ts';
import { assembleSaga, type Saga } from './saga.ts';

let atWork: SagaAtWork;
let asked: string[];
let saga: Saga;

/** The same transaction, whose statements are written down by name. */
const noting = (tx: LedgerTransaction): LedgerTransaction =>
  new Proxy(tx, {
    get: (target, name, receiver): unknown => {
      asked.push(String(name));
      return Reflect.get(target, name, receiver);
    },
  });

beforeAll(async () => {
  atWork = await sagaAtWork();
  const ledger = postgresLedger(atWork.database);
  const store: LedgerStore = {
    ...ledger,
    transaction: (work) => ledger.transaction((tx, defer) => work(noting(tx), defer)),
  };
  saga = assembleSaga({ store, clock: systemClock, writer: WRITER, reservationMs: 900_000, describe: inCatalogue });
});
afterAll(() => atWork[Symbol.asyncDispose]());

describe('the ledger, with no inventory elsewhere', () => {
  it('asks the database for nothing more', async () => {
    const productId = await productWith(atWork, 50);
    const orderIds = Array.from({ length: 4 }, () => newId('Order'));
    const kept = orderIds.slice(0, 2);
    const locks = ['lockReservations', 'lockStock', 'loadAdjustments', 'time'];
    asked = [];
    await saga.handle(orderIds.map((id) => created(id, { [productId]: 2 })));
    expect(asked).toEqual([...locks, 'record', 'saveStock', 'beginReservations']);
    asked = [];
    await saga.handle(orderIds.map((id) => (kept.includes(id) ? confirmed(id) : cancelled(id))));
    expect(asked).toEqual([...locks, 'record', 'saveStock', 'saveReservations']);
  });
});
