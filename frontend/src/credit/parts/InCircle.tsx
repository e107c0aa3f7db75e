import type { ComponentChildren } from "preact";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import type { ViewProps } from "../../route";
import { type Circle, readCircle } from "../chain/circle";
import { circles } from "../pages";

interface Props extends ViewProps {
  title: string;
  children: (circle: Circle) => ComponentChildren;
}

/** A page of the circle that its path names, once it is known what the circle is. */
export function InCircle({ parameters, ...shown }: Props) {
  const contract = parameters["circle"] ?? circles()[0] ?? "";
  return <Known key={contract} contract={contract} {...shown} />;
}

function Known({ contract, title, children }: Omit<Props, "parameters"> & { contract: string }) {
  const read = useRead(() => readCircle(contract), [contract]);
  return (
    <Page title={title} lead={read.value?.name}>
      <Reading read={read}>{children}</Reading>
    </Page>
  );
}
