import type { ErrorName } from "../generated/errors";

/**
 * A sentence for custom errors, by name: what it means and what to do. A name that no contract has does not compile.
 */
export type Refusals = Partial<Record<ErrorName, (...args: readonly unknown[]) => string>>;

/** A module's sentences, fetched when a contract first refuses something. */
export type RefusalSource = () => Promise<{ refusals: () => Refusals }>;
