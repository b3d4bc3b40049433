import { isIPv4, isIPv6 } from 'node:net';
import type { Exposure } from './exposure.ts';
import type { Role } from './roles.ts';
import { STRIPE_LIBRARY } from './shop-payments.ts';
import type { StripeSettings } from './stripe-settings.ts';
import type { TokenConfig } from './token-config.ts';

interface Examined extends Exposure {
  readonly roles: readonly Role[];
  readonly host: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly demoCatalogue: boolean;
  readonly tokens: TokenConfig;
  readonly stripe: StripeSettings | undefined;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || (isIPv4(host) && host.startsWith('127.')) || (isIPv6(host) && host === '::1');

const openHost = ({ host, tls, trustedProxies }: Examined): readonly string[] =>
  isLoopback(host) || tls !== undefined || trustedProxies.length > 0
    ? []
    : [
        `HOST=${host} takes requests from other machines in plain text: set PANIER_TLS_CERT and PANIER_TLS_KEY, or set PANIER_TRUSTED_PROXIES to the addresses of the proxies in front that speak TLS, or set HOST to 127.0.0.1.`,
      ];

const ownServers = ({ databaseUrl, redisUrl }: Examined): readonly string[] => {
  const missing = [databaseUrl === undefined && 'DATABASE_URL', redisUrl === undefined && 'REDIS_URL'];
  const names = missing.filter((name) => name !== false).join(' and ');
  if (names === '') return [];
  return [
    `${names} ${names.includes(' ') ? 'are' : 'is'} not set, and servers that panier starts itself have generated passwords: set ${names} to servers of yours.`,
  ];
};

const demoCatalogue = ({ demoCatalogue: isWanted }: Examined): readonly string[] =>
  isWanted ? ['An empty shop would be filled with demo products: set PANIER_DEMO_CATALOGUE=false.'] : [];

const keyOfOurs = ({ tokens }: Examined): readonly string[] =>
  tokens.key === null
    ? [
        'Nothing says who signs tokens, and a key that panier makes itself is for development: set PANIER_JWT_SECRET, PANIER_JWT_PUBLIC_KEY or PANIER_JWT_JWKS_URL.',
      ]
    : [];

const plainStripe = ({ stripe }: Examined): readonly string[] =>
  stripe?.apiBase?.startsWith('http:') === true
    ? ['STRIPE_API_BASE takes the secret key in plain text, and is for tests: leave it out.']
    : [];

// What it loads reads the numbers of cards.
const otherLibrary = ({ shopPayments }: Examined): readonly string[] =>
  shopPayments.kind === 'Stripe' && shopPayments.library !== STRIPE_LIBRARY
    ? ['STRIPE_JS_URL has the shop load another script in place of Stripe’s, and is for tests: leave it out.']
    : [];

/** Roles that answer whoever may reach them. */
const ASKED: readonly Role[] = ['gateway', 'inventory-api'];

/** What must not be where strangers come: a sentence each that says what to do. Empty in development. */
export const productionProblems = (config: Examined): readonly string[] => {
  if (config.mode !== 'production') return [];
  const isAsked = config.roles.some((role) => ASKED.includes(role));
  const ofAsked = isAsked ? [...keyOfOurs(config), ...openHost(config)] : [];
  return [
    ...ownServers(config),
    ...demoCatalogue(config),
    ...plainStripe(config),
    ...otherLibrary(config),
    ...ofAsked,
  ].map((problem) => `PANIER_MODE=production: ${problem}`);
};
