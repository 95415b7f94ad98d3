/**
 * Reads an amount as people write it, here or elsewhere: `1,250.50`, `1.250,50`, `1 250,5`, `$1250`. Where that can be
 * read in two ways, as `1,250`, it is read as the locale has it. Null for what is no amount.
 */
export function parseAmount(text: string, locale?: string): number | null {
  const [, sign, digits = ""] =
    /^([-−]?)([\d.,]+)$/.exec(text.normalize("NFKC").replaceAll(/[\s'’$]/g, "")) ?? [];
  const at = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  const isDecimal = at >= 0 && isDecimalMark(digits, at, locale);
  const whole = isDecimal ? digits.slice(0, at) : digits;
  const fraction = isDecimal ? digits.slice(at + 1) : "";
  if (!isWhole(whole, fraction !== "")) return null;
  const amount = Number(`${whole.replaceAll(/[.,]/g, "")}.${fraction || "0"}`);
  if (!Number.isFinite(amount)) return null;
  return sign && amount > 0 ? -amount : amount;
}

/** The amount as the locale writes it, to be edited. */
export function formatAmount(amount: number, locale?: string): string {
  return new Intl.NumberFormat(locale, {
    useGrouping: false,
    maximumFractionDigits: 10,
    numberingSystem: "latn",
  }).format(amount);
}

/** Whether the last mark is followed by a fraction, and not by the last group of three. */
function isDecimalMark(digits: string, at: number, locale?: string): boolean {
  const mark = digits[at];
  const isOnly = digits.indexOf(mark ?? "") === at;
  if (digits.slice(0, at).search(/[.,]/) >= 0) return isOnly;
  const couldBeGroup = /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits);
  return !couldBeGroup || mark === decimalMarkOf(locale);
}

/** Groups of three by one mark, of two as well where people count in lakhs; or none. */
function isWhole(whole: string, mayBeEmpty: boolean): boolean {
  if (whole === "") return mayBeEmpty;
  return /^\d+$|^\d{1,3}(?:([.,])\d{3}(?:\1\d{3})*|(?:,\d{2})+,\d{3})$/.test(whole);
}

function decimalMarkOf(locale?: string): string | undefined {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: "latn" }).formatToParts(0.5);
  return parts.find(({ type }) => type === "decimal")?.value;
}
