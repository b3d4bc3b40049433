import type { Step } from './steps.ts';

/** The service of panier's that decides on orders, and tells what the payment provider said. */
const API = 'ecommerce-api';
/** That of the stock. */
export const STOCK_LANE = 'inventory-saga-consumer';
export const ORDER_LANE = API;
/** Nobody's name: what the provider did is told by the ecommerce-api. */
export const PROVIDER_LANE = '(payment provider)';

/** The service of a process: "ecommerce-api-1" is one of "ecommerce-api". */
export const serviceOf = (producerInstance: string): string => producerInstance.replace(/-\d+$/, '');

const TOLD_OF_THE_PROVIDER = new Set(['PaymentPending', 'PaymentSucceeded', 'PaymentRefunded', 'PaymentDisputed']);

/** In whose lane a step stands: that of whoever did what it tells. A payment fails at the provider when it was asked for. */
export const laneOf = ({ event }: Step, cause: Step | undefined): string => {
  const service = serviceOf(event.producerInstance);
  if (service !== API) return service;
  if (TOLD_OF_THE_PROVIDER.has(event.type)) return PROVIDER_LANE;
  return event.type === 'PaymentFailed' && cause?.event.type === 'PaymentRequested' ? PROVIDER_LANE : API;
};

/** Panier's own first, in the order in which a saga passes them; then others, as they come. */
export const lanesOf = (lanes: Iterable<string>): readonly string[] => {
  const present = new Set(lanes);
  const own = [ORDER_LANE, STOCK_LANE, PROVIDER_LANE].filter((lane) => present.has(lane));
  return [...own, ...[...present].filter((lane) => !own.includes(lane))];
};

/** Whether a step tells of the order, and not of how it is done. Of what others say, the first of a kind, and what changed it. */
export const businessIn = (steps: readonly Step[]): ReadonlySet<Step> => {
  const heard = new Set<string>();
  let status: Step['status'] | undefined;
  const business = steps.filter((step) => {
    const service = serviceOf(step.event.producerInstance);
    const isOwn = service === API || service === STOCK_LANE;
    const isFirst = !heard.has(step.event.type);
    const hasChanged = step.status !== status;
    heard.add(step.event.type);
    status = step.status;
    if (step.event.type === 'PaymentPending') return false;
    return isOwn || isFirst || hasChanged;
  });
  return new Set(business);
};
