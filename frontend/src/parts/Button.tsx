import type { ButtonHTMLAttributes, ComponentChildren } from "preact";

type Look = "primary" | "secondary" | "quiet" | "danger";

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "class" | "type" | "disabled"> {
  look?: Look;
  wide?: boolean;
  busy?: boolean;
  type?: "button" | "submit";
  children: ComponentChildren;
}

/** One act. While it is under way it stays focusable, says so, and does nothing more. */
export function Button({
  look = "primary",
  wide = false,
  busy = false,
  type = "button",
  onClick,
  children,
  ...rest
}: Props) {
  return (
    <button
      {...rest}
      type={type}
      class={`button ${look}${wide ? " wide" : ""}`}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy && <span class="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}

/** A link that looks like what it does: leads on. */
export function ButtonLink({
  href,
  look = "primary",
  wide = false,
  children,
}: {
  href: string;
  look?: Look;
  wide?: boolean;
  children: ComponentChildren;
}) {
  return (
    <a class={`button ${look}${wide ? " wide" : ""}`} href={href}>
      {children}
    </a>
  );
}
