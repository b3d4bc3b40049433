import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { gather } from './gather.ts';

const textsOf = (chunks: readonly { readonly chunk: Buffer }[]) => chunks.map(({ chunk }) => chunk.toString());

/** A socket, and what it sent: each system call by itself. */
const openSocket = () => {
  const sent: string[][] = [];
  const socket = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      sent.push([chunk.toString()]);
      done();
    },
    writev: (chunks, done) => {
      sent.push(textsOf(chunks));
      done();
    },
  });
  const write = (text: string): void => {
    gather(socket);
    socket.write(text);
  };
  return { sent, write };
};

describe('what is written to a socket in one turn', () => {
  it('goes out together, what promises write included', async () => {
    const { sent, write } = openSocket();
    write('a');
    await Promise.resolve();
    write('b');
    expect(sent).toEqual([]);
    await new Promise(setImmediate);
    expect(sent).toEqual([['a', 'b']]);
  });

  it('does not wait for the next turn', async () => {
    const { sent, write } = openSocket();
    for (const text of ['a', 'b']) {
      write(text);
      await new Promise(setImmediate);
    }
    expect(sent).toEqual([['a'], ['b']]);
  });
});
