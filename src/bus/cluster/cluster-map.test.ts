import { describe, expect, it } from 'vitest';
import { mapOf, nameOf, viewIn } from './cluster-map.ts';

const ASKED = { host: '10.0.0.9', port: 7_000 };

/** A node's name, place and flags; then its epoch, the state of its link, and its slots. */
const line = (who: string, rest: string): string => `${who} - 0 0 ${rest}`;

const seenIn = (...lines: readonly string[]) => viewIn(`${lines.join('\n')}\n`, ASKED);

const viewOf = (...lines: readonly string[]) => seenIn(...lines).nodes;

describe('what a node says of its cluster', () => {
  it('tells of every node that somebody can be sent to', () => {
    const view = viewOf(
      line('a :7000@17000 myself,master', '3 connected 0-99 200 [201->-b] [300-<-b]'),
      line('b 10.0.0.2:7001@17001,two.example master,fail?', '2 connected 100-199'),
      line('c [::1]:7002@17002 slave', '3 connected'),
      line('d 10.0.0.4:7003@17003 master,noaddr', '1 disconnected'),
      line('e :0@0 slave,noaddr', '1 disconnected'),
    );
    expect(
      view.map(({ id, address, isMaster, epoch, slots }) => [id, nameOf(address), isMaster, epoch, slots]),
    ).toEqual([
      [
        'a',
        '10.0.0.9:7000',
        true,
        3,
        [
          [0, 99],
          [200, 200],
        ],
      ],
      ['b', 'two.example:7001', true, 2, [[100, 199]]],
      ['c', '[::1]:7002', false, 3, []],
    ]);
  });

  it('tells who it is, and of all that it knows, also of those without an address', () => {
    const view = seenIn(
      line('b 10.0.0.2:7001@17001 master', '2 connected 100-199'),
      line('a 10.0.0.1:7000@17000 myself,master', '3 connected 0-99'),
      line('e :0@0 slave,noaddr', '1 disconnected'),
    );
    expect([view.ownId, view.ids]).toEqual(['a', ['b', 'a', 'e']]);
  });

  it('is believed of a slot by the greatest epoch, whoever was asked first', () => {
    const cutOff = viewOf(line('a 10.0.0.1:1@2 myself,master', '1 connected 0-16383'));
    const others = viewOf(
      line('a 10.0.0.1:1@2 master,fail', '1 disconnected'),
      line('b 10.0.0.2:1@2 master', '7 connected 0-16383'),
    );
    for (const views of [
      [cutOff, others],
      [others, cutOff],
    ]) {
      const map = mapOf(views);
      expect(map.masterOf(5)).toEqual({ host: '10.0.0.2', port: 1 });
      expect(map.masters.map(nameOf)).toEqual(['10.0.0.2:1']);
      expect(map.replicas.map(nameOf)).toEqual(['10.0.0.1:1']);
    }
  });

  it('names a node by its address, too, where it has a host name', () => {
    const map = mapOf([
      viewOf(
        line('a 10.0.0.1:1@2,one.example myself,master', '1 connected 0-9'),
        line('b 10.0.0.2:1@2,two.example slave', '1 connected'),
      ),
    ]);
    expect([...map.namesOf([...map.masters, ...map.replicas])]).toEqual([
      'one.example:1',
      '10.0.0.1:1',
      'two.example:1',
      '10.0.0.2:1',
    ]);
  });

  it('may leave a slot to nobody', () => {
    expect(mapOf([viewOf(line('a 10.0.0.1:1@2 master', '1 connected 0-9'))]).masterOf(10)).toBeNull();
  });
});
