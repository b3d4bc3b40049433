/** Before the id of what a payment provider has told: the kind of the task that looks into it. */
export const TASK_OF_NOTICE = 'notice:';
