import { Notice } from "./Notice";

/** What is waited for. */
export function Pending({ text }: { text: string }) {
  return (
    <Notice>
      <p class="pending">
        <span class="spinner" aria-hidden="true" /> {text}
      </p>
    </Notice>
  );
}
