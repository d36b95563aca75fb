import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { onTestFinished } from 'vitest';
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

/** One asset for all functions, so that nothing needs to be bundled. */
const asset = join(import.meta.dirname, 'asset');

/** The app of a stage, not yet synthesised; for the time of a test. */
export function appOf(catalog: readonly CatalogFunction[], props: PasarelaProps): App {
  const app = newApp(catalog, props);
  onTestFinished(() => rmSync(app.outdir, { recursive: true }));
  return app;
}

function newApp(catalog: readonly CatalogFunction[], props: PasarelaProps): App {
  const outdir = mkdtempSync(join(tmpdir(), 'pasarela-'));
  // CloudFormation's own rules take most of a synthesis; a test of the stacks asks them.
  const app = new App({
    outdir,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  addStacks(app, props, { catalog, bundleOf: () => asset });
  return app;
}

/** All resources of all stacks of a stage. */
export function resourcesOf(
  catalog: readonly CatalogFunction[],
  props: PasarelaProps = {},
): Resource[] {
  return stageOf(catalog, props).resources;
}

/** A stage that was synthesised, whose app can still be looked at. */
export function stageOf(
  catalog: readonly CatalogFunction[],
  props: PasarelaProps,
): { app: App; resources: Resource[] } {
  const app = newApp(catalog, props);
  const resources = app.synth().stacks.flatMap(({ stackName, template }) =>
    Object.entries<Omit<Resource, 'stack' | 'id'>>(template.Resources).map(([id, resource]) => ({
      stack: stackName,
      id,
      ...resource,
    })),
  );
  rmSync(app.outdir, { recursive: true });
  return { app, resources };
}

/** The resources of one type. */
export function ofType(resources: readonly Resource[], type: string): Resource[] {
  return resources.filter((resource) => resource.Type === type);
}
