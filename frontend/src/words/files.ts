import { words } from ".";
import { files as en } from "./en/files";
import { files as fr } from "./fr/files";

export const files = words(fr, en);
