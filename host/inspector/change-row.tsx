import { PenLine, Plus, Trash2 } from "lucide-react";
import { paneTitle } from "#host/shared/pane-title.ts";
import type { Decision } from "#sync";
import { Badge } from "#ui/badge.tsx";
import type { Tone } from "#ui/tone.ts";
import styles from "./change-row.module.css";
import { formatClock, formatQuery } from "./format-trace.ts";
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
        {verbs[op]} {sourceText(row.source)} <span className={rowStyles.ms}>rev {rev}</span>
      </p>
      <time className={rowStyles.time}>{formatClock(row.at)}</time>
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
        {paneTitle(pane)} <span className={styles.path}>{pathText[path]}</span>
      </dt>
      {touched.length === 0 && <dd className={styles.nothing}>holds nothing it touches</dd>}
      {touched.map(({ query, decision }) => (
        <dd key={`${query} ${decision}`}>
          <Badge tone={tones[decision]}>{decision}</Badge>
          <code>{formatQuery(query)}</code>
        </dd>
      ))}
    </div>
  );
}

const pathText = {
  own: "wrote it",
  channel: "heard it on the channel",
  stream: "heard it on the change stream",
  "catch-up": "caught up",
} as const;

function sourceText(source: Change["source"]): string {
  if (source === "outside") return "from outside";
  return source === "elsewhere" ? "in another tab" : `in ${paneTitle(source.pane)}`;
}
