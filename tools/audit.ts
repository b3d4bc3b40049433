// Known vulnerabilities of what runs in production. Where no registry answers, that is said and is no failure: another
// run, elsewhere, asks again.
import { spawnSync } from 'node:child_process';
import { auditVerdict } from './supply-chain/audit-verdict.ts';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 60_000 });
const { passed, lines } = auditVerdict(stdout);
for (const line of lines) console.log(line);
process.exitCode = passed ? 0 : 1;
