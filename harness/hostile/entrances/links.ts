import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import type { TcpProxy } from '../../support/tcp-proxy.ts';
import type { Attack } from './attack.ts';
import { bytes } from './junk.ts';

type Trouble = (link: TcpProxy, random: Random) => Promise<void> | void;

const JUNK: readonly Buffer[] = [
  Buffer.from('*1\r\n'.repeat(20_000)),
  Buffer.from('$-5\r\n:x\r\n+\r\n-\r\n'),
  Buffer.from('%1\r\n_\r\n#x\r\n'),
  Buffer.from([0x54, 0, 0, 0, 8, 0xff, 0xff, 0, 0]),
  Buffer.from([0x44, 0, 0, 0, 6, 0xff, 0xff]),
  Buffer.from([0x5a, 0, 0, 0, 4]),
  Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 99]),
  Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
];

const TROUBLES: Readonly<Record<string, Trouble>> = {
  'cut in the middle of a message': (link, random) => link.cutNextAnswer(random.integer(0, 20)),
  'an answer that is lost': (link) => link.loseNextAnswer(),
  'all connections cut': (link) => link.cutAll(),
  nonsense: (link, random) => link.replaceNextAnswer(random.pick(JUNK)),
  'random bytes': (link, random) => link.replaceNextAnswer(bytes(random, random.integer(1, 300))),
  'half open for a while': async (link, random) => {
    link.openHole();
    await sleep(random.integer(50, 1_500));
    link.healHole();
  },
};

/** Between panier and one of its servers. What nonsense left waiting for more of it is cut. */
export const troubleLink: Attack = async ({ links }, random) => {
  const link = random.pick([links.postgres, links.redis]);
  const kind = random.pick(Object.keys(TROUBLES));
  await TROUBLES[kind]?.(link, random);
  await sleep(random.integer(100, 600));
  link.cutAll();
  return kind;
};
