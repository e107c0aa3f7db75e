import { words } from "../../words";
import type { tax as fr } from "./fr/tax";

export const tax = words(import.meta.glob<typeof fr>("./*/tax.ts", { eager: true, import: "tax" }));
