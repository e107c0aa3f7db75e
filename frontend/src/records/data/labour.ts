/** The page's side of what is done with files of open data. */
import { labourOf } from "../../labour";
import type { Jobs } from "./jobs";
import DataWorker from "./worker?worker&inline";

/** Its promise is refused where the file cannot be read. */
export const labour = labourOf<Jobs>(DataWorker);
