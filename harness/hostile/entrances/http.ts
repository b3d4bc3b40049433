import type { Random } from '../../support/random.ts';
import { AS_OPERATOR } from '../../support/tokens.ts';
import type { Attack } from './attack.ts';
import { bytes, damaged, document, params, value } from './junk.ts';
import { openRaw, sendAndLeave } from './raw-socket.ts';

const METHODS = ['GET', 'POST', 'POST', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'TRACE', 'CONNECT', 'get', 'M\u0000', ''];
const TARGETS = [
  '/graphql',
  '/graphql',
  '/graphql',
  '//',
  '///',
  '/',
  '*',
  '',
  'http://[',
  'http://a:b@c/graphql',
  '//[::/graphql',
  '/graphql?query=%',
  '/graphql?query=%7B__typename%7D&variables={',
  '/graphql?query=%7B__typename%7D&extensions=%ff',
  '/graphql/../../etc/passwd',
  '/health/ready',
  '/health/%',
  `/${'x'.repeat(20_000)}`,
  '/graphql\u0000',
  '/graphql#x',
  'panier:443',
];
const VERSIONS = ['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', 'HTTP/1.1\u0000', ''];
const HEADERS = [
  'host: [',
  'host: a b',
  'host: //',
  'host: \u00ff',
  'host:',
  'connection: upgrade',
  'connection: keep-alive, close',
  'upgrade: websocket',
  'upgrade: h2c',
  'http2-settings: AAMAAABkAAQAAP__',
  'expect: 100-continue',
  'expect: nothing',
  'accept: text/event-stream',
  'accept: \u00ff/*',
  'accept: text/html',
  'content-type: application/json',
  'content-type: application/json; charset=latin1',
  'content-type: text/plain',
  'content-type: multipart/form-data; boundary=',
  'content-encoding: gzip',
  'authorization: ',
  'authorization: Bearer \u0000',
  `authorization: Bearer ${'c'.repeat(9_000)}`,
  'traceparent: 00',
  'sec-websocket-key: x',
  'sec-websocket-version: 99',
  'sec-websocket-extensions: permessage-deflate; x=',
  'origin: null',
  'origin: http://[',
  'transfer-encoding: gzip, chunked',
  'trailer: x',
  'no colon',
  ' folded: x',
  `long: ${'x'.repeat(17_000)}`,
];

const chunked = (random: Random, body: Buffer): Buffer => {
  const size = random.pick([body.length.toString(16), 'zz', '-1', 'ffffffffffffffff', '0']);
  const extension = random.pick(['', ';a=b', `;${'x'.repeat(2_000)}`, ';\u0000']);
  return Buffer.concat([
    Buffer.from(`${size}${extension}\r\n`),
    body,
    Buffer.from(random.pick(['\r\n0\r\n\r\n', '\r\n', ''])),
  ]);
};

const bodyOf = (random: Random): Buffer =>
  random.pick([
    () => Buffer.alloc(0),
    () => Buffer.from(params(random)),
    () => Buffer.from(params(random)),
    () => bytes(random, random.integer(1, 300)),
    () => Buffer.alloc(random.integer(100_000, 400_000), 'x'),
    () => Buffer.from(JSON.stringify(value(random)) ?? ''),
    () => Buffer.from(document(random), 'latin1'),
  ])();

/** Lengths, right and wrong: the shapes by which requests are smuggled past what stands in between. */
const framed = (random: Random, body: Buffer): readonly [headers: readonly string[], body: Buffer] =>
  random.pick([
    () => [[`content-length: ${body.length}`], body] as const,
    () => [[`content-length: ${body.length}`], body] as const,
    () => [[`content-length: ${body.length + random.integer(1, 500)}`], body] as const,
    () => [[`content-length: ${Math.max(0, body.length - 5)}`], body] as const,
    () => [['content-length: -1'], body] as const,
    () => [[`content-length: ${body.length}`, 'content-length: 3'], body] as const,
    () => [['transfer-encoding: chunked'], chunked(random, body)] as const,
    () => [[`content-length: ${body.length}`, 'transfer-encoding: chunked'], chunked(random, body)] as const,
    () => [['transfer-encoding: chunked, identity'], chunked(random, body)] as const,
    () => [[], body] as const,
  ])();

const SIGNED_IN = `authorization: ${AS_OPERATOR.authorization}`;

const oneRequest = (random: Random): Buffer => {
  const [lengths, body] = framed(random, bodyOf(random));
  const others = Array.from({ length: random.integer(0, 5) }, () => random.pick(HEADERS));
  const host = random.chance(0.8) ? ['host: panier', 'content-type: application/json', SIGNED_IN] : [];
  const line = `${random.pick(METHODS)} ${random.pick(TARGETS)} ${random.pick(VERSIONS)}`;
  const head = [line, ...host, ...lengths, ...others].join(random.chance(0.97) ? '\r\n' : '\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]);
};

/** One connection with one or several requests, before any upgrade. */
export const sendRequest: Attack = async ({ url }, random) => {
  const socket = await openRaw(url);
  if (socket === null) return 'not connected';
  const requests = Array.from({ length: random.pick([1, 1, 1, 2, 5]) }, () => oneRequest(random));
  const whole = Buffer.concat(requests);
  const sent = random.chance(0.2) ? damaged(random, whole) : whole;
  return sendAndLeave(random, socket, random.chance(0.1) ? sent.subarray(0, random.integer(0, sent.length)) : sent);
};
