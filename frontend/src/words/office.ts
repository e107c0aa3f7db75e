import { words } from ".";
import type { office as fr } from "./fr/office";

export const office = words(import.meta.glob<typeof fr>("./*/office.ts", { eager: true, import: "office" }));
