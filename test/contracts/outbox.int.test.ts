import { openMemoryJournal, openPostgresJournal } from './journals.ts';
import { describeOutbox } from './outbox.contract.ts';

describeOutbox('PostgreSQL', openPostgresJournal);
describeOutbox('simulation', openMemoryJournal);
