import { Router } from 'wouter';
import { Frame } from './frame/frame.tsx';
import { Routes } from './routes.tsx';
import { SignedIn } from './sign-in/signed-in.tsx';

export const Console = () => (
  <Router base="/console">
    <SignedIn>
      <Frame>
        <Routes />
      </Frame>
    </SignedIn>
  </Router>
);
