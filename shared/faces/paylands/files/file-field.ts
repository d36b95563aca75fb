import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { decodeFile, FileError, textOf } from './decode.ts';
import { type Column, type Header, headerOf } from './table.ts';

/** A CSV file in a request, of which only the header was looked at. */
export interface CsvFile<C extends string> {
  text: string;
  header: Header<C>;
  /** SHA-256 of its bytes. */
  digest: string;
}

/** A field that holds a CSV file with certain columns, as base64 (contract F). */
export function csvFile<C extends string>(columns: Readonly<Record<C, Column>>) {
  return z.pipe(
    z.string(),
    z.transform((encoded, context): CsvFile<C> => {
      try {
        const bytes = decodeFile(encoded);
        const text = textOf(bytes);
        const digest = createHash('sha256').update(bytes).digest('hex');
        return { text, header: headerOf(text, columns), digest };
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        const params = { reason: error.message };
        context.issues.push({ code: 'custom', input: encoded, params });
        return z.NEVER;
      }
    }),
  );
}
