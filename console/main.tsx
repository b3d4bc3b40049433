import { openClient } from '../ui/client/open-client.ts';
import { mount } from '../ui/mount.tsx';
import { Console } from './console.tsx';
import { keptToken } from './sign-in/kept-token.ts';

mount(
  openClient(async () => keptToken()),
  <Console />,
);
