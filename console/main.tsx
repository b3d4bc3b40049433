import { openClient } from '../ui/client/open-client.ts';
import { mount } from '../ui/mount.tsx';
import { Console } from './console.tsx';
import { keptToken } from './sign-in/kept-token.ts';
import { DOUBT } from './sign-in/use-standing.ts';

const doubts = new EventTarget();

mount(
  openClient({ tokenOf: async () => keptToken(), doubted: () => void doubts.dispatchEvent(new Event(DOUBT)) }),
  <Console doubts={doubts} />,
);
