import { asSpan, beginSpan, currentTraceparent, type ProviderAnswered, SIGNALS } from '../../platform/index.ts';
import { type ChargeResult, type PaymentProvider, ProviderUnreachable } from './provider.ts';

type Call = ProviderAnswered['call'];
type Outcome = ProviderAnswered['result'];

const RESULTS: Readonly<Record<ChargeResult['type'], Outcome>> = {
  Succeeded: 'succeeded',
  Declined: 'declined',
  Pending: 'pending',
  ActionRequired: 'action_required',
};

const resultOf = ({ type }: ChargeResult): Outcome => RESULTS[type];
const succeeded = (): Outcome => 'succeeded';

/** A part of what asks for it; unreached, it is the span's failure and nobody's words are in it. */
const told = <T>(call: Call, ask: () => Promise<T>, outcomeOf: (answer: T) => Outcome): Promise<T> => {
  const span = beginSpan(currentTraceparent(), () => ({ name: `provider ${call}`, kind: 'client' }));
  const asked = (): Promise<T> => toldOnly(call, ask, outcomeOf);
  if (span === undefined) return asked();
  return asSpan(span, asked, (made, answer) => made.set({ 'panier.outcome': outcomeOf(answer) }));
};

const toldOnly = async <T>(call: Call, ask: () => Promise<T>, outcomeOf: (answer: T) => Outcome): Promise<T> => {
  const beganMs = performance.now();
  const tell = (result: Outcome): void =>
    SIGNALS.providerAnswered.tell({ call, result, tookMs: performance.now() - beganMs });
  try {
    const answer = await ask();
    tell(outcomeOf(answer));
    return answer;
  } catch (error) {
    tell(error instanceof ProviderUnreachable ? 'unreachable' : 'failed');
    throw error;
  }
};

/** The same provider, which tells of each call what came of it, and makes a span of each where that is traced. */
export const countedProvider = (provider: PaymentProvider): PaymentProvider => ({
  kindOf: (method) => told('kindOf', () => provider.kindOf(method), succeeded),
  charge: (request) => told('charge', () => provider.charge(request), resultOf),
  status: (key) => told('status', () => provider.status(key), resultOf),
  cancel: (request) => told('cancel', () => provider.cancel(request), resultOf),
  refund: (request) => told('refund', () => provider.refund(request), succeeded),
  ...(provider.notices !== undefined && { notices: provider.notices }),
});
