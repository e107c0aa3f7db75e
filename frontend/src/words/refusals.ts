import { words } from ".";
import type { Refusals } from "./refusal";

export const refusals = words(import.meta.glob<Refusals>("./*/refusals.ts", { eager: true, import: "refusals" }));
