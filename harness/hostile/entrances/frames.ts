import { once } from 'node:events';
import type { Random } from '../../support/random.ts';
import { AS_OPERATOR } from '../../support/tokens.ts';
import type { Attack } from './attack.ts';
import { bytes, damaged, document, unique, value } from './junk.ts';
import { openRaw, sendAndLeave } from './raw-socket.ts';

const UPGRADE = [
  'GET /graphql HTTP/1.1',
  'host: panier',
  'connection: upgrade',
  'upgrade: websocket',
  'sec-websocket-version: 13',
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-extensions: permessage-deflate',
].join('\r\n');

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly fin?: boolean;
  readonly reserved?: number;
  readonly masked?: boolean;
  /** What the frame says of its length, should it lie. */
  readonly told?: number;
}

const lengthOf = (told: number, masked: boolean): Buffer => {
  const mask = masked ? 0x80 : 0;
  if (told < 126) return Buffer.from([mask | told]);
  if (told < 65_536) return Buffer.from([mask | 126, told >> 8, told & 0xff]);
  const long = Buffer.alloc(9);
  long[0] = mask | 127;
  long.writeBigUInt64BE(BigInt(told), 1);
  return long;
};

/** A frame of RFC 6455, with whatever is wrong about it. The mask is of zeros: the payload stays readable. */
const frame = ({ opcode, payload, fin = true, reserved = 0, masked = true, told = payload.length }: Frame): Buffer =>
  Buffer.concat([
    Buffer.from([(fin ? 0x80 : 0) | (reserved << 4) | opcode]),
    lengthOf(told, masked),
    masked ? Buffer.alloc(4) : Buffer.alloc(0),
    payload,
  ]);

const TEXT = 1;
const text = (message: unknown): Buffer =>
  frame({
    opcode: TEXT,
    payload: Buffer.from(typeof message === 'string' ? message : (JSON.stringify(message) ?? '')),
  });

const TYPES = [
  'connection_init',
  'connection_ack',
  'ping',
  'pong',
  'subscribe',
  'next',
  'error',
  'complete',
  'start',
  '',
];
const IDS = ['1', '1', '', 'x'.repeat(10_000), '__proto__', 'constructor', '\u0000'];

/** Messages of graphql-transport-ws, in any order and of any form. */
const message = (random: Random): unknown =>
  random.pick<() => unknown>([
    () => ({ type: 'connection_init', payload: { authorization: value(random) } }),
    () => ({ type: random.pick(TYPES), id: random.pick(IDS), payload: value(random) }),
    () => ({ type: 'subscribe', id: random.pick(IDS), payload: { query: document(random) } }),
    () => ({ type: 'subscribe', id: unique(), payload: { query: document(random), variables: value(random) } }),
    () => ({ type: 'subscribe', id: '1', payload: value(random) }),
    () => ({ type: 'complete', id: random.pick(IDS) }),
    () => value(random),
    () => '['.repeat(30_000),
    () => 'no json',
  ])();

const badFrame = (random: Random): Buffer =>
  random.pick([
    () => frame({ opcode: TEXT, payload: Buffer.from('{}'), masked: false }),
    () => frame({ opcode: random.integer(3, 7), payload: Buffer.from('x') }),
    () => frame({ opcode: random.integer(11, 15), payload: Buffer.from('x') }),
    () => frame({ opcode: TEXT, payload: Buffer.from('x'), reserved: random.integer(1, 7) }),
    () => frame({ opcode: TEXT, payload: bytes(random, 50), reserved: 4 }),
    () => frame({ opcode: TEXT, payload: Buffer.from('{"type":'), fin: false }),
    () => frame({ opcode: 0, payload: Buffer.from('"ping"}') }),
    () => frame({ opcode: 2, payload: bytes(random, random.integer(0, 200)) }),
    () => frame({ opcode: TEXT, payload: Buffer.from([0xff, 0xfe, 0xc0]) }),
    () => frame({ opcode: TEXT, payload: Buffer.alloc(70_000, 'x') }),
    () => frame({ opcode: TEXT, payload: Buffer.from('x'), told: 2 ** 40 }),
    () => frame({ opcode: 8, payload: Buffer.from([3, 231]) }),
    () => frame({ opcode: 8, payload: Buffer.from([random.integer(0, 255), random.integer(0, 255), 0xff]) }),
    () => frame({ opcode: 8, payload: Buffer.from([1]) }),
    () => frame({ opcode: 9, payload: Buffer.alloc(126) }),
    () => frame({ opcode: 9, payload: bytes(random, 20) }),
    () => frame({ opcode: 9, payload: Buffer.from('x'), fin: false }),
    () => frame({ opcode: 10, payload: Buffer.from('nobody asked') }),
    () => bytes(random, random.integer(1, 100)),
  ])();

/** One WebSocket, opened as it should be, and then anything. */
export const sendFrames: Attack = async ({ url }, random) => {
  const socket = await openRaw(url);
  if (socket === null) return 'not connected';
  const protocol = random.chance(0.9) ? 'sec-websocket-protocol: graphql-transport-ws\r\n' : '';
  socket.write(`${UPGRADE}\r\n${protocol}\r\n`);
  if (random.chance(0.8)) await once(socket, 'data', { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
  const begun = random.chance(0.7) ? [text({ type: 'connection_init', payload: AS_OPERATOR })] : [];
  const rest = Array.from({ length: random.integer(1, 12) }, () =>
    random.chance(0.7) ? text(message(random)) : badFrame(random),
  );
  const whole = Buffer.concat([...begun, ...rest]);
  return sendAndLeave(random, socket, random.chance(0.1) ? damaged(random, whole) : whole);
};
