/** The trustees whom voters believe: those of the build, never those of a node or of the server that sends the page. */
import { isFolderInside, theTown, townJson } from "../../town/folder";
import { LOCAL_CHAIN_ID } from "../../town/town";
import { type Panel, readPanels } from "../ballot/acknowledged";

const OWN_MACHINE = ["localhost", "127.0.0.1", "[::1]"];

/** Whether the page comes from this very machine, as its own address says, which no server writes. */
const isOwnMachine = (): boolean => location.protocol === "file:" || OWN_MACHINE.includes(location.hostname);

/**
 * Who must have signed a key before a ballot is made for it. A folder beside the page is the server's: of its trustees
 * nothing is believed but where that server, and its chain, are one's own machine.
 */
export async function believedPanels(): Promise<Panel[]> {
  if (__TRUSTEES__ !== null) return readPanels(__TRUSTEES__);
  const isOwn = isOwnMachine() && theTown().chainId === LOCAL_CHAIN_ID;
  if (!isFolderInside() && !isOwn) return [];
  const told = await townJson("trustees.json");
  return told === null ? [] : readPanels(told);
}
