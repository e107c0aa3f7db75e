import { words } from "../../words";
import type { recovery as fr } from "./fr/recovery";

export const recovery = words(import.meta.glob<typeof fr>("./*/recovery.ts", { eager: true, import: "recovery" }));
