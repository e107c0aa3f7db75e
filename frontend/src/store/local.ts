import { type Signal, effect, signal } from "@preact/signals";
import { safeParse } from "valibot";
import type { Schema } from "./schema";

/**
 * What the browser kept under a key; the fallback where it keeps nothing, or may not, or what it kept is none of these:
 * an older page wrote it, or something else did.
 */
export function kept<T>(key: string, schema: Schema<T>, fallback: T): T {
  try {
    const text = localStorage.getItem(`beffroi/${key}`);
    if (text === null) return fallback;
    const read = safeParse(schema, JSON.parse(text));
    return read.success ? read.output : fallback;
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
export function keptSignal<T>(key: string, schema: Schema<T>, fallback: T): Signal<T> {
  const value = signal(kept(key, schema, fallback));
  let isFirst = true;
  effect(() => {
    const current = value.value;
    if (!isFirst) keep(key, current);
    isFirst = false;
  });
  return value;
}
