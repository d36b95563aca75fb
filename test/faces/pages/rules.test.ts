import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grouped, isCardNumber, isSecurityCode, kindOf } from '#faces/pages/rules/card-number.ts';
import { isOver, readExpiry, typedExpiry } from '#faces/pages/rules/expiry.ts';
import { isBizumPhone } from '#faces/pages/rules/phone.ts';
import { isCardExpired } from '#ledger/cards/card.ts';
import { CARD } from '#test/support/orders.ts';

describe('an expiry', () => {
  const december = { month: '12', year: '34' };

  test.each([
    ['12/34', december],
    ['1234', december],
    ['12/2034', december],
    ['12 / 2034', december],
    ['122034', december],
    ['2034-12', december],
    ['12-34', december],
    ['1/34', { month: '01', year: '34' }],
    ['1 / 2034', { month: '01', year: '34' }],
    ['13/34', null],
    ['00/34', null],
    ['12/3', null],
    ['134', null],
    ['12/1934', null],
    ['', null],
  ])('of %j is read', (text, expiry) => {
    expect(readExpiry(text)).toEqual(expiry);
  });

  test.each([
    ['12/34', '12/34'],
    ['1234', '12/34'],
    ['12/2034', '12/34'],
    ['122034', '12/34'],
    ['1/34', '01/34'],
    ['534', '05/34'],
    ['1 / 2034', '01/34'],
    ['12/28', '12/28'],
  ])('typed in as %j stands there as %j', (keys, expected) => {
    const typed = [...keys].reduce((text, key) => typedExpiry(text + key), '');
    expect(typed).toBe(expected);
  });

  test.each([
    ['12/2034', '12/34'],
    ['2034-12', '12/34'],
    ['1/34', '01/34'],
  ])('that a browser fills in as %j stands there as %j', (filled, expected) => {
    expect(typedExpiry(filled)).toBe(expected);
  });

  test('ends with its month, wherever the buyer is', () => {
    const hawaii = Date.parse('2034-12-31T23:59:59-10:00');
    const nowhere = Date.parse('2035-01-01T00:00:00-12:00');
    expect([isOver(december, hawaii), isOver(december, nowhere)]).toEqual([false, true]);
    const card = { ...CARD, expiryMonth: december.month, expiryYear: december.year };
    expect([isCardExpired(card, hawaii), isCardExpired(card, nowhere)]).toEqual([false, true]);
  });
});

describe('a card number', () => {
  test.each([
    ['4548812049400004', 'visa', '4548 8120 4940 0004'],
    ['2223003122003222', 'mastercard', '2223 0031 2200 3222'],
    ['6759649826438453', 'maestro', '6759 6498 2643 8453'],
    ['378282246310005', 'american-express', '3782 822463 10005'],
    ['30569309025904', 'diners-club', '3056 930902 5904'],
    ['6011111111111117', 'discover', '6011 1111 1111 1117'],
    ['6205500000000000004', 'unionpay', '6205 5000 0000 0000004'],
    ['3530111333300000', 'jcb', '3530 1113 3330 0000'],
  ])('%s is one of %s', (digits, type, text) => {
    expect(kindOf(digits)?.type).toBe(type);
    expect(grouped(digits)).toBe(text);
    expect(isCardNumber(digits)).toBe(true);
    const last = (Number(digits.at(-1)) + 1) % 10;
    expect(isCardNumber(digits.slice(0, -1) + last)).toBe(false);
  });

  test('has the length of its brand', () => {
    // Both pass the check of the last digit.
    expect(isCardNumber('4000000000006')).toBe(false);
    expect(isCardNumber('37828224631')).toBe(false);
  });

  test('is grouped without losing or adding a digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,19}$/), (digits) => {
        expect(grouped(digits).replaceAll(' ', '')).toBe(digits);
      }),
    );
  });

  test('says how long its security code is', () => {
    expect(isSecurityCode('123', '4548812049400004')).toBe(true);
    expect(isSecurityCode('1234', '4548812049400004')).toBe(false);
    expect(isSecurityCode('1234', '378282246310005')).toBe(true);
    expect(isSecurityCode('123', '378282246310005')).toBe(false);
    expect(isSecurityCode('1234', '')).toBe(true);
    expect(isSecurityCode('12a', '4548812049400004')).toBe(false);
  });
});

describe('a Bizum telephone', () => {
  test.each([
    ['700000000', true],
    ['+34 612 345 678', true],
    ['0034 612345678', true],
    ['+351 912 345 678', true],
    ['hola', false],
    ['', false],
    ['912345678', false],
    ['+34 912345678', false],
    ['61234567', false],
  ])('%j: %j', (text, isRight) => {
    expect(isBizumPhone(text, false)).toBe(isRight);
    expect(isBizumPhone(text, true)).toBe(isRight);
  });

  test('can be the name of the one that is refused, in the sandbox only', () => {
    expect(isBizumPhone('ko@ko.ko', true)).toBe(true);
    expect(isBizumPhone('ko@ko.ko', false)).toBe(false);
  });
});
