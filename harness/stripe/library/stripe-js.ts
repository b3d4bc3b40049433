// A stand-in for Stripe's library in a browser, without Stripe: as far as a form for cards and 3-D Secure need it. The fake Stripe
// serves it as a classic script. It asks nobody else, and what is typed becomes the test method of that name.
const script = document.currentScript as HTMLScriptElement;
const { origin } = new URL(script.src);

// Source: https://docs.stripe.com/testing.
const METHODS: ReadonlyMap<string, string> = new Map([
  ['4242424242424242', 'pm_card_visa'],
  ['4000000000000002', 'pm_card_chargeDeclined'],
  ['4000000000009995', 'pm_card_chargeDeclinedInsufficientFunds'],
  ['4000002760003184', 'pm_card_authenticationRequired'],
]);
const INCOMPLETE = { type: 'validation_error', message: 'Your card number is incomplete.' };
const UNKNOWN = { type: 'card_error', message: 'Your card number is no number of a test card.' };
const UNAUTHENTICATED = {
  type: 'invalid_request_error',
  message: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
};
const SHORTEST_NUMBER = 15;

const input = (name: string, placeholder: string): HTMLInputElement =>
  Object.assign(document.createElement('input'), { name, placeholder, autocomplete: 'off' });

const labelled = (text: string, field: HTMLInputElement): HTMLElement => {
  const label = document.createElement('label');
  label.append(text, ' ', field);
  Object.assign(label.style, { display: 'grid', marginBottom: '10px' });
  return label;
};

const cardForm = () => {
  const number = input('number', '4242 4242 4242 4242');
  const form = document.createElement('div');
  form.append(
    labelled('Card number', number),
    labelled('Expiration date', input('expiry', 'MM / YY')),
    labelled('Security code', input('cvc', 'CVC')),
  );
  return { form, number: () => number.value.replaceAll(/\D/g, '') };
};

const elements = () => {
  const card = cardForm();
  return {
    card,
    create: () => ({ mount: (place: HTMLElement) => place.append(card.form), destroy: () => card.form.remove() }),
    submit: async () => (card.number().length < SHORTEST_NUMBER ? { error: INCOMPLETE } : {}),
  };
};

const createPaymentMethod = async ({ elements: { card } }: { readonly elements: ReturnType<typeof elements> }) => {
  const id = METHODS.get(card.number());
  return id === undefined ? { error: UNKNOWN } : { paymentMethod: { id } };
};

/** What the bank's page would ask, in a dialog of the page that asks. */
const isRefusedAtBank = (): Promise<boolean> =>
  new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-label', '3D Secure 2 Test Page');
    const button = (text: string, isRefused: boolean): HTMLButtonElement => {
      const made = Object.assign(document.createElement('button'), { type: 'button', textContent: text });
      made.addEventListener('click', () => {
        dialog.remove();
        resolve(isRefused);
      });
      return made;
    };
    dialog.append(button('COMPLETE', false), button('FAIL', true));
    document.body.append(dialog);
    dialog.showModal();
  });

const handleNextAction = async ({ clientSecret }: { readonly clientSecret: string }) => {
  const isRefused = await isRefusedAtBank();
  // Without a preflight, and without an answer to read: the page is of another origin.
  const body = JSON.stringify({ clientSecret, isRefused });
  await fetch(`${origin}/_fake/act`, { method: 'POST', mode: 'no-cors', body });
  return isRefused ? { error: UNAUTHENTICATED } : {};
};

/** What the page finds as `window.Stripe`. */
export const Stripe = () => ({ elements, createPaymentMethod, handleNextAction });
