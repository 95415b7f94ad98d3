/** A setting that cannot be used. Its message is shown without a stack. */
export class SettingsError extends Error {}
