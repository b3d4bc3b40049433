/** French "de" before a name: "d’inventory-saga-consumer", "de payment-consumer". */
export const de = (name: string): string => (/^[aeiouàâäéèêëîïôöùûü]/iu.test(name) ? `d’${name}` : `de ${name}`);
