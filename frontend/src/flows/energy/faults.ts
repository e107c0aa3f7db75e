/** What is wrong with a file of energy, or with what was asked of it. */

/** Where: a key of the file, or what could not be done. */
export type EnergyFaultKind =
  | "unreadable" // no JSON, or not of the form
  | "rules" // not the one text of rules
  | "shape" // sizes that no period has
  | "point" // a commitment off the curve
  | "unbalanced"; // allocations that make not what is shared

export class EnergyFault extends Error {
  override name = "EnergyFault";
  constructor(
    readonly kind: EnergyFaultKind,
    /** Of the file: a key, a column and step. */
    readonly where = "",
  ) {
    super(`${kind} ${where}`);
  }
}
