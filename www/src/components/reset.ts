import { resetResident } from "../resident.ts";
import { confirmDialog } from "./dialog.ts";
import { toastError } from "./toast.ts";

export function confirmReset(): Promise<boolean> {
  const question = "All that was posted and changed in this browser's instance is lost.";
  return confirmDialog("Reset the demo?", question, "Reset");
}

/** Restores the initial state of the instance, and starts the page again. */
export async function reset(): Promise<void> {
  try {
    await resetResident();
    location.reload();
  } catch (error) {
    toastError(error, "The demo was not reset");
  }
}
