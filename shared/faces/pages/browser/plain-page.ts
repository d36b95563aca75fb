import { sendOnce } from './send-once.ts';

/** What pages do whose forms have nothing to check. */
for (const form of document.forms) sendOnce(form, () => true);
