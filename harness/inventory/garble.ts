import type { ServerResponse } from 'node:http';
import type { Random } from '../support/random.ts';

type Garble = (response: ServerResponse) => void;

const MEGABYTES = 5;

const say =
  (status: number, headers: Readonly<Record<string, string | number>>, body: string): Garble =>
  (response) =>
    void response.writeHead(status, headers).end(body);

const asJson = (body: string): Garble => say(200, { 'content-type': 'application/json' }, body);

/** What no inventory answers, and what comes from somewhere between. */
const GARBLES: readonly Garble[] = [
  say(200, { 'content-type': 'text/html' }, '<html><title>Sign in to this network</title></html>'),
  say(307, { location: 'http://127.0.0.1:1/elsewhere' }, ''),
  say(204, {}, ''),
  asJson(''),
  asJson('{"productId":"pr'),
  asJson('null'),
  asJson('[]'),
  asJson('{"ok":true}'),
  asJson('{"productId":"prod_of_another_call","available":5}'),
  asJson('{"productId":7,"available":"many"}'),
  asJson(' '.repeat(MEGABYTES * 1_000_000)),
  say(400, { 'content-type': 'text/plain' }, 'Bad Request'),
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 });
    response.write('{"productId":', () => response.destroy());
  },
  (response) => void response.socket?.end('\u0000\u0001 this is no HTTP\r\n\r\n'),
  (response) => void response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 7\r\n\r\nhello'),
];

export const garble = (response: ServerResponse, random: Random): void => random.pick(GARBLES)(response);
