import { Page } from "../parts/Page";
import { core } from "../words/core";

export default function Help() {
  return <Page title={core().home} />;
}
