import { Pencil } from "lucide-react";
import { useData } from "#data/hooks/use-data.ts";
import { useEditorsText } from "#shared/people/use-editors-text.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";

/** Who else edits this account, and in which tab. */
export function EditorsNotice({ accountId }: { accountId: string }) {
  const { presence } = useData();
  const { editors, text } = useEditorsText(accountId);
  return (
    <div role="status" aria-label="Editors">
      {text && (
        <Notice
          tone="violet"
          icon={<Pencil />}
          actions={editors
            .filter(({ where }) => where === "pane")
            .map((editor) => (
              <Button key={editor.tabId} size="sm" onClick={() => presence.reveal(editor)}>
                Go to {editor.tabName}
              </Button>
            ))}
        >
          {text}
        </Notice>
      )}
    </div>
  );
}
