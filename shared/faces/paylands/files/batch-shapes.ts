import * as z from 'zod/mini';
import { answerShape } from '#faces/paylands/shapes.ts';

/** Lines are text (contract C.10). */
export const batchAnswer = answerShape({
  errors: z.array(z.looseObject({ line: z.string(), msg: z.string() })),
});
