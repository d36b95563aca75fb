import { App } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { readStage } from '#infra/aws/stage.ts';

const read = (context: Record<string, unknown>) => readStage(new App({ context }).node);

test('without a context it is dev', () => {
  expect(read({})).toMatchObject({ name: 'dev', keepsData: false, alarmEmail: null });
});

test('prod keeps its data', () => {
  const stages = { prod: { alarmEmail: 'ops@example.com', settings: { LOG_LEVEL: 'warn' } } };
  expect(read({ stage: 'prod', stages })).toMatchObject({
    keepsData: true,
    alarmEmail: 'ops@example.com',
    settings: { LOG_LEVEL: 'warn' },
  });
});

test.each([
  [{ stage: 'Prod' }],
  [{ stage: 'a-name-that-is-too-long' }],
  [{ stage: 7 }],
  [{ stages: { dev: { alarmMail: 'ops@example.com' } } }],
  [{ stages: { dev: { settings: { LOG_LEVEL: 'loud' } } } }],
  [{ stages: { dev: { settings: { LOGLEVEL: 'info' } } } }],
  [{ stages: { dev: { settings: { LEDGER_TABLE: 'other' } } } }],
  [{ stages: { dev: { settings: { RECOVER_AFTER_SECONDS: 'soon' } } } }],
  [{ stages: { dev: { settings: { NOTIFICATION_RETRY_SECONDS: '60,later' } } } }],
  [{ stages: { dev: { settings: { MAIL_FROM: 'nobody' } } } }],
])('%j is refused', (context) => {
  expect(() => read(context)).toThrow();
});
