import { awsMessenger } from './aws-messenger.ts';
import { mailboxMessenger } from './mailbox.ts';
import type { Send } from './message.ts';

/** Where messages go, and who is asked first where functions are not kept apart by their roles. */
export interface Post {
  settings: { MAILBOX_FILE?: string | undefined; MAIL_FROM?: string | undefined };
  /** Instead of either. */
  send?: Send;
  guard: { check(action: MessageAction, resource: 'sender' | 'phone'): void } | null;
}

type MessageAction = 'ses:SendEmail' | 'sns:Publish';

/** The way messages go: into a mailbox where there is one, else out through AWS. */
export function messenger({ settings, guard, send: given }: Post): Send {
  const { MAILBOX_FILE, MAIL_FROM } = settings;
  if (given !== undefined) return given;
  const send =
    MAILBOX_FILE === undefined ? awsMessenger(MAIL_FROM) : mailboxMessenger(MAILBOX_FILE);
  return async (message) => {
    if (message.channel === 'mail') guard?.check('ses:SendEmail', 'sender');
    else guard?.check('sns:Publish', 'phone');
    await send(message);
  };
}
