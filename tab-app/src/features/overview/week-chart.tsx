import { scaleBand, scaleLinear } from "@visx/scale";
import type { Overview } from "#contract/overview.ts";
import { regionalEnglish } from "#contract/regional-english.ts";
import styles from "./chart.module.css";

const width = 480;
const height = 96;
const day = new Intl.DateTimeFormat(regionalEnglish(), {
  month: "short",
  day: "numeric",
  timeZone: "UTC",
});
const format = (from: string) => day.format(Date.parse(`${from}T00:00:00Z`));

/** Activities of each week, as bars, and as a table for who cannot see them. */
export function WeekChart({ weeks = [] }: { weeks: Overview["weeks"] | undefined }) {
  const most = Math.max(1, ...weeks.map(({ activities }) => activities));
  const x = scaleBand({ domain: weeks.map(({ from }) => from), range: [0, width], padding: 0.3 });
  const y = scaleLinear({ domain: [0, most], range: [0, height] });
  const [first, last] = [weeks[0], weeks.at(-1)];
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        Activity by week <span className={styles.total}>{last?.activities ?? 0} this week</span>
      </figcaption>
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
              data-current={from === last?.from}
              data-tooltip={`Week of ${format(from)}: ${activities}`}
              x={x(from)}
              y={height - length}
              width={x.bandwidth()}
              height={length}
              rx={2}
            />
          );
        })}
      </svg>
      {first && (
        <p aria-hidden="true" className={styles.axis}>
          <span>{format(first.from)}</span>
          <span>This week</span>
        </p>
      )}
      <table className="visually-hidden">
        <caption>Activities by week</caption>
        <tbody>
          {weeks.map(({ from, activities }) => (
            <tr key={from}>
              <th scope="row">Week of {format(from)}</th>
              <td>{activities}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
