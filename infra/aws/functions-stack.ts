import { Stack } from 'aws-cdk-lib';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { DeclaredFunction, type Deployable } from './declared-function.ts';
import { logGroup } from './log-group.ts';
import { nameIn } from './names.ts';
import type { SharedResources } from './shared-resources.ts';

/** The functions of one room of `functions/`. They write to one log, where each line names its function. */
export class FunctionsStack extends Stack {
  readonly log: LogGroup;

  constructor(
    scope: Construct,
    room: string,
    functions: readonly Deployable[],
    resources: SharedResources,
  ) {
    const name = nameIn(resources.stage.name, room);
    super(scope, room, { stackName: name });
    this.log = logGroup(this, `/aws/lambda/${name}`, resources.stage);
    for (const one of functions) new DeclaredFunction(this, one, this.log, resources);
  }
}
