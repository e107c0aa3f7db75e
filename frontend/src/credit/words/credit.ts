import { words } from "../../words";
import type { credit as fr } from "./fr/credit";

export const credit = words(import.meta.glob<typeof fr>("./*/credit.ts", { eager: true, import: "credit" }));
