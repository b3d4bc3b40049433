import { describe, expect, it } from 'vitest';
import { readConfig } from '../platform/index.ts';
import { refusedRange } from './addresses.ts';

const allowing = (text = '') => readConfig({ PANIER_WEBHOOK_ALLOW: text }).webhookAllowance;

const REFUSED = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.1.2.3',
  '64:ff9b::7f00:1',
  '64:ff9b::10.0.0.1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'no address',
  '',
];

describe('an address', () => {
  it.each(REFUSED)('that is nobody’s or not everybody’s is refused: %s', (address) => {
    expect(refusedRange(address, allowing())).not.toBeNull();
  });

  it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450::1', '::ffff:1.1.1.1'])(
    'of everybody is called: %s',
    (address) => expect(refusedRange(address, allowing())).toBeNull(),
  );

  it.each(['127.0.0.1', '10.0.0.1', '192.168.1.1', '100.64.0.1', '::1', 'fd00::1', '::ffff:127.0.0.1'])(
    'of one’s own is called where `private` is allowed: %s',
    (address) => expect(refusedRange(address, allowing('private'))).toBeNull(),
  );

  it.each(['169.254.169.254', 'fe80::1', '0.0.0.0', '::', '224.0.0.1', '240.0.0.1', '64:ff9b::7f00:1'])(
    'that is more than private is refused then, too: %s',
    (address) => expect(refusedRange(address, allowing('private'))).not.toBeNull(),
  );

  it('is called where it or its network is named, and no other', () => {
    const named = allowing('10.1.0.0/16, 192.168.0.7, fd00::/8');
    for (const address of ['10.1.255.1', '192.168.0.7', 'fd12::1', '::ffff:10.1.2.3'])
      expect(refusedRange(address, named)).toBeNull();
    for (const address of ['10.2.0.1', '192.168.0.8', '127.0.0.1', 'fe80::1', '::1'])
      expect(refusedRange(address, named)).not.toBeNull();
  });
});
