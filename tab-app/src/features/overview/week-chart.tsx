import { scaleBand, scaleLinear } from "@visx/scale";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Overview } from "#contract/overview.ts";
import { regionalEnglish } from "#contract/regional-english.ts";
import type { Activity } from "#contract/rows.ts";
import styles from "./chart.module.css";
import { WeekActivities } from "./week-activities.tsx";

const width = 480;
const height = 96;
const day = new Intl.DateTimeFormat(regionalEnglish(), {
  month: "short",
  day: "numeric",
  timeZone: "UTC",
});
const format = (from: string) => day.format(Date.parse(`${from}T00:00:00Z`));
const titleOf = (from: string) => `Week of ${format(from)}`;

export interface WeekChartProps {
  weeks: Overview["weeks"] | undefined;
  onOpen: (activity: Activity) => void;
}

/** Activities of each week, as bars. Each is a button that lists them; the arrow keys go from one to the next. */
export function WeekChart({ weeks = [], onOpen }: WeekChartProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const columns = useRef<HTMLOListElement>(null);
  const most = Math.max(1, ...weeks.map(({ activities }) => activities));
  const x = scaleBand({ domain: weeks.map(({ from }) => from), range: [0, width] })
    .paddingInner(0.3)
    .paddingOuter(0.15);
  const y = scaleLinear({ domain: [0, most], range: [0, height] });
  const [first, last] = [weeks[0], weeks.at(-1)];
  const shown = weeks.find(({ from }) => from === chosen);
  const stop = shown ?? last;

  const buttonOf = (at: number) =>
    columns.current?.children[at]?.querySelector<HTMLButtonElement>("button");
  function step(event: KeyboardEvent, at: number) {
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: weeks.length - 1 }[
      event.key
    ];
    const button = next === undefined ? null : buttonOf(next);
    if (!button) return;
    event.preventDefault();
    button.focus();
  }
  function close() {
    setChosen(null);
    buttonOf(weeks.findIndex(({ from }) => from === chosen))?.focus();
  }

  return (
    <div className={styles.chart}>
      <figure className={styles.figure}>
        <figcaption className={styles.caption}>
          Activity by week <span className={styles.total}>{last?.activities ?? 0} this week</span>
        </figcaption>
        <div className={styles.weeks}>
          <svg
            aria-hidden="true"
            className={styles.bars}
            viewBox={`0 0 ${width} ${height}`}
            preserveAspectRatio="none"
          >
            {weeks.map(({ from, activities }) => {
              // A week with nothing is a line, so that it is seen to be there.
              const length = Math.max(1.5, y(activities));
              return (
                <rect
                  key={from}
                  className={styles.bar}
                  data-current={from === stop?.from}
                  x={x(from)}
                  y={height - length}
                  width={x.bandwidth()}
                  height={length}
                  rx={2}
                />
              );
            })}
          </svg>
          <ol ref={columns} aria-label="Activities by week" className={styles.columns}>
            {weeks.map(({ from, activities }, at) => {
              const label = `${titleOf(from)}: ${activities}`;
              return (
                <li key={from}>
                  <button
                    type="button"
                    className={styles.column}
                    tabIndex={from === stop?.from ? 0 : -1}
                    aria-pressed={from === chosen}
                    aria-label={label}
                    data-tooltip={label}
                    onClick={() => setChosen(from === chosen ? null : from)}
                    onKeyDown={(event) => step(event, at)}
                  />
                </li>
              );
            })}
          </ol>
        </div>
        {first && (
          <p aria-hidden="true" className={styles.axis}>
            <span>{format(first.from)}</span>
            <span>This week</span>
          </p>
        )}
      </figure>
      {shown && (
        <WeekActivities
          monday={shown.from}
          title={titleOf(shown.from)}
          onOpen={onOpen}
          onClose={close}
        />
      )}
    </div>
  );
}
