import type { ServerAddress } from '../../platform/index.ts';

/** Keys are spread over so many slots. Source: redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec. */
const SLOTS = 16_384;

type Range = readonly [first: number, last: number];

/** A node, as another one sees it, or it itself. */
export interface SeenNode {
  readonly id: string;
  readonly address: ServerAddress;
  /** As redirections may name it: without its host name, also where it has one. */
  readonly redirectedTo: ServerAddress;
  readonly isMaster: boolean;
  /** Greater with each promotion, and with each slot that a master takes over: of two that claim a slot, the greater one has it. */
  readonly epoch: number;
  readonly slots: readonly Range[];
}

/** What a node says of its cluster. */
export interface View {
  /** The node's own id; empty when it names none as its own. */
  readonly ownId: string;
  /** Of all that it knows, also of those that nobody can be sent to. */
  readonly ids: readonly string[];
  readonly nodes: readonly SeenNode[];
}

const MYSELF = 'myself';
/** Nobody can be sent there. */
const NOWHERE = ['noaddr', 'handshake'];

/** `host:port` of an address. */
export const nameOf = ({ host, port }: ServerAddress): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** As a cluster writes it: nothing before the port is the one who says it. Null when it is none. */
export const addressIn = (text: string, saidBy: ServerAddress): ServerAddress | null => {
  const at = text.lastIndexOf(':');
  const port = Number(text.slice(at + 1));
  if (at === -1 || !Number.isInteger(port) || port < 1) return null;
  const host = text.slice(0, at).replaceAll(/[[\]]/g, '');
  return { host: host === '' ? saidBy.host : host, port };
};

const rangeIn = (word: string): readonly Range[] => {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(word) ?? [];
  return first === undefined ? [] : [[Number(first), Number(last)]];
};

const nodeIn = (line: string, saidBy: ServerAddress): readonly SeenNode[] => {
  const [id = '', where = '', flagList = '', , , , epoch = '', , ...slots] = line.split(' ');
  const flags = flagList.split(',');
  const [place = '', hostname = ''] = where.replace(/@\d+/, '').split(',');
  const told = addressIn(place, saidBy);
  if (told === null || NOWHERE.some((flag) => flags.includes(flag))) return [];
  // A certificate is for a name: where the nodes have one, they say it.
  const named = hostname === '' ? told : { host: hostname, port: told.port };
  const address = flags.includes(MYSELF) && place.startsWith(':') ? saidBy : named;
  const isMaster = flags.includes('master');
  return [{ id, address, redirectedTo: told, isMaster, epoch: Number(epoch), slots: slots.flatMap(rangeIn) }];
};

const idIn = (line: string): string => line.slice(0, line.indexOf(' '));

const isOfItself = (line: string): boolean => line.split(' ')[2]?.split(',').includes(MYSELF) === true;

/** What `CLUSTER NODES` answers, asked of a node at that address. Slots on their way elsewhere are with whom they leave. */
export const viewIn = (text: string, saidBy: ServerAddress): View => {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return {
    ownId: idIn(lines.find(isOfItself) ?? ''),
    ids: lines.map(idIn),
    nodes: lines.flatMap((line) => nodeIn(line, saidBy)),
  };
};

/** Which node has which slot, and which nodes there are. */
export interface ClusterMap {
  readonly masterOf: (slot: number) => ServerAddress | null;
  /** Those that have slots. */
  readonly masters: readonly ServerAddress[];
  /** All others that are known. */
  readonly replicas: readonly ServerAddress[];
  /** All names of nodes at addresses of these. */
  readonly namesOf: (addresses: readonly ServerAddress[]) => ReadonlySet<string>;
}

const byName = (nodes: readonly SeenNode[]): readonly ServerAddress[] => [
  ...new Map(nodes.map(({ address }) => [nameOf(address), address])).values(),
];

const namesIn = (nodes: readonly SeenNode[]): ClusterMap['namesOf'] => {
  const redirections = Map.groupBy(nodes, ({ address }) => nameOf(address));
  const ofOne = (name: string): readonly string[] => [
    name,
    ...(redirections.get(name) ?? []).map(({ redirectedTo }) => nameOf(redirectedTo)),
  ];
  return (addresses) => new Set(addresses.map(nameOf).flatMap(ofOne));
};

/**
 * What several nodes say, put together as they do it themselves: a slot is with the master of the greatest epoch. So a master
 * that was cut off, and knows nothing of its successor, is not believed.
 */
export const mapOf = (views: readonly (readonly SeenNode[])[]): ClusterMap => {
  const held: (SeenNode | undefined)[] = Array.from({ length: SLOTS });
  for (const node of views.flat())
    for (const [first, last] of node.slots)
      for (let slot = first; slot <= last; slot += 1) if ((held[slot]?.epoch ?? -1) < node.epoch) held[slot] = node;
  const masters = byName([...new Set(held)].filter((node) => node !== undefined));
  const names = new Set(masters.map(nameOf));
  return {
    masterOf: (slot) => held[slot]?.address ?? null,
    masters,
    replicas: byName(views.flat()).filter((address) => !names.has(nameOf(address))),
    namesOf: namesIn(views.flat()),
  };
};
