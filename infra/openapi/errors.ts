import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import type { FaceDocumentation } from './face.ts';
import { textOf } from './fields/texts.ts';
import type { SchemaWriter } from './schema.ts';

/** An error that an operation answers, and when. */
export interface DocumentedError {
  code: string;
  status: number;
  text: string;
}

/**
 * What each status of an operation stands for: input that is not valid, the errors that it
 * declares, and those that follow from how requests are processed.
 */
export function errorsOf<D extends OperationDeclaration>(
  declaration: D,
  face: FaceDocumentation<D>,
  schemas: SchemaWriter,
): Record<number, string> {
  const processing = Object.entries(face.processingErrorsOf(declaration));
  const all = [
    ...ownErrorsOf(declaration, face, schemas),
    ...processing.map(([status, text]) => ({ status: Number(status), text })),
  ];
  const byStatus = [...Map.groupBy(all, ({ status }) => status)];
  return Object.fromEntries(
    byStatus.map(([status, errors]) => [status, listed(errors.map(({ text }) => text))]),
  );
}

/** The errors of an operation's own: of its input, and those that it declares. */
export function ownErrorsOf<D extends OperationDeclaration>(
  declaration: D,
  face: FaceDocumentation<D>,
  schemas: SchemaWriter,
): DocumentedError[] {
  const { name, page } = declaration;
  const invalid = page === true ? null : invalidInputOf(declaration, face, schemas);
  const declared = declaration.errors.map((code: D['errors'][number]) => ({
    code,
    status: face.statusOf(code, declaration),
  }));
  return [...(invalid === null ? [] : [{ code: invalid, status: face.invalid }]), ...declared].map(
    (error) => ({ ...error, text: textOf(face.errorTexts, name, error.code) ?? '' }),
  );
}

/** The code of input that is not valid, or null for an operation that reads none. */
function invalidInputOf<D extends OperationDeclaration>(
  { path, query, body }: D,
  { face }: FaceDocumentation<D>,
  schemas: SchemaWriter,
): string | null {
  const { properties = {} } = body === undefined ? {} : schemas.request(body);
  if (Object.keys(properties).length > 0) return 'field_not_valid';
  // A path of the Paylands API that cannot be an identifier leads to nothing.
  const isRead = query !== undefined || (face === 'highlevel' && path !== undefined);
  return isRead ? 'filter_not_valid' : null;
}

/** Cases as one sentence, each of them once. */
function listed(cases: readonly string[]): string {
  const [first = '', ...others] = new Set(cases);
  return [first, ...others.map(lowerFirst)].join('; ');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
