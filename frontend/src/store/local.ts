import { type Signal, effect, signal } from "@preact/signals";

/** What the browser kept under a key; the fallback where it keeps nothing, or may not. */
export function kept<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(`beffroi/${key}`);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

/** Keeps a value in this browser and nowhere else; undefined forgets it. */
export function keep(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(`beffroi/${key}`);
    else localStorage.setItem(`beffroi/${key}`, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing still does everything else.
  }
}

/** A signal that outlives the page. */
export function keptSignal<T>(key: string, fallback: T): Signal<T> {
  const value = signal(kept(key, fallback));
  let isFirst = true;
  effect(() => {
    const current = value.value;
    if (!isFirst) keep(key, current);
    isFirst = false;
  });
  return value;
}
