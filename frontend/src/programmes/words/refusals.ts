import { words } from "../../words";
import type { Refusals } from "../../words/refusal";

export const refusals = words(import.meta.glob<Refusals>("./*/refusals.ts", { eager: true, import: "refusals" }));
