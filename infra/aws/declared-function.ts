import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as Lambda, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionDeclaration } from '#operation/declare/declaration.ts';
import type { Granted } from '#operation/declare/statements.ts';
import { alarmOnAny } from './alarms.ts';
import type { CatalogFunction } from './catalog.ts';
import { environmentOf } from './environment.ts';
import { functionName } from './names.ts';
import { policyOf } from './permissions.ts';
import type { SharedResources } from './shared-resources.ts';

/** What makes a Lambda, whatever calls it: where it is in the catalog, and a part of its declaration. */
export type Deployable = Pick<FunctionDeclaration, 'summary' | 'timeoutSeconds'> &
  Granted & { path: string };

/** What a function of the catalog needs to be deployed. */
export function deployableOf({ path, declaration }: CatalogFunction): Deployable {
  const { summary, grants, timeoutSeconds } = declaration;
  const consumed = declaration.kind === 'job' ? { queue: declaration.queue } : {};
  return { path, summary, grants, timeoutSeconds, ...consumed };
}

/** More memory buys CPU that these functions wait with, less makes them wait for CPU. */
const MEMORY_MB = 256;

/**
 * A Lambda with the role, the environment and the alarm that its declaration implies: three
 * resources.
 */
export class DeclaredFunction extends Construct {
  readonly lambda: Lambda;

  constructor(
    scope: Construct,
    declaration: Deployable,
    log: LogGroup,
    resources: SharedResources,
  ) {
    super(scope, declaration.path);
    const { stage, alarms } = resources;
    this.lambda = new Lambda(this, 'Function', {
      functionName: functionName(stage.name, declaration.path),
      description: declaration.summary,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: MEMORY_MB,
      timeout: Duration.seconds(declaration.timeoutSeconds),
      code: Code.fromAsset(resources.bundleOf(declaration.path)),
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
