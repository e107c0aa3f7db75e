import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isFirstView } from "../router";
import { theTown } from "../town/folder";

/** A view: its one h1, which takes the focus when one arrives from another view, and the document's title. */
export function Page({
  title,
  lead,
  wide = false,
  children,
}: {
  title: string;
  lead?: ComponentChildren;
  /** For tables of many columns. */
  wide?: boolean;
  children?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFirstView()) return;
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);
  useEffect(() => {
    document.title = `${title} — ${theTown().name}`;
  }, [title]);
  return (
    <article class={wide ? "page wide" : "page"}>
      <header class="page-header">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p class="lead">{lead}</p>}
      </header>
      {children}
    </article>
  );
}
