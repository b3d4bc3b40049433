import type { EnvironmentReader } from './environment.ts';
import type { Role } from './roles.ts';

/** How Stripe is reached, and known. All of it but the address is secret. */
export interface StripeSettings {
  readonly secretKey: string;
  /** Of the endpoint that Stripe calls; several while one takes over from another. */
  readonly webhookSecrets: readonly string[];
  /** Instead of Stripe's own, for tests. */
  readonly apiBase: string | undefined;
}

const SECRET_KEY = 'STRIPE_SECRET_KEY';
const WEBHOOK_SECRET = 'STRIPE_WEBHOOK_SECRET';
const API_BASE = 'STRIPE_API_BASE';

type Problems = EnvironmentReader['problems'];

// The values are never repeated: with them one can charge, or tell that was charged.
const secretKeyOf = (given: string | undefined, problems: Problems): string => {
  if (given === undefined)
    problems.push(`PANIER_PAYMENT_PROVIDER=stripe needs ${SECRET_KEY}: set it to a secret key of your account, sk_….`);
  else if (!/^[sr]k_\w+$/.test(given))
    problems.push(`${SECRET_KEY} is no secret key of Stripe's: set it to one that starts with sk_ or rk_.`);
  return given ?? '';
};

const webhookSecretsOf = (given: string | undefined, problems: Problems): readonly string[] => {
  const secrets = (given ?? '').split(',').map((each) => each.trim());
  if (given === undefined)
    problems.push(
      `PANIER_PAYMENT_PROVIDER=stripe needs ${WEBHOOK_SECRET}: set it to the signing secret of the endpoint /webhooks/stripe, whsec_…; to two of them, separated by a comma, while one takes over from the other.`,
    );
  else if (!secrets.every((each) => /^whsec_[\w+/=]+$/.test(each)))
    problems.push(
      `${WEBHOOK_SECRET} is no signing secret of Stripe's: each starts with whsec_, with commas between them.`,
    );
  return secrets;
};

const isAddress = (given: string): boolean => {
  const { protocol = '', pathname, search, username, password, hash } = URL.parse(given) ?? {};
  const isPlain = pathname === '/' && `${search}${username}${password}${hash}` === '';
  return (protocol === 'http:' || protocol === 'https:') && isPlain;
};

const apiBaseOf = (given: string | undefined, problems: Problems): string | undefined => {
  if (given !== undefined && !isAddress(given))
    problems.push(`${API_BASE} is no address: set it to a scheme, a host and a port, as http://127.0.0.1:12111.`);
  return given;
};

/** For those who charge, or are called back; undefined where nobody does. */
export const readStripeSettings = (
  { text, problems }: EnvironmentReader,
  roles: readonly Role[],
  paymentProvider: string,
): StripeSettings | undefined => {
  const [secretKey, webhookSecret, apiBase] = [text(SECRET_KEY), text(WEBHOOK_SECRET), text(API_BASE)];
  const isCalledBack = roles.includes('gateway');
  if (paymentProvider === 'simulated' && secretKey !== undefined)
    problems.push(
      `${SECRET_KEY} is set, and nobody is charged by Stripe: set PANIER_PAYMENT_PROVIDER=stripe, or leave the key out.`,
    );
  if (paymentProvider !== 'stripe' || !(isCalledBack || roles.includes('payment'))) return undefined;
  return {
    secretKey: secretKeyOf(secretKey, problems),
    webhookSecrets: isCalledBack ? webhookSecretsOf(webhookSecret, problems) : [],
    apiBase: apiBaseOf(apiBase, problems),
  };
};
