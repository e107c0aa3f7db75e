import { words } from "../../words";
import type { town as fr } from "./fr/town";

export const town = words(import.meta.glob<typeof fr>("./*/town.ts", { eager: true, import: "town" }));
