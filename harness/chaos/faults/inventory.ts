import { sleep } from '../../../src/platform/index.ts';
import type { Troubles } from '../../inventory/index.ts';
import type { Random } from '../../support/random.ts';
import type { InventoryStage } from '../stage/index.ts';
import { type Fault, type FaultContext, seconds } from './fault.ts';

const MIN_MS = 4_000;
const MAX_MS = 12_000;
const MAX_DOWN_MS = 8_000;
/** Longer than whoever asks waits for an answer. */
const MAX_DELAY_MS = 4_000;
const BUSY_MS = 400;

interface Strike {
  readonly inventory: InventoryStage;
  readonly random: Random;
}

/** A fault of the inventory elsewhere; whatever it does, all is well there afterwards. */
const fault = (strike: (struck: Strike) => Promise<string>): Fault => ({
  place: 'inventory',
  strike: async ({ stage: { inventory }, random }: FaultContext) => {
    if (inventory === null) throw new Error('There is no inventory elsewhere.');
    try {
      return await strike({ inventory, random });
    } finally {
      await inventory.heal();
    }
  },
});

const troubled = async ({ inventory, random }: Strike, chances: Troubles['chances']): Promise<string> => {
  const ms = random.between(MIN_MS, MAX_MS);
  await inventory.process.trouble({ seed: random.integer(1, 1_000_000), chances, maxDelayMs: MAX_DELAY_MS });
  await sleep(ms);
  return seconds(ms);
};

/** What it was asked for and has not answered is under way when it is killed. */
const getBusy = async ({ inventory, random }: Strike): Promise<void> => {
  const chances = { 'late-request': 0.4, 'late-answer': 0.4 };
  await inventory.process.trouble({ seed: random.integer(1, 1_000_000), chances, maxDelayMs: MAX_DELAY_MS });
  await sleep(BUSY_MS);
};

/** kill -9, and away for a while. */
export const inventoryKill = fault(async (strike) => {
  const { inventory, random } = strike;
  const downMs = random.between(500, MAX_DOWN_MS);
  await getBusy(strike);
  await inventory.process.kill();
  await sleep(downMs);
  await inventory.process.start();
  return `kill -9 of the inventory, back after ${seconds(downMs)}`;
});

/** kill -9 and at once again, several times. */
export const inventoryRestart = fault(async (strike) => {
  const { inventory, random } = strike;
  const times = random.integer(2, 5);
  for (let nth = 0; nth < times; nth += 1) {
    await getBusy(strike);
    await inventory.process.kill();
    await inventory.process.start();
    await sleep(random.between(200, 1_500));
  }
  return `the inventory killed and started ${times} times`;
});

/** Requests and answers are lost, garbled and doubled. */
export const inventoryLoses = fault(async (strike) => {
  const chances = { 'lost-request': 0.2, 'lost-answer': 0.25, doubled: 0.15, garbled: 0.15 };
  return `the inventory lost, doubled and garbled what passes for ${await troubled(strike, chances)}`;
});

/** Late requests, late answers and answers byte by byte; or nothing passes at all. */
export const inventorySlow = fault(async (strike) => {
  const { inventory, random } = strike;
  if (random.chance(0.6)) {
    const chances = { 'late-request': 0.3, 'late-answer': 0.3, trickled: 0.2 };
    return `the inventory was slow for ${await troubled(strike, chances)}`;
  }
  const ms = random.between(MIN_MS, MAX_MS);
  const isHole = random.chance(0.5);
  inventory.link.become(isHole ? { type: 'BlackHole' } : { type: 'Latency', ms: random.integer(50, 600) });
  await sleep(ms);
  return `${isHole ? 'a black hole' : 'latency'} before the inventory for ${seconds(ms)}`;
});

/** It is busy or broken, mostly or always; some of what it calls broken is done. */
export const inventoryRefuses = fault(async (strike) => {
  const chances = strike.random.chance(0.5) ? { refused: 0.4, failed: 0.3 } : { refused: 0.5, failed: 0.5 };
  return `the inventory refused and failed for ${await troubled(strike, chances)}`;
});
