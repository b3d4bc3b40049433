import { expect, it } from 'vitest';
import { environmentOf } from './start-grafana.ts';

it('a Grafana in which everybody is an administrator answers to no name that a page could lead to it', () => {
  expect(environmentOf({ directory: '/nowhere', port: 3000 })).toMatchObject({
    GF_SERVER_HTTP_ADDR: '127.0.0.1',
    GF_SERVER_DOMAIN: '127.0.0.1',
    GF_SERVER_ENFORCE_DOMAIN: 'true',
  });
});
