import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from './answer.ts';
import { garble } from './garble.ts';
import { problem, type Reply } from './reply.ts';
import type { Luck, TroubleKind } from './trouble.ts';

interface Delivery {
  readonly call: Call;
  readonly response: ServerResponse;
  readonly luck: Luck;
}

const TRICKLE_MS = 20;

const send = ({ response }: Delivery, { status, headers, body }: Reply): void => {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
};

const trickle = async ({ response }: Delivery, { status, headers, body }: Reply): Promise<void> => {
  response.writeHead(status, headers);
  for (const byte of Buffer.from(body)) {
    response.write(Buffer.of(byte));
    await sleep(TRICKLE_MS);
  }
  response.end();
};

const busy = ({ luck: { random } }: Delivery): Reply => {
  const status = random.pick([429, 503]);
  const detail = 'Come again later.';
  return problem({ status, title: 'Busy', detail, headers: { 'retry-after': random.pick(['0', '1', '2']) } });
};

const broken = ({ luck: { random } }: Delivery): Reply =>
  problem({ status: random.pick([500, 502, 504]), title: 'Broken', detail: 'Something is broken.' });

const doSometimes = ({ call, luck }: Delivery): void => {
  if (luck.random.chance(0.5)) call.carryOut();
};

const lateAgain = async ({ call, luck }: Delivery): Promise<void> => {
  await sleep(luck.delayMs());
  call.carryOut();
};

const CARRY_OUT: Readonly<Record<TroubleKind, (delivery: Delivery) => void | Promise<void>>> = {
  'lost-request': ({ response }) => void response.destroy(),
  'lost-answer': ({ call, response }) => {
    call.carryOut();
    response.destroy();
  },
  'late-request': async (delivery) => {
    await sleep(delivery.luck.delayMs());
    send(delivery, delivery.call.carryOut());
  },
  'late-answer': async (delivery) => {
    const reply = delivery.call.carryOut();
    await sleep(delivery.luck.delayMs());
    send(delivery, reply);
  },
  doubled: async (delivery) => {
    send(delivery, delivery.call.carryOut());
    await lateAgain(delivery);
  },
  refused: (delivery) => send(delivery, busy(delivery)),
  failed: (delivery) => {
    doSometimes(delivery);
    send(delivery, broken(delivery));
  },
  garbled: (delivery) => {
    doSometimes(delivery);
    garble(delivery.response, delivery.luck.random);
  },
  trickled: (delivery) => trickle(delivery, delivery.call.carryOut()),
};

/** Carries the call out and answers it; or lets happen to it what is called `trouble`. */
export const deliver = async (delivery: Delivery, trouble: TroubleKind | null): Promise<void> => {
  if (trouble === null) send(delivery, delivery.call.carryOut());
  else await CARRY_OUT[trouble](delivery);
};
