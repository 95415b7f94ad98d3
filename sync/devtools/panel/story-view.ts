import { formatSpan } from "../format-trace.ts";
import { headline, type Step, type Story } from "../story.ts";
import { h } from "./dom.ts";
import { toolButton } from "./tool-button.ts";

export interface StoryViewOptions {
  readonly onSelect: (mark: string) => void;
  readonly onClose: () => void;
}

/** The cause of the selected event in words, and what came of it. */
export function createStoryView({ onSelect, onClose }: StoryViewOptions) {
  const element = h("section", { class: "story", "aria-label": "Cause", hidden: true });
  let shown = "";

  function renderStep({ mark, after, words }: Step, isCurrent: boolean): HTMLElement {
    const button = h(
      "button",
      {
        type: "button",
        class: "step",
        "aria-current": isCurrent ? "true" : null,
        onClick: () => onSelect(mark.id),
      },
      h("span", { class: "after" }, `+${formatSpan(after)}`),
      h("span", {}, words),
    );
    return h("li", {}, button);
  }

  return {
    element,
    show(story: Story | null, selected: string | null) {
      element.hidden = !story;
      if (!story) {
        shown = "";
        return;
      }
      const { cause, effect } = story;
      const signature = [...cause, ...effect].map(({ mark, words }) => mark.id + words).join("\n");
      // It keeps the focus while nothing in it changes.
      if (signature + selected === shown) return;
      shown = signature + selected;
      const mark = cause.at(-1)?.mark;
      element.replaceChildren(
        h(
          "header",
          {},
          h("h3", {}, mark ? headline(mark) : ""),
          toolButton({ label: "Close the cause", icon: "close", onClick: onClose }),
        ),
        h("ol", {}, ...cause.map((step) => renderStep(step, step.mark === mark))),
        ...(effect.length > 0
          ? [
              h("h4", {}, "What came of it"),
              h("ol", {}, ...effect.map((step) => renderStep(step, false))),
            ]
          : []),
      );
    },
  };
}
