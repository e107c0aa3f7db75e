const SLICE_MS = 8;

/**
 * Does long work, a step at each `yield`, in slices of a few milliseconds: whatever the page was asked meanwhile comes
 * first.
 */
export async function inSlices<T>(work: Iterator<unknown, T>): Promise<T> {
  for (;;) {
    const end_ms = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < end_ms);
    await new Promise((resolve) => setTimeout(resolve));
  }
}
