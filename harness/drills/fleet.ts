import { Balancer } from './balancer.ts';
import type { DrillContext } from './drill.ts';
import type { PanierProcess, Servers } from './panier/index.ts';

/** Who reads events is replaced before who writes them, and gateways come last. */
const ORDER: readonly (readonly string[])[] = [
  ['saga', 'audit'],
  ['relay', 'payment', 'webhooks', 'upkeep'],
  ['gateway'],
];

/** A release of panier: where it is, and what it is called. */
export interface Release {
  readonly name: string;
  readonly project: string;
}

interface Place {
  readonly roles: readonly string[];
  process: PanierProcess;
}

interface FleetOptions {
  readonly context: DrillContext;
  readonly servers: Servers;
  /** Processes of each kind. */
  readonly copies: number;
}

/** The processes of a panier behind a balancer, each in its place, whichever version it is of. */
export class Fleet {
  readonly balancer: Balancer;
  readonly #options: FleetOptions;
  readonly #places: Place[] = [];

  private constructor(options: FleetOptions, balancer: Balancer) {
    this.#options = options;
    this.balancer = balancer;
  }

  static async start(options: FleetOptions, release: Release): Promise<Fleet> {
    const fleet = new Fleet(options, options.context.opened.use(await Balancer.open()));
    for (const roles of ORDER)
      for (let copy = 0; copy < options.copies; copy += 1)
        fleet.#places.push({ roles, process: await fleet.#join(roles, release) });
    return fleet;
  }

  get gateways(): readonly string[] {
    return this.#places.flatMap(({ process }) => process.options.url ?? []);
  }

  /** Replaces each process by one of the release, in order; `afterEach` is told how many were. */
  async roll(release: Release, afterEach: (replaced: number) => Promise<void> = async () => {}): Promise<void> {
    for (const [index, place] of this.#places.entries()) {
      await this.replace(place, release);
      await afterEach(index + 1);
    }
  }

  /** A process that was killed is started again as it was, in its own version. */
  async crash(roles: string): Promise<void> {
    const place = this.#places.findLast((each) => each.roles.includes(roles));
    if (place === undefined) throw new Error(`Nobody plays ${roles}.`);
    const { options } = place.process;
    await place.process.kill();
    place.process = await this.#join(place.roles, { name: 'again', project: options.project });
  }

  /** @throws with its last words when it does not start */
  tryStart(release: Release): Promise<PanierProcess> {
    return this.#join(['upkeep'], release);
  }

  private async replace(place: Place, release: Release): Promise<void> {
    const before = place.process;
    place.process = await this.#join(place.roles, release);
    const ms = await before.stop();
    if (before.options.url !== null) this.balancer.remove(before.options.url);
    this.#options.context.note(`${before.name} → ${place.process.name}, which ended in ${ms.toFixed(0)} ms`);
  }

  async #join(roles: readonly string[], { name, project }: Release): Promise<PanierProcess> {
    const { context, servers } = this.#options;
    const joined = await context.crew.join({
      name: `${roles[0]}-${name}-${context.crew.processes.length + 1}`,
      roles,
      project,
      environment: servers.environment(),
    });
    if (joined.options.url !== null) await this.balancer.add(joined.options.url);
    return joined;
  }
}
