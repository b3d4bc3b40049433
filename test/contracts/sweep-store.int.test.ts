import { openMemoryJournal, openPostgresJournal } from './journals.ts';
import { describeSweepStore } from './sweep-store.contract.ts';

describeSweepStore('PostgreSQL', openPostgresJournal);
describeSweepStore('simulation', openMemoryJournal);
