/** An account's fields that could not be edited at first, all of them empty. */
export const noFields = { mrr: "", renewalDate: "", industry: "", city: "", since: "" };

/** Of an account as it begins. */
export const trialFields = {
  ...noFields,
  name: "Northgate",
  ownerId: "",
  plan: "Free",
  status: "trial",
  notes: "",
};
