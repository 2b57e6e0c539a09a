const secondThoughtMs = 1_000;

/** Somebody asked us to stop while something was under way: no failure of ours. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Ctrl-C and SIGTERM ask to finish what is under way; a second one ends the process at once. */
export function onInterrupt(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  let firstAt = 0;
  const stop = (name: NodeJS.Signals) => {
    // npm hands a signal on that the terminal gave us already: the same one again at once is no second thought.
    if (controller.signal.aborted && performance.now() - firstAt > secondThoughtMs)
      process.exit(name === 'SIGINT' ? 130 : 143);
    if (controller.signal.aborted) return;
    firstAt = performance.now();
    controller.abort(new Interrupted(`stopped by ${name}`));
  };
  const names: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
  for (const name of names) process.on(name, stop);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of names) process.off(name, stop);
    },
  };
}
