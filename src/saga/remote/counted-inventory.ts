import { type InventoryAnswered, SIGNALS } from '../../platform/index.ts';
import type { AskAvailable } from './availability.ts';
import type { CallOutcome } from './intent.ts';
import type { Inventory } from './inventory.ts';

type Result = InventoryAnswered['result'];

const resultOf = (outcome: CallOutcome): Result => {
  if (outcome.type === 'Done') return 'done';
  if (outcome.type === 'Refused') return 'refused';
  return outcome.isAway ? 'away' : 'not_accepted';
};

/** The same inventory, which tells of each call what came of it, and of how long that took. */
export const countedInventory = ({ call }: Inventory): Inventory => ({
  call: async (asked, ...how) => {
    const beganMs = performance.now();
    const outcome = await call(asked, ...how);
    const tookMs = performance.now() - beganMs;
    SIGNALS.inventoryAnswered.tell({ call: asked.way, result: resultOf(outcome), tookMs });
    return outcome;
  },
});

/** The same for the question what is available. */
export const countedAvailability =
  (ask: AskAvailable): AskAvailable =>
  async (productId) => {
    const beganMs = performance.now();
    const available = await ask(productId);
    const tookMs = performance.now() - beganMs;
    SIGNALS.inventoryAnswered.tell({ call: 'available', result: available === null ? 'away' : 'done', tookMs });
    return available;
  };
