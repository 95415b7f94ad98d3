import { useState } from "react";
import type { Access, Member } from "#data/server/access.ts";
import { describeError } from "#data/server/api-error.ts";
import { Problem } from "#shared/problem/problem.tsx";
import { useUsers } from "#shared/users/use-users.ts";
import { Button } from "#ui/button.tsx";
import { DialogPart } from "#ui/parts/dialog-part.tsx";
import { AlertDialog } from "#ui/popup/alert-dialog.tsx";
import { useToast } from "#ui/popup/use-toast.ts";
import { AddMember } from "./add-member.tsx";
import { MemberItem } from "./member-item.tsx";
import { roleNames } from "./role-names.ts";
import { useMembers } from "./use-members.ts";
import listStyles from "./user-list.module.css";
import { UserListSkeleton } from "./user-list-skeleton.tsx";

export interface MembersDialogProps {
  open: boolean;
  onClose: () => void;
  /** What people call the workspace. */
  workspace: string;
}

/** Who may be in the workspace, for an admin to see and to change. */
export function MembersDialog({ open, onClose, workspace }: MembersDialogProps) {
  const { value, error, read, change } = useMembers(open);
  const users = useUsers();
  const showToast = useToast();
  const [removed, setRemoved] = useState<Member | null>(null);
  const [isAsking, setAsking] = useState(false);
  const nameOf = ({ id, email }: Member) => users.get(id)?.name ?? email ?? id;

  function act(done: string, how: (access: Access) => Promise<void>) {
    change(how).then(
      () => showToast({ title: done }),
      (failure) => {
        const { title, detail } = describeError(failure);
        showToast({ title, description: detail, tone: "danger" });
      },
    );
  }

  return (
    <>
      <DialogPart
        open={open}
        onOpenChange={(next) => !next && onClose()}
        title={`Members of ${workspace}`}
        description="A new role signs a person out: they come back with it. Whoever is removed is out at once."
        actions={<Button onClick={onClose}>Close</Button>}
      >
        <AddMember onAdd={(email, role) => change((access) => access.add(email, role))} />
        {!value && (error ? <Problem error={error} onRetry={read} /> : <UserListSkeleton />)}
        {value && (
          <ul aria-label="Members" className={listStyles.list}>
            {[...value.members]
              .sort((one, other) => nameOf(one).localeCompare(nameOf(other), "en"))
              .map((member) => (
                <MemberItem
                  key={member.id}
                  member={member}
                  name={nameOf(member)}
                  isYou={member.id === value.you}
                  onRole={(role) =>
                    act(`${nameOf(member)}: ${roleNames[role]}`, (access) =>
                      access.setRole(member.id, role),
                    )
                  }
                  onSignOut={() =>
                    act(`${nameOf(member)} is signed out`, (access) => access.signOut(member.id))
                  }
                  onRemove={() => {
                    setRemoved(member);
                    setAsking(true);
                  }}
                />
              ))}
          </ul>
        )}
      </DialogPart>
      {removed && (
        <AlertDialog
          open={isAsking}
          onStay={() => setAsking(false)}
          onGo={() => {
            setAsking(false);
            act(`${nameOf(removed)} is removed`, (access) => access.remove(removed.id));
          }}
          title={`Remove ${nameOf(removed)} from ${workspace}?`}
          description="They lose access at once, in all of their browsers. What they wrote stays."
          goLabel="Remove"
        />
      )}
    </>
  );
}
