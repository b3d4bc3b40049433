import { parseArgs } from 'node:util';
import { OptionsError, parsed } from '../support/command-line.ts';
import { openFakeStripe } from './index.ts';

const USAGE = `node harness/stripe/run.ts [options]
  --port <number>            where it listens, on loopback (default 12111)
  --seed <number>            decides ids, and what goes wrong (default 1)
  --webhook-url <url>        where events are sent
  --webhook-secret <secret>  what signs them (default whsec_of_the_fake_stripe)`;

const MISUSED = 64;

const readOptions = () =>
  parsed(() =>
    parseArgs({
      options: {
        port: { type: 'string', default: '12111' },
        seed: { type: 'string', default: '1' },
        'webhook-url': { type: 'string' },
        'webhook-secret': { type: 'string', default: 'whsec_of_the_fake_stripe' },
      },
    }),
  ).values;

try {
  const options = readOptions();
  const { url, secretKey, controls } = await openFakeStripe({
    port: Number(options.port),
    seed: Number(options.seed),
  });
  const webhookUrl = options['webhook-url'];
  if (webhookUrl !== undefined) controls.listenAt({ url: webhookUrl, secrets: [options['webhook-secret']] });
  console.log(`A fake Stripe answers at ${url} to ${secretKey}; what customers and banks do, at ${url}/_fake/.`);
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = MISUSED;
}
