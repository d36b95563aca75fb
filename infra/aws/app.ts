import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { catalog } from '#functions/catalog.ts';
import { buildApp } from './build-app.ts';
import { FUNCTIONS_DIR } from './bundle.ts';
import { readStage } from './stage.ts';

const app = new App({ analyticsReporting: false });
buildApp(app, catalog, readStage(app.node), (name) => join(FUNCTIONS_DIR, name));
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
