import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll } from 'vitest';
import type { CatalogFunction } from '#infra/aws/catalog.ts';
import type { PasarelaProps } from '#infra/aws/props.ts';
import { addStacks } from '#infra/aws/stacks.ts';

/** A resource of a template, as CloudFormation is told. */
export interface Resource {
  stack: string;
  id: string;
  Type: string;
  /** JSON, of as many shapes as AWS has types. */
  Properties: ReturnType<typeof JSON.parse>;
  DeletionPolicy?: string;
}

const folder = mkdtempSync(join(tmpdir(), 'pasarela-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One asset for all functions, so that nothing needs to be bundled. */
const asset = join(folder, 'asset');
mkdirSync(asset);
writeFileSync(join(asset, 'index.mjs'), 'export const handler = async () => {};');

/** The app of a stage, not yet synthesised. */
export function appOf(catalog: readonly CatalogFunction[], props: PasarelaProps): App {
  const app = new App({ outdir: mkdtempSync(join(folder, 'out-')), analyticsReporting: false });
  addStacks(app, props, { catalog, bundleOf: () => asset });
  return app;
}

/** All resources of all stacks of a stage. */
export function resourcesOf(
  catalog: readonly CatalogFunction[],
  props: PasarelaProps = {},
): Resource[] {
  const { stacks } = appOf(catalog, props).synth();
  return stacks.flatMap(({ stackName, template }) =>
    Object.entries<Omit<Resource, 'stack' | 'id'>>(template.Resources).map(([id, resource]) => ({
      stack: stackName,
      id,
      ...resource,
    })),
  );
}

/** The resources of one type. */
export function ofType(resources: readonly Resource[], type: string): Resource[] {
  return resources.filter((resource) => resource.Type === type);
}
