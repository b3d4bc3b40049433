import type { Check } from './violation.ts';

/** Everything came to rest. */
export const rest: Check = ({ unrest }) =>
  unrest.map((subject) => ({ invariant: 'I-13', subject, message: 'did not come to rest', trail: [] }));

export const everythingResolved: Check = ({ unresolved }) =>
  unresolved.map(({ key, name, outcomes }) => ({
    invariant: 'I-13',
    subject: key,
    message: `${name}: its outcome could not be learnt, however often it was asked`,
    trail: outcomes.slice(-3).map((outcome) => JSON.stringify(outcome)),
  }));

/** Only poison becomes a dead letter. */
export const onlyPoisonDies: Check = ({ deadLetters, injections }) =>
  deadLetters
    .filter(({ fields }) => !fields.some(([, value]) => injections.poison.has(value)))
    .map(({ stream, entry_id, consumer_group, error, fields }) => ({
      invariant: 'I-13',
      subject: `${stream} ${entry_id}`,
      message: `an honest entry became a dead letter of ${consumer_group}: ${error}`,
      trail: [JSON.stringify(fields).slice(0, 500)],
    }));

/** No process ends by itself once it runs. */
export const noCrashes: Check = ({ crashes }) =>
  crashes.map((message) => ({ invariant: 'crash', subject: message.split(' ')[0] ?? '', message, trail: [] }));

/** What is away for a while is called UNAVAILABLE, never a defect. */
export const noDefects: Check = ({ commands }) => {
  const defects = commands.flatMap(({ key, name, outcomes }) =>
    outcomes.flatMap((outcome) => (outcome.type === 'Defect' ? [`${name} ${key}: ${outcome.message}`] : [])),
  );
  if (defects.length === 0) return [];
  const message = `${defects.length} times a gateway answered INTERNAL_SERVER_ERROR`;
  return [{ invariant: 'defect', subject: 'gateway', message, trail: defects }];
};

/** Whatever passes is waited for: no handler fails on an honest entry, and be it to succeed the next time. */
export const noFailedDeliveries: Check = ({ failedDeliveries }) => {
  if (failedDeliveries.length === 0) return [];
  const message = `${failedDeliveries.length} times a consumer failed on an honest entry`;
  return [{ invariant: 'defect', subject: 'consumer', message, trail: failedDeliveries }];
};

/** No process stumbles over its own code, whatever it makes of it. */
export const noProgrammingErrors: Check = ({ programmingErrors }) => {
  if (programmingErrors.length === 0) return [];
  const message = `${programmingErrors.length} times a log tells of an error in the program`;
  return [{ invariant: 'defect', subject: 'log', message, trail: programmingErrors }];
};

/** What nobody can read is put away for an operator to see, by at least one of those that read its stream. */
export const poisonDies: Check = ({ deadLetters, injections }) => {
  const dead = new Set(deadLetters.flatMap(({ fields }) => fields.map(([, value]) => value)));
  return [...injections.poison]
    .filter((eventId) => !dead.has(eventId))
    .map((subject) => ({ invariant: 'I-13', subject, message: 'poison that became no dead letter', trail: [] }));
};
