import { Router } from 'wouter';
import { Frame } from './frame/frame.tsx';
import { Routes } from './routes.tsx';
import { SignedIn } from './sign-in/signed-in.tsx';

/** `doubts`: tells when panier may take the viewer for somebody else by now. */
export const Console = ({ doubts }: { readonly doubts: EventTarget }) => (
  <Router base="/console">
    <SignedIn doubts={doubts}>
      <Frame>
        <Routes />
      </Frame>
    </SignedIn>
  </Router>
);
