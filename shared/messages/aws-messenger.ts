import { type Signer, signedCall } from '#aws/signed-call.ts';
import type { Message, Send } from './message.ts';

/**
 * Sends mail through SES, from an address that is verified there, and SMS through SNS. The calls
 * are signed with the credentials that Lambda gives a function.
 */
export function awsMessenger(from: string | undefined): Send {
  return async (message) => {
    if (message.channel === 'sms') return sendSms(message);
    if (from === undefined) throw new Error('Set MAIL_FROM to an address that SES may send from');
    return sendMail(message, from);
  };
}

async function sendMail(
  message: Extract<Message, { channel: 'mail' }>,
  from: string,
): Promise<void> {
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  const Simple = { Subject: utf8(message.subject), Body: { Text: utf8(message.text) } };
  const request = {
    FromEmailAddress: from,
    Destination: { ToAddresses: [message.to] },
    Content: { Simple },
  };
  await signedCall(LAMBDA, {
    service: 'ses',
    host: 'email',
    path: '/v2/email/outbound-emails',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
    repeatable: false,
  });
}

async function sendSms(message: Extract<Message, { channel: 'sms' }>): Promise<void> {
  const request = { PhoneNumber: message.to, Message: message.text };
  const fields = { Action: 'Publish', Version: '2010-03-31', ...request };
  await signedCall(LAMBDA, {
    service: 'sns',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
    repeatable: false,
  });
}

/** What Lambda gives a function to sign with. */
const LAMBDA: Signer = {
  async credentials() {
    const { AWS_SESSION_TOKEN: sessionToken } = process.env;
    return {
      accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
      ...(sessionToken === undefined ? {} : { sessionToken }),
    };
  },
  region: async () => process.env.AWS_REGION ?? '',
};
