"""Every write of this room: plan (make, edit, publish, cancel, finish), sign_up (sign up, leave), day (who came, head-counts),
photos, forgetting. Seats move only in `seats`."""
