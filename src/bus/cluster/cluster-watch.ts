import { guarded, ignored, repeat, type ServerAddress, SIGNALS, sleep, systemClock } from '../../platform/index.ts';
import { believedOf } from './believed.ts';
import { type ClusterMap, mapOf, nameOf, type View } from './cluster-map.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { NodeAsked, SILENT } from './node-asked.ts';

const ASK_EVERY_MS = 500;
/** How much longer than the first node the others may take to say that they know better. */
const OTHERS_MS = 200;
/** Where machines are so busy that nobody answers in a second, that is no reason to refuse a start. */
const ATTEMPTS = 6;

/** No node says how the cluster is. */
class ClusterUnknown extends Error {}

interface Asked {
  readonly node: NodeAsked;
  readonly rounds: AsyncDisposable;
}

const reasonsOf = (ends: readonly PromiseSettledResult<void>[]): string =>
  ends.flatMap((end) => (end.status === 'rejected' ? [(end.reason as Error).message] : [])).join('; ');

/** Asks all nodes how they see the cluster, again and again until disposed: a master that is frozen tells nobody that it is none. */
export class ClusterWatch implements Disposable {
  readonly #place: ClusterPlace;
  readonly #asked = new Map<string, Asked>();
  readonly #views = new Map<string, View>();
  readonly #silent = new Set<string>();
  readonly #listeners = new Set<() => void>();
  /** Names of nodes of another cluster, as was told last. */
  #strangers: readonly string[] = [];
  /** Names of those whose views the map is made of. */
  #believed: ReadonlySet<string> = new Set();
  /** Ids of all in their cluster. */
  #known: ReadonlySet<string> = new Set();
  #map: ClusterMap = mapOf([]);
  #finding: Promise<void> | null = null;

  constructor(place: ClusterPlace) {
    this.#place = place;
    for (const address of place.url.nodes) this.#add(address);
  }

  /** As the nodes said when they were last asked. */
  get map(): ClusterMap {
    return this.#map;
  }

  /** Whether a node did not answer when it was last asked, or another one did at its address. */
  isSilent(address: ServerAddress): boolean {
    return this.#silent.has(nameOf(address)) || this.isStranger(address);
  }

  /** Whether a node of another cluster answers there. */
  isStranger(address: ServerAddress): boolean {
    const name = nameOf(address);
    return this.#views.has(name) && !this.#believed.has(name);
  }

  /** Told whenever the map may have changed. */
  listen(onTold: () => void): Disposable {
    // Each by itself: two may be the same function.
    const listener = (): void => onTold();
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** Asks all that are known, at once. @throws {ClusterUnknown} when no master is known afterwards. */
  find(): Promise<void> {
    this.#finding ??= this.#find().finally(() => {
      this.#finding = null;
    });
    return this.#finding;
  }

  [Symbol.dispose](): void {
    this.#listeners.clear();
    if (this.#strangers.length > 0) SIGNALS.strangersFound.tell({ by: this, nodes: null });
    for (const name of this.#asked.keys()) this.#leave(name);
  }

  async #find(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const reasons = await this.#findOnce();
      if (this.#map.masters.length > 0) return;
      if (attempt === ATTEMPTS || !reasons.includes(SILENT))
        throw new ClusterUnknown(`No node says which of the cluster has which keys: ${reasons}`);
      await sleep(ASK_EVERY_MS);
    }
  }

  /** Why there is no map, if there is none. */
  async #findOnce(): Promise<string> {
    const asked = [...this.#asked.values()].map(({ node }) => this.#ask(node));
    const all = Promise.allSettled(asked);
    await Promise.any(asked).then(() => Promise.race([all, sleep(OTHERS_MS)]), ignored);
    return this.#map.masters.length > 0 ? '' : reasonsOf(await all);
  }

  #add(address: ServerAddress): void {
    const node = new NodeAsked(address, this.#place);
    // Each by itself: one that does not answer holds up no other's word.
    const rounds = repeat(() => this.#ask(node).then(ignored), {
      everyMs: ASK_EVERY_MS,
      clock: systemClock,
      onFailure: ignored,
    });
    this.#asked.set(nameOf(address), { node, rounds });
  }

  #leave(name: string): void {
    const asked = this.#asked.get(name);
    this.#asked.delete(name);
    this.#views.delete(name);
    this.#silent.delete(name);
    asked?.rounds[Symbol.asyncDispose]().then(ignored, ignored);
    asked?.node[Symbol.dispose]();
  }

  async #ask(node: NodeAsked): Promise<void> {
    const name = nameOf(node.address);
    const view = await node.ask().catch((error: unknown) => {
      if (this.#asked.has(name)) this.#miss(name);
      throw error;
    });
    if (!this.#asked.has(name)) return;
    const wasSilent = this.#silent.delete(name);
    const isNew = JSON.stringify(this.#views.get(name)) !== JSON.stringify(view);
    this.#views.set(name, view);
    // Also one that says what it said before counts again, for those who know it.
    if (wasSilent || isNew) this.#tell();
    if (!this.#believed.has(name)) throw new Error(`${name}: is not in the cluster of the others`);
  }

  #miss(name: string): void {
    const wasHeard = !this.#silent.has(name);
    this.#silent.add(name);
    // Not at once: when nobody answers, what was known is better than nothing.
    const isTheLast = this.#believed.has(name) && this.#believed.size === 1;
    const isForgotten = !isTheLast && this.#views.delete(name);
    if (wasHeard || isForgotten) this.#tell();
  }

  #tell(): void {
    this.#believe();
    this.#followNodes();
    this.#tellStrangers([...this.#asked.keys()].filter((name) => this.#countsAsStranger(name)).toSorted());
    for (const listener of this.#listeners) guarded(listener, ignored)();
  }

  /** Also one that says nothing for now: it was one when it last did. */
  #countsAsStranger(name: string): boolean {
    return this.#views.has(name) ? !this.#believed.has(name) : this.#strangers.includes(name);
  }

  #tellStrangers(nodes: readonly string[]): void {
    if (nodes.join() === this.#strangers.join()) return;
    this.#strangers = nodes;
    SIGNALS.strangersFound.tell({ by: this, nodes });
  }

  #believe(): void {
    const voices = [...this.#views].map(([name, view]) => ({ name, view, isHeard: !this.#silent.has(name) }));
    const named = new Set(this.#place.url.nodes.map(nameOf));
    const believed = believedOf(voices, { known: this.#known, named });
    this.#believed = new Set(believed.map(({ name }) => name));
    this.#map = mapOf(believed.map(({ view }) => view.nodes));
    // Of the first ones at the start, who answers sooner is not to count.
    const areAllAsked = [...named].every((name) => this.#views.has(name) || this.#silent.has(name));
    if (areAllAsked && this.#map.masters.length > 0) this.#known = new Set(believed.flatMap(({ view }) => view.ids));
  }

  /** Those of the URL are asked always: all others may be gone some day. */
  #followNodes(): void {
    const known = [...this.#map.masters, ...this.#map.replicas, ...this.#place.url.nodes];
    for (const address of known) if (!this.#asked.has(nameOf(address))) this.#add(address);
    const names = new Set(known.map(nameOf));
    for (const name of this.#asked.keys()) if (!names.has(name)) this.#leave(name);
  }
}
