import { Pencil } from "lucide-react";
import { useData } from "#data/hooks/use-data.ts";
import { useEditors } from "#data/hooks/use-work.ts";
import { describeEditors } from "#shared/attribution/describe-attribution.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";

/** The other tabs of this browser in which this account is being edited. */
export function EditorsNotice({ accountId }: { accountId: string }) {
  const { presence } = useData();
  const editors = useEditors(accountId);
  return (
    <div role="status" aria-label="Editors">
      {editors.length > 0 && (
        <Notice
          tone="violet"
          icon={<Pencil />}
          actions={editors
            .filter(({ isPane }) => isPane)
            .map((editor) => (
              <Button key={editor.tabId} size="sm" onClick={() => presence.reveal(editor)}>
                Go to {editor.tabName}
              </Button>
            ))}
        >
          {describeEditors(editors)}
        </Notice>
      )}
    </div>
  );
}
