/** Two wheels, in tandem. */
export function Mark({ className }: { className?: string | undefined }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 16"
      width="24"
      height="16"
      fill="none"
      className={className}
    >
      <circle cx="8" cy="8" r="6.75" stroke="currentColor" strokeWidth="2.5" />
      <circle cx="16" cy="8" r="6.75" stroke="currentColor" strokeWidth="2.5" opacity="0.55" />
    </svg>
  );
}
