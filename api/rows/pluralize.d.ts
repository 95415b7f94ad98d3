declare module "pluralize" {
  /** The plural of an English noun; a plural stays as it is. */
  function pluralize(noun: string): string;
  namespace pluralize {
    function singular(noun: string): string;
  }
  export default pluralize;
}
