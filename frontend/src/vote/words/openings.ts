import { words } from "../../words";
import { openings as en } from "./en/openings";
import { openings as fr } from "./fr/openings";

export const openings = words(fr, en);
