import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { readonly type: 'minor' }) => void;
let collect: Collect | null = null;

/**
 * Lets go of what was made a moment ago. For objects whose bulk lies outside of the heap: V8 does not see it grow, and
 * hundreds of megabytes may gather behind a few small objects. Takes some milliseconds.
 */
export function collectYoung(): void {
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as Collect;
  }
  collect({ type: 'minor' });
}
