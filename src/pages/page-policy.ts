import type { ShopPayments } from '../platform/index.ts';

/** What beside the page's own host it may load, run in a frame, and ask. */
interface Others {
  readonly scripts: readonly string[];
  readonly frames: readonly string[];
  readonly asked: readonly string[];
}

const NO_OTHERS: Others = { scripts: [], frames: [], asked: [] };

/** What Stripe's library needs. Source: https://docs.stripe.com/security/guide#content-security-policy. */
const STRIPE: Others = {
  scripts: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  frames: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
  asked: ['https://api.stripe.com'],
};

/** Stripe's, or whose who stands in for it. Cards that cannot be entered need nobody. */
const othersOf = (payments: ShopPayments): Others => {
  if (payments.kind === 'Simulated' || payments.publishableKey === undefined) return NO_OTHERS;
  const { origin } = new URL(payments.library);
  return STRIPE.scripts.includes(origin) ? STRIPE : { scripts: [origin], frames: [origin], asked: [origin] };
};

const policyOf = ({ scripts, frames, asked }: Others): string =>
  [
    ['default-src', "'none'"],
    ['script-src', "'self'", ...scripts],
    ['style-src', "'self'"],
    ['img-src', "'self'", 'data:'],
    ['font-src', "'self'"],
    ['connect-src', "'self'", ...asked],
    ...(frames.length > 0 ? [['frame-src', ...frames]] : []),
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['frame-ancestors', "'none'"],
  ]
    .map((directive) => directive.join(' '))
    .join('; ');

/** What a page may load and run: what it came with, from this very host, and nothing that stands in its text. */
export const pagePolicy = (): string => policyOf(NO_OTHERS);

/** As other pages; and Stripe's library, where cards are entered by it. */
export const shopPolicy = (payments: ShopPayments): string => policyOf(othersOf(payments));
