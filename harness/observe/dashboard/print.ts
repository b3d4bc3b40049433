import { writeFileSync } from 'node:fs';
import { dashboard } from './dashboard.ts';

const FILE = 'deploy/grafana/panier.json';

/** As Biome leaves it alone: the file is a product, and compared as such. */
writeFileSync(FILE, `${JSON.stringify(dashboard(), null, 2)}\n`);
console.log(`${FILE} is written.`);
