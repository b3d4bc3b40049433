import { openApi } from '../inventory/index.ts';
import { printFile } from './print-file.ts';

await printFile({
  name: 'openapi.json',
  text: `${JSON.stringify(openApi(), null, 2)}\n`,
  command: 'npm run openapi',
});
