import { words } from "../../words";
import type { data as fr } from "./fr/data";

export const data = words(import.meta.glob<typeof fr>("./*/data.ts", { eager: true, import: "data" }));
