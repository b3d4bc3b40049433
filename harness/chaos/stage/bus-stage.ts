import type { Redis } from 'ioredis';

/** The harness's Redis, be it one server or a cluster. */
export interface BusStage extends AsyncDisposable {
  /** As the administrator. */
  readonly client: Redis;
  /** Where the links of the processes lead to. */
  readonly port: number;
  start(): Promise<void>;
  /** As a process is told of it whose link is at that port. */
  urlAt(linkPort: number): string;
  /** `INFO commandstats` of each server that answers, by its name. */
  statistics(): Promise<ReadonlyMap<string, string>>;
  /** Undoes what faults may have left behind. */
  heal(): Promise<void>;
  /** For those who have no time left. */
  killForGood(): void;
}
