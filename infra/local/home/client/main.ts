import { startCopying } from './copy.ts';
import { sendQuietly } from './forms.ts';
import { startLive } from './live.ts';

const refresh = startLive();
startCopying();
sendQuietly(refresh);
