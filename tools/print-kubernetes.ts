import { printFile } from '../src/cli/print-file.ts';
import { KUBERNETES_FILES } from './kubernetes/files.ts';

const command = 'npm run kubernetes';

for (const { path, text } of KUBERNETES_FILES) await printFile({ name: `deploy/kubernetes/${path}`, text, command });
