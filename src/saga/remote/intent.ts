import { compareCodePoints, type Shortage, type StockLine } from '../../events/index.ts';
import { assertNever } from '../../platform/index.ts';
import { mergeLines } from '../stock.ts';

/**
 * How far a line has come: `Unknown` once it was, or may have been, asked for and no answer is known; `Taken`, until it is
 * given back; `Refused`, for good.
 */
export type LineState = 'ToTake' | 'Unknown' | 'Taken' | 'Refused' | 'GivenBack';

export interface IntentLine extends StockLine {
  readonly state: LineState;
  /** What the inventory said that it had instead; null unless it refused. */
  readonly available: number | null;
}

/** The event that an intent began with: what comes of it is its effect. */
export interface Begun {
  readonly eventId: string;
  readonly traceparent: string | null;
}

/** What an order wants of an inventory elsewhere, written down before the first call. A plain JSON value. */
export interface Intent {
  /** It turns once at most: what is being given back cannot be called back. */
  readonly direction: 'Take' | 'GiveBack';
  /** By product id, one a product: so all orders ask in the same order. */
  readonly lines: readonly IntentLine[];
  /** Until when the order is told whether it has its stock, RFC 3339. */
  readonly answerBy: string;
  readonly begun: Begun;
}

/** One request to the inventory. Asked again, it is the same request under the same key. */
export interface Call {
  readonly orderId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly way: 'reduce' | 'increase';
}

/** What a call came to. `NotKnown`: it has been carried out, or not, or will be; only the inventory can tell. */
export type CallOutcome =
  | { readonly type: 'Done' }
  | { readonly type: 'Refused'; readonly available: number }
  | NotKnown;

export interface NotKnown {
  readonly type: 'NotKnown';
  /** How long the inventory wants to be left alone; 0 when it did not say. */
  readonly retryAfterMs: number;
  /** The inventory answers nobody at present, as far as one call can tell. */
  readonly isAway: boolean;
}

export const callKey = ({ orderId, productId, way }: Call): string => `${orderId}:${productId}:${way}`;

export const beginIntent = (lines: readonly StockLine[], rest: Pick<Intent, 'answerBy' | 'begun'>): Intent => ({
  ...rest,
  direction: 'Take',
  lines: mergeLines(lines)
    .map(({ productId, quantity }) => ({ productId, quantity, state: 'ToTake' as const, available: null }))
    .toSorted((one, other) => compareCodePoints(one.productId, other.productId)),
});

/** The very same intent when it has turned before. */
export const turned = (intent: Intent): Intent =>
  intent.direction === 'GiveBack' ? intent : { ...intent, direction: 'GiveBack' };

/** What is to be asked of the inventory for the line as it stands; null when nothing is. */
const wayOf = ({ direction }: Intent, { state }: IntentLine): Call['way'] | null => {
  switch (state) {
    case 'ToTake':
      return direction === 'Take' ? 'reduce' : null;
    // Whether there is anything to give back, the inventory alone knows: it is asked before, never guessed.
    case 'Unknown':
      return 'reduce';
    case 'Taken':
      return direction === 'GiveBack' ? 'increase' : null;
    case 'Refused':
    case 'GivenBack':
      return null;
  }
  return assertNever(state);
};

/** The first line's that has one; the others wait for its answer. Null when nothing is left to ask. */
export const nextCall = (orderId: string, intent: Intent): Call | null => {
  for (const line of intent.lines) {
    const way = wayOf(intent, line);
    if (way !== null) return { orderId, productId: line.productId, quantity: line.quantity, way };
  }
  return null;
};

/** Nothing that was asked for is unknown, and nothing that was taken is to be given back. */
export const isSettled = (intent: Intent): boolean => nextCall('', intent) === null;

const withLine = (intent: Intent, productId: string, change: (line: IntentLine) => IntentLine): Intent => ({
  ...intent,
  lines: intent.lines.map((line) => (line.productId === productId ? change(line) : line)),
});

/** The intent once it is about to be asked for: from now on, only the inventory knows. */
export const asked = (intent: Intent, { productId, way }: Call): Intent =>
  way === 'increase'
    ? intent
    : withLine(intent, productId, (line) => (line.state === 'ToTake' ? { ...line, state: 'Unknown' } : line));

const afterReduce = (line: IntentLine, outcome: CallOutcome): IntentLine => {
  if (line.state !== 'Unknown') return line;
  switch (outcome.type) {
    case 'Done':
      return { ...line, state: 'Taken' };
    case 'Refused':
      return { ...line, state: 'Refused', available: outcome.available };
    case 'NotKnown':
      return line;
  }
  return assertNever(outcome);
};

/** What an inventory does not take back is still the order's: it is asked again until it does. */
const afterIncrease = (line: IntentLine, outcome: CallOutcome): IntentLine =>
  line.state === 'Taken' && outcome.type === 'Done' ? { ...line, state: 'GivenBack' } : line;

/** The intent once a call was answered. An answer that somebody else was told before changes nothing. */
export const learned = (intent: Intent, { productId, way }: Call, outcome: CallOutcome): Intent =>
  withLine(intent, productId, (line) => (way === 'reduce' ? afterReduce(line, outcome) : afterIncrease(line, outcome)));

export const isTaken = ({ lines }: Intent): boolean => lines.every(({ state }) => state === 'Taken');

export const isRefused = ({ lines }: Intent): boolean => lines.some(({ state }) => state === 'Refused');

/** The lines that were refused, with what the inventory told. */
export const refusalsOf = ({ lines }: Intent): readonly Shortage[] =>
  lines
    .filter(({ state }) => state === 'Refused')
    .map(({ productId, quantity, available }) => ({ productId, requested: quantity, available: available ?? 0 }));

export const wantedLines = ({ lines }: Intent): readonly StockLine[] =>
  lines.map(({ productId, quantity }) => ({ productId, quantity }));
