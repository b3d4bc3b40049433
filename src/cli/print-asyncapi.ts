import { asyncApi } from '../events/index.ts';
import { printFile } from './print-file.ts';

await printFile({
  name: 'asyncapi.json',
  text: `${JSON.stringify(asyncApi(), null, 2)}\n`,
  command: 'npm run asyncapi',
});
