/** The page's side of what is done with files of energy. */
import { labourOf } from "../../labour";
import type { Jobs } from "./jobs";
import EnergyWorker from "./worker?worker&inline";

/** Its promise is refused where a file cannot be read. */
export const labour = labourOf<Jobs>(EnergyWorker);
