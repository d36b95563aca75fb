import { mintUuid, type Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { MAX_LOGO_CHARACTERS, type Template } from '#ledger/core/template.ts';
import type { TemplateStore } from '#store/access/template-store.ts';

export type TemplateDraft = Omit<Template, 'uuid'>;

/**
 * Keeps the look of a merchant's pages; orders name it in `template_uuid`.
 * @throws in plain words when the colour, the logo or an origin cannot be used
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
  const template = { uuid: mintUuid(Date.now()), ...draft };
  if (template.logo !== null && template.logo.length > MAX_LOGO_CHARACTERS) {
    throw new Error('The logo is too large: at most 9 KB');
  }
  await templates.put(tenant, template);
  return template;
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
 * Deletes a template: orders that name it look like those that name none.
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
