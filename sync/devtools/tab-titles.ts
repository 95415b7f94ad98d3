import { formatCause } from "./format-trace.ts";

/** This tab, as its own panel calls it. */
export const ownTitle = "This tab";

/** An id that was made for a realm: eight hexadecimal digits. Others are names already. */
const madeId = /\b[0-9a-f]{8}\b/g;

/** Titles for tabs that are known by random ids. */
export const nameTabs = {
  titleOf(tabId: string, ownId: string): string {
    if (tabId === ownId) return ownTitle;
    return /^[0-9a-f]{8}$/.test(tabId) ? `Tab ${tabId.slice(0, 4)}` : formatCause(tabId);
  },
  /** Names the tabs of reports: where they wrote, caused a read, or lent an answer. What is no report stays as it is. */
  inReports(reports: unknown, ownId: string): unknown {
    if (!Array.isArray(reports)) return reports;
    const name = (text: unknown) =>
      typeof text === "string"
        ? text.replaceAll(ownId, ownTitle).replaceAll(madeId, (id) => `Tab ${id.slice(0, 4)}`)
        : text;
    return reports.map((report: unknown) => {
      if (typeof report !== "object" || report === null) return report;
      const { origin, ...change } = ("change" in report ? (report.change ?? {}) : {}) as {
        origin?: unknown;
      };
      return {
        ...report,
        ...("cause" in report && { cause: name(report.cause) }),
        ...("text" in report && { text: name(report.text) }),
        ...("change" in report && {
          change: origin === undefined ? change : { ...change, origin: name(origin) },
        }),
      };
    });
  },
};
