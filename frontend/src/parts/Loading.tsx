import { core } from "../words/core";

/** Something is on its way. */
export function Loading({ what }: { what?: string }) {
  return (
    <p class="loading" role="status">
      <span class="spinner" aria-hidden="true" /> {what ?? core().loading}
    </p>
  );
}
