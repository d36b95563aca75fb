import { registerHooks } from 'node:module';

/**
 * The simulation of functions from which one mend is taken out as they are loaded: a request is one
 * attempt over all its tries, and a commit whose answer is lost is found again. It shows that the
 * simulation finds what that mend prevents: a request that charges twice.
 */
const TAKEN_OUT: readonly { file: string; text: string; instead: string }[] = [
  {
    file: 'shared/store/core/commit.ts',
    text: 'if (isDone(error, id)) return;',
    instead: '',
  },
  {
    file: 'shared/operation/execution/execute.ts',
    text: '{ attempt: this.#attempt, again, key: this.#key }',
    instead: `{
      attempt: again && !this.#memory.hasActed
        ? mintUuid(nowOf(merchant, this.#runtime.realNowMs()))
        : this.#attempt,
      again,
      key: this.#key,
    }`,
  },
];

const left = new Set(TAKEN_OUT.map(({ file }) => file));

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    const taken = TAKEN_OUT.find(({ file }) => url.endsWith(file));
    if (taken === undefined) return loaded;
    const source = Buffer.from(loaded.source as Uint8Array).toString();
    if (source.split(taken.text).length !== 2) throw new Error(`${taken.file} reads otherwise now`);
    left.delete(taken.file);
    return { ...loaded, source: source.replace(taken.text, taken.instead) };
  },
});

await import('./main.ts');
if (left.size > 0) throw new Error(`Nothing was taken out of ${[...left].join(', ')}`);
