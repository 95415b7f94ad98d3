import { useCallback, useContext } from "react";
import { useToast } from "#ui/popup/use-toast.ts";
import { copyText } from "./copy-text.ts";
import { LinkContext, type LinkTarget } from "./link-to.ts";

/** Copies the link to something, and says so. */
export function useCopyLink(): (target: LinkTarget) => void {
  const linkTo = useContext(LinkContext);
  const toast = useToast();
  return useCallback(
    async (target) => {
      const url = linkTo?.(target);
      if (url === undefined) return;
      const isCopied = await copyText(url);
      toast(
        isCopied
          ? { id: "link", title: "Link copied" }
          : { id: "link", title: "Copy this link", description: url, tone: "danger" },
      );
    },
    [linkTo, toast],
  );
}
