import { mintUuid, type Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import {
  MAX_LOGO_CHARACTERS,
  MESSAGE_VALUES,
  type MessageTexts,
  type Template,
} from '#ledger/core/template.ts';
import type { TemplateStore } from '#store/access/template-store.ts';

export type TemplateDraft = Omit<Template, 'uuid'>;

/**
 * Keeps the look of a merchant's pages and the words of its messages; orders name it in
 * `template_uuid`, payments of campaigns in `MOTO_TEMPLATE`.
 * @throws in plain words when the colour, the logo, an origin or a text cannot be used
 */
export async function addTemplate(
  templates: TemplateStore,
  tenant: Tenant,
  draft: TemplateDraft,
): Promise<Template> {
  if (!/^#[0-9a-f]{6}$/i.test(draft.accent)) {
    throw new Error(`${draft.accent} is not a colour like #1d4ed8`);
  }
  const wrong = draft.framedBy?.find((one) => !isFrameSource(one));
  if (wrong !== undefined) {
    throw new Error(`${wrong} is not the origin of a shop, like https://shop.example`);
  }
  requireMessages(draft.messages ?? {});
  const template = { uuid: mintUuid(Date.now()), ...draft };
  if (template.logo !== null && template.logo.length > MAX_LOGO_CHARACTERS) {
    throw new Error('The logo is too large: at most 9 KB');
  }
  await templates.put(tenant, template);
  return template;
}

/** SNS sends at most 1,600 characters in one call, with the values filled in. */
const MOST_CHARACTERS: Readonly<Record<keyof MessageTexts, number>> = { mail: 10_000, sms: 1000 };

function requireMessages(texts: MessageTexts): void {
  for (const channel of ['mail', 'sms'] as const) {
    const text = texts[channel];
    if (text === undefined) continue;
    const most = MOST_CHARACTERS[channel];
    if (text.length > most)
      throw new Error(`The text of ${channel} has more than ${most} characters`);
    const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const known: readonly string[] = MESSAGE_VALUES;
    const wrong = names.find((name) => !known.includes(name));
    if (wrong !== undefined) {
      const all = known.map((name) => `{${name}}`).join(', ');
      throw new Error(`The text of ${channel} has {${wrong}}; it can have ${all}`);
    }
    if (!names.includes('url')) throw new Error(`The text of ${channel} lacks the link, {url}`);
  }
}

/** An origin as policies of pages take it; `https://*.shop.example` is all of its subdomains. */
function isFrameSource(text: string): boolean {
  return /^https?:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/.test(text);
}

/** The image formats that every browser shows, by the extension of their files. */
const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  svg: 'image/svg+xml',
};

/**
 * A logo as it is kept: a data URL, so that pages load nothing from elsewhere.
 * @throws when the file's extension is not one of an image
 */
export function logoOf(fileName: string, bytes: Uint8Array): string {
  const type = TYPES[fileName.split('.').at(-1)?.toLowerCase() ?? ''];
  if (type === undefined) throw new Error(`${fileName} is not a png, jpg, webp or svg image`);
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}

/**
 * Deletes a template: what names it is then as if it named none.
 * @throws when there is none
 */
export async function removeTemplate(
  templates: TemplateStore,
  tenant: Tenant,
  uuid: Uuid,
): Promise<Template> {
  const template = await templates.find(tenant, uuid);
  if (template === null) throw new Error(`There is no template ${uuid}`);
  await templates.delete(tenant, uuid);
  return template;
}
