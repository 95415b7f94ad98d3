import { Pencil } from "lucide-react";
import { useData } from "#data/hooks/use-data.ts";
import { useEditors } from "#data/hooks/use-work.ts";
import { editedIn } from "#features/conflict/who-words.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";

/** Who else edits this account at this moment, in the other tabs of this browser. */
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
          {editedIn(editors)}
        </Notice>
      )}
    </div>
  );
}
