import type { Account } from '../account/account.ts';
import { act, settle, succeed } from '../account/attempt.ts';
import { closeDispute, openDispute } from '../account/disputes.ts';
import { confirm, createIntent, findMethod } from '../account/intents.ts';
import type { Intent, IntentStatus } from '../account/records.ts';
import type { Armed, Fault, FaultPlan, Faults } from '../faults/faults.ts';
import { Refusal } from '../http/refusal.ts';
import type { Deliveries, Endpoint } from '../webhooks/deliveries.ts';
import { type BookEntry, booksOf } from './books.ts';

export interface Tally {
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  readonly deliveries: Deliveries['counts'];
  readonly intents: number;
}

interface ForeignPayment {
  readonly amount: number;
  readonly currency: string;
  readonly paymentMethod: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What a harness may do that no integration can: what customers and banks do, what goes wrong, and the truth. */
export interface Controls {
  /** Where events go; nowhere when it is null. */
  readonly listenAt: (endpoint: Endpoint | null) => void;
  /** The customer does what was asked, or refuses it. False where nothing is asked. */
  readonly act: (what: { readonly clientSecret: string; readonly isRefused: boolean }) => boolean;
  /** The customer tries an intent once more, as the client's library lets whoever has its secret. */
  readonly payAgain: (what: { readonly clientSecret: string; readonly paymentMethod: string }) => IntentStatus | null;
  /** The bank decides now. False where none decides. */
  readonly settle: (what: { readonly paymentIntent: string; readonly outcome: 'succeeded' | 'failed' }) => boolean;
  /** The dispute's id; null where nothing was paid, or it is disputed already. */
  readonly openDispute: (what: { readonly paymentIntent: string; readonly reason: string }) => string | null;
  readonly closeDispute: (what: { readonly dispute: string; readonly status: 'won' | 'lost' }) => boolean;
  /** Another system of the account is paid; the intent's id. */
  readonly foreign: (payment: ForeignPayment) => string;
  readonly books: () => readonly BookEntry[];
  /** Faults from now on, by chance. */
  readonly faults: (plan: FaultPlan) => void;
  /** Faults that are sure to strike. */
  readonly arm: (armed: Armed) => void;
  readonly advance: (time: { readonly ms: number }) => void;
  /** Sends an event once more. False where there is none of that id. */
  readonly resend: (what: { readonly event: string }) => boolean;
  readonly tally: () => Tally;
  /** Charges for an intent once more, by another one like it: what nobody asked for, to see who notices. */
  readonly forge: (what: { readonly paymentIntent: string }) => string | null;
}

interface Parts {
  readonly account: Account;
  readonly faults: Faults;
  readonly deliveries: Deliveries;
}

const ofSecret = ({ intents }: Account, secret: string): Intent | undefined =>
  [...intents.values()].find(({ clientSecret }) => clientSecret === secret);

/** Does something as somebody else than the integration; a declined card is no failure of it. */
const bySomebody = (account: Account, work: () => void): void => {
  account.request = null;
  try {
    work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
};

const payAgain = (account: Account, secret: string, paymentMethod: string): IntentStatus | null => {
  const intent = ofSecret(account, secret);
  if (intent === undefined) return null;
  bySomebody(account, () => confirm(account, intent, findMethod(account, paymentMethod)));
  return intent.status;
};

const payForeign = (account: Account, { paymentMethod, metadata = {}, ...asked }: ForeignPayment): string => {
  const method = findMethod(account, paymentMethod) ?? null;
  const free = { kinds: null, redirects: false, description: 'A subscription', isForeign: true };
  account.request = null;
  const intent = createIntent(account, { ...asked, ...free, metadata, method });
  bySomebody(account, () => confirm(account, intent, undefined));
  return intent.id;
};

const forge = (account: Account, id: string): string | null => {
  const like = account.intents.get(id);
  const method = findMethod(account, 'pm_card_visa');
  if (like === undefined || method === undefined) return null;
  const intent = createIntent(account, { ...like, method });
  succeed(account, { intent, method }, false);
  return intent.id;
};

export const openControls = ({ account, faults, deliveries }: Parts): Controls => ({
  listenAt: (endpoint) => deliveries.listenAt(endpoint),
  act: ({ clientSecret, isRefused }) => {
    const intent = ofSecret(account, clientSecret);
    return intent !== undefined && act(account, intent, isRefused);
  },
  payAgain: ({ clientSecret, paymentMethod }) => payAgain(account, clientSecret, paymentMethod),
  settle: ({ paymentIntent, outcome }) => {
    const intent = account.intents.get(paymentIntent);
    return intent !== undefined && settle(account, intent, outcome);
  },
  openDispute: ({ paymentIntent, reason }) => {
    const charge = account.charges.get(account.intents.get(paymentIntent)?.latestCharge ?? '');
    return charge === undefined ? null : (openDispute(account, charge, reason)?.id ?? null);
  },
  closeDispute: ({ dispute, status }) => {
    const open = account.disputes.get(dispute);
    return open !== undefined && closeDispute(account, open, status);
  },
  foreign: (payment) => payForeign(account, payment),
  books: () => booksOf(account, (id) => deliveries.isUntold(id)),
  faults: (plan) => faults.plan(plan),
  arm: (armed) => faults.arm(armed),
  advance: ({ ms }) => account.clock.advance(ms),
  resend: ({ event: id }) => {
    const event = account.events.get(id);
    if (event !== undefined) deliveries.send(event);
    return event !== undefined;
  },
  tally: () => ({ faults: faults.struck, deliveries: deliveries.counts, intents: account.intents.size }),
  forge: ({ paymentIntent }) => forge(account, paymentIntent),
});
