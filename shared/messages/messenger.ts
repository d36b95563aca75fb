import { awsMessenger } from './aws-messenger.ts';
import { mailboxMessenger } from './mailbox.ts';
import type { Send } from './message.ts';

/** The way messages go: into a mailbox where there is one, else out through AWS. */
export function messenger(settings: {
  MAILBOX_FILE?: string | undefined;
  MAIL_FROM?: string | undefined;
}): Send {
  if (settings.MAILBOX_FILE !== undefined) return mailboxMessenger(settings.MAILBOX_FILE);
  return awsMessenger(settings.MAIL_FROM);
}
