import { words } from ".";
import { core as en } from "./en/core";
import { core as fr } from "./fr/core";

export const core = words(fr, en);
