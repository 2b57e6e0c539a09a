import { ifThere } from '../pulling/refusals.ts';

/** A service of Azure DevOps that is switched off or not granted answers 403 or 404: there is nothing to pull. */
export async function* unlessClosed<T>(parts: AsyncGenerator<T>): AsyncGenerator<T> {
  for (;;) {
    const next = await ifThere(() => parts.next());
    if (next === null || next.done) return;
    yield next.value;
  }
}
