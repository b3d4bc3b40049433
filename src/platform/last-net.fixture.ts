// Run by last-net.test.ts as a process of its own: says on stdout what became of it.
import { type Exchange, within } from './exchange.ts';
import { spreadLastNet } from './last-net.ts';
import { openLogger } from './logger.ts';
import { sleep } from './sleep.ts';

const say = (what: string): void => void process.stdout.write(`${what}\n`);
const exchange: Exchange = { kind: 'Request', breakOff: () => say('broken off') };

const fail = (): never => {
  throw new Error('nobody catches this');
};

const WAYS: Readonly<Record<string, () => unknown>> = {
  'a timer': () => setTimeout(fail, 1),
  'a tick': () => process.nextTick(fail),
  'a promise': () => Promise.reject(new Error('nobody waits for this')),
  'something that is no error': async () => AbortSignal.abort('said only').throwIfAborted(),
  'an async function': async () => fail(),
};

const [place, way = ''] = process.argv.slice(2);
spreadLastNet({ logger: openLogger('warn'), onBroken: () => say('broken') });
if (place === 'server') within({ ...exchange, kind: 'Server' }, () => void WAYS[way]?.());
else if (place === 'within') within(exchange, () => void WAYS[way]?.());
else WAYS[way]?.();
await sleep(100);
say('alive');
