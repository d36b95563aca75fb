import { App } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { stageOf, stageProps } from '#infra/aws/stage.ts';

const read = (context: Record<string, unknown>) => stageOf(stageProps(new App({ context }).node));

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
  [{ stages: { dev: { settings: { MOTO_LINKS_PER_SECOND: '0' } } } }],
  [{ stages: { dev: { settings: { MAIL_FROM: 'nobody' } } } }],
])('%j is refused', (context) => {
  expect(() => read(context)).toThrow();
});

describe('settings', () => {
  test.each([
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
    [{ LOG_LEVLE: 'warn' }, /LOG_LEVLE/],
    [{ ACCESS_CACHE_SECONDS: 'ten' }, /ACCESS_CACHE_SECONDS/],
  ])('%j fails the synthesis, not every function', (settings, message) => {
    expect(() => stageOf({ settings })).toThrow(message);
  });

  test('the pages are at the domain, unless a setting says otherwise', () => {
    const domains = { paylands: { name: 'pay.example.com', certificateArn: 'arn' } };
    expect(stageOf({ domains }).settings.PUBLIC_URL).toBe('https://pay.example.com');
    const settings = { PUBLIC_URL: 'https://shop.example.com' };
    expect(stageOf({ domains, settings }).settings.PUBLIC_URL).toBe('https://shop.example.com');
  });
});
