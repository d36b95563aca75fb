import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Pasarela } from './pasarela.ts';
import { stageProps } from './stage.ts';

const app = new App({ analyticsReporting: false });
new Pasarela(app, 'Pasarela', stageProps(app.node));
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
