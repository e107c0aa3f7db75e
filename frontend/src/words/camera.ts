import { words } from ".";
import type { camera as fr } from "./fr/camera";

export const camera = words(import.meta.glob<typeof fr>("./*/camera.ts", { eager: true, import: "camera" }));
