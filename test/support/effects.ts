import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { runningFunction } from '#infra/local/as-function.ts';

/** What the functions of this process change: what they write and what they put into queues. */
export interface Effects {
  /** What a function changed since this was last asked, once none of its changes is under way. */
  takeOf(name: string): Promise<string[]>;
  stop(): void;
}

/** Calls of AWS that change something, as their `x-amz-target` ends. */
const CHANGES = /\.(?:Put|Update|Delete|BatchWrite|TransactWrite|SendMessage)\w*$/;

interface Change {
  by: string;
  target: string;
}

/**
 * Watches what leaves this process, whichever client sends it. A write whose condition failed
 * changed nothing; everything else that was answered, or never was, counts.
 */
export function watchEffects(): Effects {
  const running = new Map<ClientRequest, Change>();
  let done: Change[] = [];
  const onStart = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    const target = String(request.getHeader('x-amz-target') ?? '');
    const by = runningFunction()?.name;
    if (by !== undefined && CHANGES.test(target)) running.set(request, { by, target });
  };
  const end = (request: ClientRequest, isDone: boolean) => {
    const change = running.get(request);
    if (change !== undefined && isDone) done.push(change);
    running.delete(request);
  };
  const onFinish = (message: unknown) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    end(request, response.statusCode !== 400);
  };
  const onError = (message: unknown) => end((message as { request: ClientRequest }).request, true);
  const listeners = {
    'http.client.request.start': onStart,
    'http.client.response.finish': onFinish,
    'http.client.request.error': onError,
  };
  for (const [channel, listener] of Object.entries(listeners)) subscribe(channel, listener);
  return {
    async takeOf(name) {
      while ([...running.values()].some((one) => one.by === name)) await sleep(1);
      const taken = done.filter((one) => one.by === name).map((one) => one.target);
      done = done.filter((one) => one.by !== name);
      return taken;
    },
    stop() {
      for (const [channel, listener] of Object.entries(listeners)) unsubscribe(channel, listener);
    },
  };
}
