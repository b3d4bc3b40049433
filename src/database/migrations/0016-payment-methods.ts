import { type Kysely, sql } from 'kysely';

/**
 * References to payment methods leave the events (ADR-051): they are kept here, one an order, until its charge is decided. The
 * simulated provider keeps how a method behaves, and not which one it was.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table write.payment_method (
      order_id text not null primary key,
      reference text not null,
      kept_since timestamptz not null default now()
    )`.execute(db);
  await sql`alter table write.simulated_charge rename column payment_method to behaviour`.execute(db);
  await sql`
    update write.simulated_charge set behaviour = case behaviour
      when 'pm_card_visa' then 'pays'
      when 'pm_card_chargeDeclined' then 'declines'
      when 'pm_card_chargeDeclinedInsufficientFunds' then 'lacks_funds'
      when 'pm_flaky' then 'flaky'
      when 'pm_pending' then 'pending'
      when 'pm_card_authenticationRequired' then 'asks'
      else 'unknown'
    end`.execute(db);
};
