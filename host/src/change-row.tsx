import { PenLine, Plus, Trash2 } from "lucide-react";
import type { Decision } from "#sync";
import { Badge } from "#ui/badge.tsx";
import type { Tone } from "#ui/tone.ts";
import styles from "./change-row.module.css";
import { titleOf } from "./title-of.ts";
import { clockTime, queryWords } from "./trace-format.ts";
import rowStyles from "./trace-row.module.css";
import type { Reaction, TraceRow } from "./trace-rows.ts";

type Change = Extract<TraceRow, { type: "change" }>;

const verbs = { create: "created", update: "changed", delete: "deleted" } as const;
const icons = { create: Plus, update: PenLine, delete: Trash2 } as const;

const tones: Record<Decision, Tone> = {
  patched: "green",
  "read now": "blue",
  "read after this one": "blue",
  "waits for view": "amber",
  "nothing to do": "neutral",
};

export function ChangeRow({ row, without }: { row: Change; without: ReadonlySet<string> }) {
  const { op, resource, id, rev } = row.change;
  const Icon = icons[op];
  return (
    <li className={rowStyles.row}>
      <Icon className={rowStyles.icon} size={14} aria-hidden="true" />
      <p className={rowStyles.line}>
        <strong>
          {resource}/{id}
        </strong>{" "}
        {verbs[op]} {sourceWords(row.source)} <span className={rowStyles.ms}>rev {rev}</span>
      </p>
      <time className={rowStyles.time}>{clockTime(row.at)}</time>
      <dl className={styles.reactions}>
        {row.reactions
          .filter((reaction) => !without.has(reaction.pane))
          .map((reaction) => (
            <ReactionLine key={reaction.key} reaction={reaction} />
          ))}
      </dl>
    </li>
  );
}

function ReactionLine({ reaction }: { reaction: Reaction }) {
  const { pane, path, touched } = reaction;
  return (
    <div className={styles.reaction}>
      <dt>
        {titleOf(pane)} <span className={styles.path}>{pathWords[path]}</span>
      </dt>
      {touched.length === 0 && <dd className={styles.nothing}>holds nothing it touches</dd>}
      {touched.map(({ query, decision }) => (
        <dd key={`${query} ${decision}`}>
          <Badge tone={tones[decision]}>{decision}</Badge>
          <code>{queryWords(query)}</code>
        </dd>
      ))}
    </div>
  );
}

const pathWords = {
  own: "wrote it",
  channel: "heard it on the channel",
  stream: "heard it on the feed",
  "catch-up": "caught up",
} as const;

function sourceWords(source: Change["source"]): string {
  if (source === "outside") return "from outside";
  return source === "elsewhere" ? "in another tab" : `in ${titleOf(source.pane)}`;
}
