/** How many processes one machine can have, and when a machine that had too many makes some again. */

/** A fork bomb ends in EAGAIN, as under a pids cgroup. */
export const PROCESS_LIMIT = 4096;
/** Virtual milliseconds without a new request after which a crowded machine makes processes again. */
export const CALM = 500;
