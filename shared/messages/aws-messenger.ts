import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Send } from './message.ts';

/** Sends mail through SES, from an address that is verified there, and SMS through SNS. */
export function awsMessenger(from: string | undefined): Send {
  const ses = new SESv2Client({ maxAttempts: 2 });
  const sns = new SNSClient({ maxAttempts: 2 });
  return async (message) => {
    if (message.channel === 'sms') {
      await sns.send(new PublishCommand({ PhoneNumber: message.to, Message: message.text }));
      return;
    }
    if (from === undefined) throw new Error('Set MAIL_FROM to an address that SES may send from');
    const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
    const Simple = { Subject: utf8(message.subject), Body: { Text: utf8(message.text) } };
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [message.to] },
        Content: { Simple },
      }),
    );
  };
}
