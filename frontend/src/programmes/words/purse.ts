import { words } from "../../words";
import type { purse as fr } from "./fr/purse";

export const purse = words(import.meta.glob<typeof fr>("./*/purse.ts", { eager: true, import: "purse" }));
