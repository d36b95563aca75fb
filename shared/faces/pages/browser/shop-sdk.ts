import type { FrameNews, FrameRequest } from './frame-messages.ts';
import { themeAround } from './theme-around.ts';

/**
 * The script that shops load (contract G, J): the global `paylands` puts the card frame into a
 * container of the page and turns what the frame says into events of the document, and into
 * messages of the window whose data are text, which other shops listen to.
 */
const script = document.currentScript;
if (!(script instanceof HTMLScriptElement)) throw new Error('Load this script by its address');
const { href, origin } = new URL(script.src);
const base = href.slice(0, href.indexOf('/js/'));

let mode: 'sandbox' | 'prod' = 'prod';
let template: string | null = null;
let additional: string | null = null;
let frame: HTMLIFrameElement | null = null;

/** The events that are messages of the window too, by what those are called. */
const MESSAGES: Partial<Record<string, string>> = {
  validation: 'validation',
  savedCard: 'savedCard',
  error: 'error',
  errorServer: 'error',
};

function emit(type: string, data: unknown): void {
  document.dispatchEvent(Object.assign(new Event(type, { bubbles: true }), { data }));
  const name = MESSAGES[type];
  if (name !== undefined) postMessage(`${name}: ${JSON.stringify(data)}`, location.origin);
}

addEventListener('message', ({ source, origin: from, data: news }: MessageEvent<FrameNews>) => {
  if (frame === null || source !== frame.contentWindow || from !== origin) return;
  if (news?.paylands === undefined) return;
  if (news.paylands === 'initiated' || news.paylands === 'resized') {
    frame.style.height = `${news.data.height}px`;
  }
  if (news.paylands !== 'resized') emit(news.paylands, news.data);
});

function ask(request: FrameRequest): void {
  if (frame === null) throw new Error('Call initializate first');
  frame.contentWindow?.postMessage(request, origin);
}

const paylands = {
  setMode(wanted: string) {
    if (!['sandbox', 'prod', 'production', ''].includes(wanted)) {
      throw new Error(`Unknown mode: ${wanted}`);
    }
    mode = wanted === 'sandbox' ? 'sandbox' : 'prod';
  },
  setTemplate(uuid: string) {
    template = uuid;
  },
  setAdditional(text: string) {
    additional = text;
  },
  initializate(customerToken: string, containerId: string) {
    const container = document.getElementById(containerId);
    if (container === null) throw new Error(`There is no element ${containerId}`);
    const theme = themeAround(container);
    const { lang } = document.documentElement;
    const url = new URL(`${base}${mode === 'sandbox' ? '/v1/sandbox' : '/v1'}/cards/frame`);
    url.searchParams.set('token', customerToken);
    url.searchParams.set('origin', location.origin);
    url.searchParams.set('theme', theme);
    if (template) url.searchParams.set('template', template);
    if (lang) url.searchParams.set('lang', lang);
    frame = document.createElement('iframe');
    frame.src = url.href;
    frame.title = 'Card';
    frame.referrerPolicy = 'no-referrer';
    // Browsers put a slab behind a frame whose scheme is not that of the page around it.
    frame.style.cssText = `border:0;width:100%;height:320px;color-scheme:${theme}`;
    container.replaceChildren(frame);
  },
  validate() {
    ask({ paylands: 'validate' });
  },
  storeSourceCard(validate: boolean, serviceUuid?: string) {
    ask({
      paylands: 'store',
      validate: Boolean(validate),
      ...(serviceUuid ? { service: serviceUuid } : {}),
      ...(additional ? { additional } : {}),
    });
  },
};

Object.assign(window, { paylands });

/** A shop that adds its listeners after this script, inline or later, must hear it too. */
function loaded(): void {
  setTimeout(() => {
    emit('paylandsLoaded', null);
    postMessage('paylandsLoaded', location.origin);
  });
}

if (document.readyState === 'complete') loaded();
else addEventListener('load', loaded);
