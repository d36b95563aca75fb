import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as Lambda, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionDeclaration } from '#operation/declare/declaration.ts';
import type { Granted } from '#operation/declare/statements.ts';
import { alarmOnAny } from './alarms.ts';
import { environmentOf } from './environment.ts';
import { logGroup } from './log-group.ts';
import { nameIn } from './names.ts';
import { policyOf } from './permissions.ts';
import type { SharedResources } from './shared-resources.ts';

/** The part of a declaration that makes a Lambda, whatever calls it. */
export type Deployable = Pick<FunctionDeclaration, 'name' | 'summary' | 'timeoutSeconds'> & Granted;

/** More memory buys CPU that these functions wait with, less makes them wait for CPU. */
const MEMORY_MB = 256;

/** A Lambda with the role, the environment, the log and the alarm that its declaration implies. */
export class DeclaredFunction extends Construct {
  readonly lambda: Lambda;

  constructor(scope: Construct, declaration: Deployable, resources: SharedResources) {
    super(scope, declaration.name);
    const { stage, alarms } = resources;
    const functionName = nameIn(stage.name, declaration.name);
    const log = logGroup(this, `/aws/lambda/${functionName}`, stage);
    this.lambda = new Lambda(this, 'Function', {
      functionName,
      description: declaration.summary,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: MEMORY_MB,
      timeout: Duration.seconds(declaration.timeoutSeconds),
      code: Code.fromAsset(resources.bundleOf(declaration.name)),
      handler: 'index.handler',
      environment: environmentOf(declaration.grants, resources),
      tracing: Tracing.ACTIVE,
      logGroup: log,
      // The role is complete: what constructs would add to it is in its statements already.
      role: this.#role(policyOf(declaration, resources, log)).withoutPolicyUpdates(),
    });
    alarmOnAny(this, 'Errors', this.lambda.metricErrors(), alarms);
  }

  #role(statements: PolicyStatement[]): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { declared: new PolicyDocument({ statements }) },
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray has no resources, and neither has an SMS; topics are denied.',
    });
    return role;
  }
}
