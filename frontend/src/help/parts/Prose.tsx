import { pages } from "../words/pages";
import { Page } from "../../parts/Page";

/** A page of text. */
export function Prose({ page }: { page: "help" | "accessibility" }) {
  const { title, lead, sections } = pages()[page];
  return (
    <Page title={title} lead={lead}>
      {sections.map((section) => (
        <section key={section.title}>
          <h2>{section.title}</h2>
          {section.paragraphs.map((text) => (
            <p key={text}>{text}</p>
          ))}
          {section.list && (
            <ul>
              {section.list.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </Page>
  );
}
