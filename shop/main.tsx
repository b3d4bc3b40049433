import { openClient } from '../ui/client/open-client.ts';
import { mount } from '../ui/mount.tsx';
import { Shop } from './shop.tsx';

mount(
  openClient(async () => null),
  <Shop />,
);
