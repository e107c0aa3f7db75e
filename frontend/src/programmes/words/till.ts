import { words } from "../../words";
import type { till as fr } from "./fr/till";

export const till = words(import.meta.glob<typeof fr>("./*/till.ts", { eager: true, import: "till" }));
