import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** An established connection of a process, by its ports. */
interface Connection {
  readonly local: number;
  readonly remote: number;
}

const ESTABLISHED = '01';
const [LOCAL, REMOTE, STATE, INODE] = [1, 2, 3, 9] as const;

const portOf = (address = ''): number => Number.parseInt(address.split(':')[1] ?? '', 16);

/** Source: proc_net_tcp.txt of the kernel's documentation. */
const established = (): ReadonlyMap<string, Connection> => {
  const rows = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1);
  const fields = rows.map((row) => row.trim().split(/\s+/)).filter((row) => row[STATE] === ESTABLISHED);
  return new Map(fields.map((row) => [row[INODE] ?? '', { local: portOf(row[LOCAL]), remote: portOf(row[REMOTE]) }]));
};

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
};

/** The local ports of a process's connections to a port. */
export const connectionsTo = (pid: number, port: number): readonly number[] => {
  const all = established();
  const directory = `/proc/${pid}/fd`;
  return readdirSync(directory).flatMap((name) => {
    const [, inode = ''] = /^socket:\[(\d+)\]$/.exec(linkOf(`${directory}/${name}`)) ?? [];
    const found = all.get(inode);
    return found?.remote === port ? [found.local] : [];
  });
};
