/** A message to a person, by mail or as an SMS, which may name its sender in 11 characters. */
export type Message =
  | { channel: 'mail'; to: string; subject: string; text: string }
  | { channel: 'sms'; to: string; text: string; sender?: string };

/** Hands a message over for delivery. */
export type Send = (message: Message) => Promise<void>;
