import type { LanguageCode } from '#faces/pages/views/locale.ts';

/** What a message says that asks somebody to pay: an SMS, and the lines of a mail. */
export interface LinkWords {
  sms: string;
  greeting: string;
  text: string;
  link: string;
  until: string;
}

/** The texts of messages in each language, with `{placeholders}`. */
export const LINK_WORDS: Readonly<Record<LanguageCode, LinkWords>> = {
  es: {
    sms: '{merchant}: paga {amount} aquí: {url}',
    greeting: 'Hola:',
    text: '{merchant} te pide el pago de {amount} por «{description}».',
    link: 'Paga en este enlace:',
    until: 'El enlace es válido hasta el {time}.',
  },
  en: {
    sms: '{merchant}: pay {amount} here: {url}',
    greeting: 'Hello,',
    text: '{merchant} asks you to pay {amount} for “{description}”.',
    link: 'Pay with this link:',
    until: 'The link is valid until {time}.',
  },
  ca: {
    sms: '{merchant}: paga {amount} aquí: {url}',
    greeting: 'Hola:',
    text: '{merchant} et demana el pagament de {amount} per «{description}».',
    link: 'Paga en aquest enllaç:',
    until: "L'enllaç és vàlid fins al {time}.",
  },
  fr: {
    sms: '{merchant} : payez {amount} ici : {url}',
    greeting: 'Bonjour,',
    text: '{merchant} vous demande le paiement de {amount} pour « {description} ».',
    link: 'Payez avec ce lien :',
    until: 'Le lien est valable jusqu’au {time}.',
  },
  pt: {
    sms: '{merchant}: pague {amount} aqui: {url}',
    greeting: 'Olá,',
    text: '{merchant} pede-lhe o pagamento de {amount} por «{description}».',
    link: 'Pague com este link:',
    until: 'O link é válido até {time}.',
  },
  de: {
    sms: '{merchant}: {amount} hier bezahlen: {url}',
    greeting: 'Guten Tag,',
    text: '{merchant} bittet Sie um die Zahlung von {amount} für „{description}“.',
    link: 'Bezahlen Sie mit diesem Link:',
    until: 'Der Link ist bis {time} gültig.',
  },
};
