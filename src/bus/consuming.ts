import type { Clock, Logger } from '../platform/index.ts';
import type { DeadLetter } from './dead-letters.ts';
import type { Handling } from './delivery.ts';
import type { DeliverySize } from './new-entries.ts';
import type { Share } from './share.ts';
import type { Decode } from './shared-entries.ts';
import type { Membership, StreamGroup } from './stream-group.ts';

export interface Consuming extends Membership, Handling {
  readonly logger: Logger;
  /** After how long without acknowledgement an entry counts as left by a dead consumer. */
  readonly claimIdleMs: number;
  /**
   * An entry that fails, and is delivered this often, becomes a dead letter. What is taken over, or read again after a failure, counts as
   * delivered, too.
   */
  readonly maxDeliveries: number;
  readonly deliverySize?: DeliverySize;
  /** Whether to rest after a small delivery, so that the next one has more. By default not. */
  readonly rests?: boolean;
  /** By default for itself. */
  readonly decode?: Decode;
}

export interface ConsumerPorts {
  readonly share: Share;
  readonly entries: StreamGroup;
  readonly keepDeadLetter: (letter: DeadLetter) => Promise<void>;
  readonly clock: Clock;
}
