import { ofType, type Resource } from './synthesise.ts';

/** A statement of a policy; resources and condition as text, for what they contain. */
export interface Statement {
  effect: string;
  actions: string[];
  resources: string;
  condition: string;
}

/** The Lambda of a function, by its path in the catalog. */
export function lambdaOf(resources: readonly Resource[], path: string): Resource {
  const name = path.replaceAll('/', '-');
  const found = ofType(resources, 'AWS::Lambda::Function').filter(
    ({ Properties }) => Properties.FunctionName === `pasarela-dev-${name}`,
  );
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} of ${name}`);
  return found[0];
}

/** The role that the Lambda of a function runs in. */
export function roleOf(resources: readonly Resource[], path: string): Resource {
  const { stack, Properties } = lambdaOf(resources, path);
  const id = Properties.Role['Fn::GetAtt'][0];
  const role = resources.find((one) => one.stack === stack && one.id === id);
  if (role === undefined) throw new Error(`No role of ${path}`);
  return role;
}

/** The statements of a role's inline policies. */
export function statementsOf(role: Resource): Statement[] {
  const policies: { PolicyDocument: { Statement: Record<string, unknown>[] } }[] =
    role.Properties.Policies;
  return policies.flatMap(({ PolicyDocument }) =>
    PolicyDocument.Statement.map((one) => ({
      effect: String(one.Effect),
      actions: [one.Action].flat().map(String),
      resources: JSON.stringify(one.Resource),
      condition: JSON.stringify(one.Condition ?? {}),
    })),
  );
}

/** Everything that a function is allowed to do. */
export function actionsOf(resources: readonly Resource[], path: string): string[] {
  return statementsOf(roleOf(resources, path)).flatMap((one) => one.actions);
}
