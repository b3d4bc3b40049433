import { Random } from '../support/random.ts';
import { Account } from './account/account.ts';
import { openClock } from './account/clock.ts';
import { type Controls, openControls } from './control/controls.ts';
import { Faults } from './faults/faults.ts';
import { openApi } from './http/api.ts';
import { listen } from './http/server.ts';
import { Deliveries, type DeliveryTimes } from './webhooks/deliveries.ts';

export interface FakeStripeOptions extends Partial<DeliveryTimes> {
  /** Any free one where it is left out. */
  readonly port?: number;
  /** Decides ids, and what goes wrong. */
  readonly seed?: number;
  readonly secretKey?: string;
  /** How long a bank takes to end what is processing, or a refund that is pending. */
  readonly bankMs?: number;
  /** How long what was made cannot be searched for. */
  readonly searchLagMs?: number;
  readonly slowMs?: number;
  readonly hangMs?: number;
}

/** An account at a Stripe of one's own. */
export interface FakeStripe extends AsyncDisposable {
  readonly url: string;
  readonly secretKey: string;
  readonly controls: Controls;
}

const DEFAULTS = {
  port: 0,
  seed: 1,
  secretKey: 'sk_test_of_the_fake_stripe',
  bankMs: 300,
  searchLagMs: 5_000,
  slowMs: 1_500,
  hangMs: 60_000,
  retryMs: 250,
  lateMs: 5_000,
} as const;

const AMOUNTS = { min: 100, max: 9_999 };

const openAccount = (options: Required<FakeStripeOptions>) => {
  const random = new Random(options.seed);
  const faults = new Faults(random.fork());
  const clock = openClock();
  const { retryMs, lateMs, bankMs } = options;
  const payForeign = (): void => {
    const amount = random.integer(AMOUNTS.min, AMOUNTS.max);
    controls.foreign({ amount, currency: 'eur', paymentMethod: 'pm_card_visa' });
  };
  const deliveries = new Deliveries({ retryMs, lateMs, clock, faults, payForeign, random: random.fork() });
  const account = new Account({ clock, bankMs, random: random.fork(), onEvent: (event) => deliveries.take(event) });
  const controls = openControls({ account, faults, deliveries });
  return { account, faults, deliveries, controls, random };
};

const isControl = (controls: Controls, name: string): name is keyof Controls => Object.hasOwn(controls, name);

const callControl = (controls: Controls, name: string, input: unknown): unknown => {
  if (!isControl(controls, name)) throw new TypeError(`There is no ${name}.`);
  return (controls[name] as (given: unknown) => unknown)(input) ?? null;
};

/** Stripe's API, as far as an honest integration needs it, over HTTP on loopback. */
export const openFakeStripe = async (given: FakeStripeOptions = {}): Promise<FakeStripe> => {
  const options = { ...DEFAULTS, ...given };
  const { account, faults, deliveries, controls, random } = openAccount(options);
  const { secretKey, searchLagMs, slowMs, hangMs } = options;
  const api = openApi({ account, faults, random, secretKey, searchLagMs, slowMs, hangMs });
  const server = await listen({ api, control: (name, input) => callControl(controls, name, input) }, options.port);
  return {
    url: server.url,
    secretKey,
    controls,
    [Symbol.asyncDispose]: async () => {
      deliveries.close();
      account.close();
      await server[Symbol.asyncDispose]();
    },
  };
};
