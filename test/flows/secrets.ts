import { type MockInstance, vi } from 'vitest';
import type { Scenario, ScenarioRequest } from './scenario.ts';

/** A CVV that no test answer, time or number contains by chance. */
export const CVV = '7391';

/** Collects what a process writes to its outputs. */
export interface Outputs {
  text(): string;
  restore(): void;
}

export function captureOutputs(): Outputs {
  let text = '';
  const collect = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  const spies: MockInstance[] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(collect),
  );
  return {
    text: () => text,
    restore() {
      for (const spy of spies) spy.mockRestore();
    },
  };
}

/** What must not be in a text: card numbers, the CVV, and the credentials it was sent with. */
export function secretsIn(text: string, credentials: readonly string[]): string[] {
  const cardNumbers = [...text.matchAll(/(?<![0-9A-Za-z])\d{13,19}(?![0-9A-Za-z])/g)]
    .map(([number]) => number)
    .filter((number) => passesLuhn(number) && !isTime(number));
  const cvvs = [...text.matchAll(/(?<![0-9A-Za-z.-])7391(?![0-9A-Za-z.-])/g)].map(([cvv]) => cvv);
  return [...cardNumbers, ...cvvs, ...credentials.filter((secret) => text.includes(secret))];
}

/** Milliseconds since 1970 around now have 13 digits too. */
function isTime(number: string): boolean {
  return Math.abs(Number(number) - Date.now()) < 365 * 24 * 3600_000;
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** A scenario in which every card comes with a CVV, and every order with somebody to notify. */
export function withSecrets(scenario: Scenario, notifyUrl: string): Scenario {
  const before = scenario.before?.map((step) => armed(step, notifyUrl)) ?? [];
  return { ...scenario, before, request: armed(scenario.request, notifyUrl) };
}

function armed<R extends ScenarioRequest>(request: R, notifyUrl: string): R {
  if (request.operation === 'createOrder') {
    return { ...request, body: { ...request.body, url_post: notifyUrl } };
  }
  if (request.operation !== 'saveCard') return request;
  return { ...request, body: { card_cvv: CVV, ...request.body } };
}
