import { townJson } from "../town/folder";

interface Published {
  parcels?: unknown;
  taxes?: unknown;
}

/** Whether the town says that it publishes its parcels, or the roll of a year: a file is not asked for in vain. */
export async function isPublished(what: "parcels" | number): Promise<boolean> {
  const { parcels, taxes } = ((await townJson("town.json")) ?? {}) as Published;
  if (what === "parcels") return typeof parcels === "number" && parcels > 0;
  return Array.isArray(taxes) && taxes.some((roll: { year?: unknown }) => roll.year === what);
}
