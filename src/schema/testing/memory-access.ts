import type { Access, Admission } from '../../access/index.ts';
import { newId } from '../../events/index.ts';

const DAY_MS = 86_400_000;

const memoryTickets = (): Access['tickets'] => {
  const tickets = new Map<string, Admission>();
  const marks = new Map<string, Admission>();
  return {
    issue: async (admission) => {
      const ticket = `ticket-${tickets.size}`;
      tickets.set(ticket, admission);
      return ticket;
    },
    redeem: async (ticket) => {
      const admission = tickets.get(ticket) ?? null;
      tickets.delete(ticket);
      return admission;
    },
    mark: (admission, { ticket, stream }) => {
      marks.set(`${ticket} ${stream}`, admission);
      return 'mark';
    },
    resume: (mark, { ticket, stream }) => (mark === 'mark' ? (marks.get(`${ticket} ${stream}`) ?? null) : null),
  };
};

/** Who may come in, without a database: as this process alone knows it. */
export const memoryAccess = (): Access => {
  const issuedBeforeMs = new Map<string, number>();
  const listeners = new Set<(subjects: readonly string[]) => void>();
  return {
    visits: {
      start: async () => ({ visitorId: newId('Visit'), token: 'signed', expiresAtMs: Date.now() + DAY_MS }),
      verify: async () => null,
    },
    revocations: {
      isRevoked: (subject, issuedAtSeconds) => issuedAtSeconds * 1_000 < (issuedBeforeMs.get(subject) ?? 0),
      onRevoked: (listener) => {
        listeners.add(listener);
        return { [Symbol.dispose]: () => void listeners.delete(listener) };
      },
      revoke: async (revocation) => {
        issuedBeforeMs.set(revocation.subject, revocation.issuedBeforeMs);
        for (const listener of listeners) listener([revocation.subject]);
        return revocation;
      },
    },
    tickets: memoryTickets(),
  };
};
