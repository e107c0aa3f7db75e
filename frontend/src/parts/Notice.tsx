import type { ComponentChildren } from "preact";

/** Something to know. "bad" interrupts a screen reader, the others wait for a pause. */
export function Notice({
  tone = "info",
  title,
  children,
  live = true,
}: {
  tone?: "info" | "good" | "warn" | "bad";
  title?: string;
  children?: ComponentChildren;
  /** Whether it is announced when it appears. */
  live?: boolean;
}) {
  return (
    <div class={`notice ${tone}`} role={live ? (tone === "bad" ? "alert" : "status") : undefined}>
      {title && <p class="notice-title">{title}</p>}
      {children}
    </div>
  );
}
