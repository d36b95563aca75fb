import { domainToASCII } from 'node:url';
import { environmentSigner, type SignedCall, signedCall } from '#aws/signed-call.ts';
import type { Message, Send } from './message.ts';

/** Sends mail through SES, from an address that is verified there, and SMS through SNS. */
export function awsMessenger(from: string | undefined): Send {
  return async (message) => {
    if (message.channel === 'sms') return sendSms(message);
    if (from === undefined) throw new Error('Set MAIL_FROM to an address that SES may send from');
    return sendMail(message, from);
  };
}

function sendMail(message: Extract<Message, { channel: 'mail' }>, from: string): Promise<void> {
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  const subject = message.subject.replace(/[\s\p{Cc}]+/gu, ' ');
  const Simple = { Subject: utf8(subject), Body: { Text: utf8(message.text) } };
  const request = {
    FromEmailAddress: from,
    // SES takes domains as DNS has them.
    Destination: { ToAddresses: [message.to.replace(/(?<=@)[^@]+$/, domainToASCII)] },
    Content: { Simple },
  };
  return call({
    service: 'ses',
    host: 'email',
    path: '/v2/email/outbound-emails',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
}

function sendSms(message: Extract<Message, { channel: 'sms' }>): Promise<void> {
  const request = { PhoneNumber: message.to, Message: message.text };
  const fields = {
    Action: 'Publish',
    Version: '2010-03-31',
    ...request,
    ...senderOf(message.sender),
  };
  return call({
    service: 'sns',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
}

/** What SNS shows as the sender; it takes letters, digits and blanks in between. */
function senderOf(sender: string | undefined): Record<string, string> {
  const name = sender?.replace(/[^a-z\d ]/gi, '').trim() ?? '';
  if (!/[a-z]/i.test(name)) return {};
  return {
    'MessageAttributes.entry.1.Name': 'AWS.SNS.SMS.SenderID',
    'MessageAttributes.entry.1.Value.DataType': 'String',
    'MessageAttributes.entry.1.Value.StringValue': name,
  };
}

async function call(request: Omit<SignedCall, 'repeatable'>): Promise<void> {
  await signedCall(environmentSigner, { ...request, repeatable: false });
}
