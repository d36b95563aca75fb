import type { CatalogFunction } from '#infra/aws/catalog.ts';
import { ERROR, type GrantUse } from '#infra/local/grant-record.ts';
import type { Grants } from '#operation/declare/declaration.ts';
import { allows, type Granted, statementsOf } from '#operation/declare/statements.ts';

/** What a function may do and what it was seen to do, as `action resource`. */
export interface Review {
  path: string;
  granted: string[];
  used: string[];
  /** Granted and never used, without a reason. */
  unused: string[];
  /** Granted and never used, for a reason. */
  excused: string[];
  /** Parts of its grants that could be dropped without anything being refused. */
  unproven: string[];
  /** What it asked for and may not do. */
  refused: string[];
  /** Errors that it declares and no test brings about. */
  neverAnswered: string[];
  /** Errors that it answered and does not declare. */
  undeclared: string[];
}

/** Why something is granted that a run of all tests need not use. */
interface Reason {
  /** Of which functions; all without it. */
  path?: RegExp;
  /** Of what they are granted, as `action resource`. */
  pattern: RegExp;
  reason: string;
}

const REASONS: readonly Reason[] = [
  {
    pattern: /^kms:\w+ key\/tables$/,
    reason: 'DynamoDB does it in the name of its caller; the embedded engine has no keys',
  },
  {
    pattern: /^sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes) /,
    reason: 'Lambda does it in the name of the consumer that it feeds',
  },
  {
    path: /^schedules\/queue-renewals$/,
    pattern: /^dynamodb:GetItem table\/access$/,
    reason: 'Who may list the merchants may read one',
  },
];

/** A function that writes reads the record of its idempotency key when a commit lost a race. */
const AFTER_A_LOST_RACE = 'dynamodb:BatchGetItem table/ledger';

/** Compares what each function is granted with what was recorded of it. */
export function reviewOf(catalog: readonly CatalogFunction[], uses: readonly GrantUse[]): Review[] {
  return catalog.map(({ path, declaration }) => {
    const all = uses.filter((use) => use.function === declaration.name);
    const own = all.filter(({ action }) => action !== ERROR);
    const answered = all.filter(({ action }) => action === ERROR);
    const isAllowed = (use: GrantUse) =>
      allows(statementsOf(grantedOf(declaration)), use.action, use.resource);
    const used = namesOf(own.filter(isAllowed));
    const granted = grantedNames(grantedOf(declaration));
    const idle = granted.filter((name) => !used.includes(name));
    const isWriter = used.some(
      (name) => name.endsWith('Item table/ledger') && name !== AFTER_A_LOST_RACE,
    );
    const isExcused = (name: string) =>
      REASONS.some((one) => isMeant(one, path, name)) || (isWriter && name === AFTER_A_LOST_RACE);
    return {
      path,
      granted,
      used,
      unused: idle.filter((name) => !isExcused(name)),
      excused: idle.filter(isExcused),
      unproven: partsOf(declaration.grants)
        .filter(({ without }) => {
          const left = grantedNames({ ...grantedOf(declaration), grants: without });
          const lost = granted.filter((name) => !left.includes(name));
          const isIdle = lost.every((name) => idle.includes(name));
          return isIdle && (lost.length === 0 || !lost.every(isExcused));
        })
        .map(({ part }) => part),
      refused: namesOf(own.filter((use) => !isAllowed(use))),
      ...errorsReview(declaration, answered),
    };
  });
}

/** Compares the errors that an operation declares with those that it answered. */
function errorsReview(
  declaration: CatalogFunction['declaration'],
  answered: readonly GrantUse[],
): Pick<Review, 'neverAnswered' | 'undeclared'> {
  const seen = new Set(answered.map(({ resource }) => resource));
  // A page tells its reader of errors in words of its own.
  const isChecked = declaration.kind === 'operation' && declaration.page !== true;
  const declared: readonly string[] = isChecked ? declaration.errors : [];
  return {
    neverAnswered: declared.filter((code) => !seen.has(code) && code !== 'write_conflict'),
    undeclared: [...seen].filter((code) => !declared.includes(code)),
  };
}

function isMeant({ path, pattern }: Reason, of: string, name: string): boolean {
  return (path === undefined || path.test(of)) && pattern.test(name);
}

function grantedOf(declaration: CatalogFunction['declaration']): Granted {
  const { grants } = declaration;
  return declaration.kind === 'job' ? { grants, queue: declaration.queue } : { grants };
}

function namesOf(uses: readonly GrantUse[]): string[] {
  return [...new Set(uses.map(({ action, resource }) => `${action} ${resource}`))].sort();
}

function grantedNames(granted: Granted): string[] {
  const allowed = statementsOf(granted).filter(({ effect }) => effect === 'allow');
  return allowed
    .flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => `${action} ${resource}`)),
    )
    .sort();
}

/** Every single grant of a declaration, with what is left of the grants without it. */
export function partsOf(grants: Grants): { part: string; without: Grants }[] {
  return Object.entries(grants).flatMap(([field, value]) => {
    if (value === false) return [];
    if (Array.isArray(value)) {
      return value.map((one: string) => ({
        part: `${field}: ${one}`,
        without: { ...grants, [field]: value.filter((other: string) => other !== one) },
      }));
    }
    const { [field as keyof Grants]: _dropped, ...without } = grants;
    return [{ part: value === true ? field : `${field}: ${value}`, without }];
  });
}
