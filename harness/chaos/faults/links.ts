import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import type { Member, Proxy } from '../stage/index.ts';
import { type Fault, type FaultContext, seconds } from './fault.ts';

const COMMIT = Buffer.from('COMMIT\0');
const READY = Buffer.from([0x5a, 0, 0, 0, 5]);

const healAfter = async (links: readonly Proxy[], ms: number): Promise<void> => {
  await sleep(ms);
  for (const link of links) link.heal();
};

/** Connections end when the reply to a commit passes: nobody is told, and it is done. */
export const commitCut: Fault = {
  place: 'links',
  strike: async ({ stage, random }) => {
    const links = stage.members.flatMap(({ options }) => options.links.databases);
    const isLost = (reply: Buffer): boolean =>
      random.chance(reply.includes(COMMIT) ? 0.1 : reply.includes(READY) ? 0.01 : 0);
    for (const link of links) link.become({ type: 'LoseReplies', isLost });
    const ms = random.between(3_000, 8_000);
    await healAfter(links, ms);
    return `connections cut at COMMIT for ${seconds(ms)}`;
  },
};

const linksOf = ({ options: { links } }: Member, isCluster: boolean, random: Random): readonly Proxy[] => {
  const { databases, redis } = links;
  // The nodes of a cluster tell where they are, and nobody comes by a link of their own.
  if (isCluster) return databases;
  return random.pick([databases, [redis], [...databases, redis]]);
};

interface Weather {
  readonly name: string;
  readonly begin: (link: Proxy, random: Random) => void;
  readonly maxMs: number;
}

const WEATHERS: readonly Weather[] = [
  {
    name: 'latency',
    maxMs: 10_000,
    begin: (link, random) => link.become({ type: 'Latency', ms: random.integer(20, 300) }),
  },
  { name: 'a black hole', maxMs: 13_000, begin: (link) => link.become({ type: 'BlackHole' }) },
  { name: 'refused connections', maxMs: 6_000, begin: (link) => link.become({ type: 'Refuse' }) },
  { name: 'a reset', maxMs: 100, begin: (link) => link.reset() },
  {
    name: 'lost replies',
    maxMs: 8_000,
    begin: (link, random) => link.become({ type: 'LoseReplies', isLost: () => random.chance(0.02) }),
  },
];

const strikeNetwork = async ({ stage, random }: FaultContext): Promise<string> => {
  const weather = random.pick(WEATHERS);
  const members = random.shuffle(stage.members).slice(0, random.integer(1, 3));
  const links = members.flatMap((member) => linksOf(member, stage.cluster !== null, random));
  for (const link of links) weather.begin(link, random);
  const ms = random.between(weather.maxMs / 4, weather.maxMs);
  await healAfter(links, ms);
  return `${weather.name} on ${links.length} links of ${members.map(({ name }) => name).join(', ')} for ${seconds(ms)}`;
};

/** What a gateway reads is old when it arrives: whoever looks first and listens afterwards misses what came between. */
export const slowReads: Fault = {
  place: 'links',
  strike: async ({ stage, random }) => {
    const gateways = stage.members.filter(({ options }) => options.url !== null);
    const links = gateways.flatMap(({ options }) => options.links.databases);
    const latency = random.integer(20, 80);
    for (const link of links) link.become({ type: 'Latency', ms: latency });
    const ms = random.between(4_000, 10_000);
    await healAfter(links, ms);
    return `${latency} ms between gateways and PostgreSQL for ${seconds(ms)}`;
  },
};

export const network: Fault = { place: 'links', strike: strikeNetwork };
