import { AwsClient } from 'aws4fetch';
import type { Message, Send } from './message.ts';

/** For a call with its repetitions. */
const TIMEOUT_MS = 5000;

/**
 * Sends mail through SES, from an address that is verified there, and SMS through SNS. The calls
 * are signed with the credentials that Lambda gives a function, without the services' own clients,
 * which would double the bundle.
 */
export function awsMessenger(from: string | undefined): Send {
  return async (message) => {
    if (message.channel === 'sms') return sendSms(message);
    if (from === undefined) throw new Error('Set MAIL_FROM to an address that SES may send from');
    return sendMail(message, from);
  };
}

function sendMail(message: Extract<Message, { channel: 'mail' }>, from: string): Promise<void> {
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  const Simple = { Subject: utf8(message.subject), Body: { Text: utf8(message.text) } };
  const request = {
    FromEmailAddress: from,
    Destination: { ToAddresses: [message.to] },
    Content: { Simple },
  };
  return call('ses', 'email', '/v2/email/outbound-emails', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
}

function sendSms(message: Extract<Message, { channel: 'sms' }>): Promise<void> {
  const request = { PhoneNumber: message.to, Message: message.text };
  const fields = { Action: 'Publish', Version: '2010-03-31', ...request };
  return call('sns', 'sns', '/', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
}

async function call(
  service: 'ses' | 'sns',
  host: string,
  path: string,
  request: { headers: Record<string, string>; body: string },
): Promise<void> {
  const { AWS_REGION: region = '', AWS_SESSION_TOKEN: sessionToken } = process.env;
  const client = new AwsClient({
    accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
    ...(sessionToken === undefined ? {} : { sessionToken }),
    region,
    service,
    retries: 2,
  });
  const endpoint = process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`];
  const url = `${endpoint ?? `https://${host}.${region}.amazonaws.com`}${path}`;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await client.fetch(url, { method: 'POST', ...request, signal });
  if (!response.ok) throw new Error(`${service.toUpperCase()} refused: ${response.status}`);
}
