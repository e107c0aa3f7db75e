/** The worker's door. */
import { serve } from "../../labour";
import { type Jobs, jobs } from "./jobs";

serve<Jobs>(jobs);
