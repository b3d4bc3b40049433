import { join } from 'node:path';
import { freePort } from '../../../src/servers/index.ts';
import { SETTINGS } from '../../chaos/stage/index.ts';
import { PanierProcess } from './process.ts';

export interface Joining {
  /** As the operator calls it; logs bear the name. */
  readonly name: string;
  readonly roles: readonly string[];
  /** At least where its servers are. */
  readonly environment: Readonly<Record<string, string>>;
  /** Another checkout of panier than the one that is tried. */
  readonly project?: string;
  /** The address on which it listens. */
  readonly host?: string;
  /** What starts it on that host. */
  readonly launcher?: readonly string[];
}

interface CrewOptions {
  readonly directory: string;
  readonly project: string;
}

/** The processes of panier in a drill, those that have ended included: what they said counts. */
export class Crew implements AsyncDisposable {
  readonly processes: PanierProcess[] = [];
  readonly #options: CrewOptions;
  readonly #killAll = (): void => this.processes.forEach((each) => each.killForGood());

  constructor(options: CrewOptions) {
    this.#options = options;
    process.once('exit', this.#killAll);
  }

  /** Starts a process; resolves when it says that it runs. @throws with its last words when it does not start */
  async join({
    name,
    roles,
    environment,
    project,
    host = '127.0.0.1',
    launcher = [],
  }: Joining): Promise<PanierProcess> {
    const { directory } = this.#options;
    const port = roles.includes('gateway') ? await freePort() : null;
    const joined = new PanierProcess({
      name,
      roles,
      launcher,
      project: project ?? this.#options.project,
      logFile: join(directory, `${name}.log`),
      url: port === null ? null : `http://${host}:${port}/graphql`,
      environment: {
        ...SETTINGS,
        HOST: host,
        ...(port !== null && { PORT: String(port) }),
        PANIER_INVENTORY_PORT: '0',
        PANIER_OPS_PORT: '0',
        PANIER_DATA_DIR: join(directory, name),
        ...environment,
      },
    });
    this.processes.push(joined);
    await joined.untilReady();
    return joined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.processes.map((each) => each[Symbol.asyncDispose]()));
    process.off('exit', this.#killAll);
  }
}
