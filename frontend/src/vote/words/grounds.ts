import { words } from "../../words";
import type { grounds as fr } from "./fr/grounds";

export const grounds = words(import.meta.glob<typeof fr>("./*/grounds.ts", { eager: true, import: "grounds" }));
