import type { OpenAtGateway, WaitingForEndpoint } from '../metrics/index.ts';

/** How far a process is. */
type Phase = 'starting' | 'running' | 'stopping';

/** What there is to see of this process while it starts, runs and stops. */
export interface Seen {
  phase: Phase;
  /** Undefined until it is open. */
  gateway: OpenAtGateway | undefined;
  /** Whether it stores no events, for the read models are a later version's. */
  leavesReadModels?: boolean;
  /** Undefined until deliveries begin. */
  webhooks?: () => readonly WaitingForEndpoint[];
}
