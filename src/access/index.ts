// The only door into this folder from others.
export { mayDo, NOBODY, SCOPES, type Scope, type Viewer } from './viewer.ts';
