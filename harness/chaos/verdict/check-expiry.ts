import { answerOf } from '../shop/index.ts';
import { RESERVATION_SECONDS } from '../stage/index.ts';
import type { Evidence } from './evidence.ts';
import { type Check, violationOf } from './violation.ts';

const askedFor = ({ commands }: Evidence): ReadonlyMap<string, number> =>
  new Map(
    commands.flatMap((command): (readonly [string, number])[] => {
      const answer = answerOf(command);
      return command.name === 'checkout' && answer?.__typename === 'Order' ? [[answer.id, command.sentAtMs]] : [];
    }),
  );

/** No order expires before its time, whatever a process takes the time for: not sooner after its checkout was asked for. */
export const noEarlyExpiry: Check = (evidence) => {
  const asked = askedFor(evidence);
  return evidence.store
    .filter(({ type, data }) => type === 'PaymentFailed' && data.reason === 'PAYMENT_EXPIRED')
    .flatMap(({ aggregate_id, recorded_at_ms }) => {
      const livedMs = (recorded_at_ms ?? Number.NaN) - (asked.get(aggregate_id) ?? Number.NaN);
      if (!(livedMs < RESERVATION_SECONDS * 1_000)) return [];
      return [
        violationOf(evidence, ['I-13', aggregate_id, `expired ${(livedMs / 1_000).toFixed(1)} s after its checkout`]),
      ];
    });
};
